"""How far the header of a document reaches, and what opens one."""

from __future__ import annotations

import re

from corpus.labels import parse_label
from corpus.paragraphs import Paragraph, is_atomic, is_caps, is_rule

KIND = re.compile(
    r"(?:BÁO CÁO|KẾ HOẠCH|QUYẾT ĐỊNH|TỜ TRÌNH|THÔNG BÁO|THÔNG TƯ|THÔNG TRI|LUẬT|BỘ LUẬT|PHÁP LỆNH|NGHỊ ĐỊNH|NGHỊ QUYẾT|"
    r"CHỈ THỊ|KẾT LUẬN|HƯỚNG DẪN|QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|CHƯƠNG TRÌNH|ĐỀ ÁN|BIÊN BẢN|GIẤY MỜI|CÔNG ĐIỆN|PHIẾU TRÌNH|"
    r"HIẾN PHÁP|LỆNH|PHƯƠNG ÁN|QUY TRÌNH|NỘI QUY|GIẤY ỦY QUYỀN|DỰ THẢO|CÔNG VĂN|TÀI LIỆU|SỔ TAY)(?!\w)"
)
ATTACHED = re.compile(r"(?:\(\s*(?:Ban hành\s+)?[Kk]|K|Ban hành k)èm theo\b|\(Ban hành\b")
SENTENCE = re.compile(r"[.;][\"”)]*[⁰¹²³⁴-⁹]*$|[.;!?]\s+[A-ZÀ-ỸĐ]")
_OPENING = re.compile(
    r"(?:Căn cứ|Thực hiện|Theo|Ngày|Trên cơ sở|Xét|Để|Nhằm|Năm|Trong|Sau khi|Hôm nay|Quốc hội ban hành|Kính gửi)\b"
)
_LONGEST_HEADER_LINE = 700
_MOST_COLUMNS = 4


class HeaderZone:
    """What of the header has been seen."""

    def __init__(self) -> None:
        self.kind = False
        self.subject = False
        self.addressed = False

    def takes(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph still belongs to the header."""
        text = paragraph.text
        if paragraph.cells is not None:
            return not self.kind and _is_letterhead(paragraph.cells)
        if paragraph.column or (is_atomic(text) and not (self.kind and self.subject)) or is_rule(text):
            return True
        if text.startswith(("Kính gửi", "V/v", "Về việc")):
            self.addressed = self.kind = True
            return True
        if self.addressed:
            return text.startswith("-") and len(text) < 200 and text[-1:] in ";.,"
        if parse_label(text) is not None and not KIND.match(text):
            return False
        if is_caps(text) and len(text) < 300:
            self.kind = self.kind or KIND.match(text) is not None
            return True
        return self._takes_words(paragraph)

    def _takes_words(self, paragraph: Paragraph) -> bool:
        text = paragraph.text
        if ATTACHED.match(text):
            return True
        if self.kind and not self.subject and len(text) < _LONGEST_HEADER_LINE and not SENTENCE.search(text):
            self.subject = True
            return not (_OPENING.match(text) and text[-1:] in ":;,.")
        return len(text) < 90 and not self.kind and not SENTENCE.search(text)


def _is_letterhead(cells: tuple[str, ...]) -> bool:
    """Whether a table row only sets two texts side by side, or one in the middle."""
    return len(cells) <= _MOST_COLUMNS and len([cell for cell in cells if cell]) <= 2
