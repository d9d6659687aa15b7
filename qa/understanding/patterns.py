"""The words by which questions ask: one pattern a kind of question, for text with and without diacritics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from corpus.text import canonical_tone, fold
from qa.language.bodies import ASSOCIATIONS
from qa.language.figures import UPPER

HeaderField = Literal["signer", "signer_role", "recipients", "issued_on", "number", "issuer", "subject"]


class Pattern:
    """A pattern for questions with and without diacritics."""

    def __init__(self, pattern: str) -> None:
        self._exact = re.compile(canonical_tone(pattern))
        self._folded = re.compile(re.sub(r"\\.|[^\\]", lambda m: m[0] if m[0][0] == "\\" else fold(m[0]), pattern))

    def search(self, text: str, marked: bool) -> re.Match[str] | None:
        """Find it in a lower-case text."""
        return (self._exact if marked else self._folded).search(text if marked else fold(text))

    def finditer(self, text: str, marked: bool) -> Iterator[re.Match[str]]:
        """Find all of it in a lower-case text."""
        return (self._exact if marked else self._folded).finditer(text if marked else fold(text))


DOC = (
    r"(?:văn bản|tài liệu|nghị quyết|kế hoạch|công văn|báo cáo|quyết định|kết luận|chương trình|thông báo|chỉ thị"
    r"|hướng dẫn|tờ trình|đề án|nghị định|thông tư|(?<!kỷ )(?<!kỉ )luật(?! (?:sư|gia)\b)|giấy mời|phiếu trình|quy định)"
)

NO_RATE = r"(?<!một )(?<!mỗi )(?<!hằng )(?<!hàng )"
"""Before a year or day that is asked for: "mỗi năm bao nhiêu tiền" asks after no year."""

HEADER: tuple[tuple[HeaderField, Pattern], ...] = (
    ("signer_role", Pattern(r"chức (?:vụ|danh)|với tư cách|thay mặt (?:ai|cơ quan nào|cấp nào)|ký thay (?:ai|cho ai"
                            r"|mặt)|cương vị")),
    ("signer", Pattern(r"\bai\b.{0,60}\bký\b|\bký\b.{0,40}\bai\b|người (?:đã )?ký|(?:ông|bà|đồng chí|vị|người"
                       r"|cán bộ|lãnh đạo) nào.{0,40}\bký\b|\bký\b.{0,40}(?:vị|người|đồng chí|ông|bà|lãnh đạo) nào"
                       r"|\bký\b.{0,80}\btên (?:là )?gì|tên người ký|họ tên.{0,20}ký|chữ ký của|vị (?:đã )?ký")),
    ("recipients", Pattern(r"nơi nhận|(?:gửi|chuyển).{0,20}(?:cho|đến|tới|về)? ?(?:những |các )?(?:\bai\b|\bđâu\b"
                           r"|(?:cơ quan|nơi|đơn vị|chỗ|phòng|sở|ban)(?: \w+){0,2} nào)|(?:những )?(?:\bai\b"
                           r"|cơ quan nào|đơn vị nào|nơi nào).{0,20}(?:được nhận|nhận được|nhận)|đồng gửi")),
    ("issued_on", Pattern(rf"(?:ban hành|\bký\b|đề ngày|(?<!thành )\blập\b|ra đời|phát hành).{{0,40}}(?:bao giờ"
                          rf"|(?:ngày|khi|hôm|thời điểm|lúc|thời gian|tháng|năm) ?(?:tháng )?(?:năm )?(?:nào"
                          rf"|bao nhiêu|mấy))"
                          rf"|ngày (?:tháng (?:năm )?)?(?:ban hành|\bký\b|ghi (?:trên|ở|trong))"
                          r"|(?<!diễn )(?<!xảy )\bra ngày"
                          rf"|có từ (?:bao giờ|(?:khi|lúc|ngày|năm) nào)|(?:khi nào|bao giờ|lúc nào|ngày nào|hôm nào"
                          rf"|năm nào|tháng nào).{{0,60}}(?:ban hành|được ký|ra đời)"
                          rf"|{DOC}.{{0,80}}(?<!những )(?<!các )ngày (?:nào"
                          rf"|bao nhiêu|mấy)|đề ngày")),
    ("number", Pattern(rf"số (?:văn bản )?(?:và |, )?(?:ký )?hiệu|ký hiệu (?:là )?(?:gì|nào|của)"
                       rf"|{DOC}.{{0,120}}(?<!tổng )\bsố (?:bao nhiêu|mấy|nào|gì|của)"
                       rf"|\bsố (?:của )?{DOC}|mang số|có số (?:là )?(?:bao nhiêu|mấy|nào|gì|chưa|không)"
                       r"|đánh số|số văn bản")),
    ("issuer", Pattern(r"(?:\bai|(?:cơ quan|đơn vị|cấp|tổ chức|nơi|bên|huyện|tỉnh|địa phương) nào) (?:đã |là "
                       r"|đứng tên )?(?:ban hành|phát hành|soạn thảo|lập|làm ra|ra|xây dựng|trình|nơi|báo cáo)|(?:do"
                       r"|của) (?:ai\b|(?:cơ quan|đơn vị|cấp|tổ chức|huyện) nào)"
                       r"(?! (?:làm|giữ|đứng đầu|phụ trách|chủ trì))|cơ quan (?:nào )?ban hành")),
    ("subject", Pattern(rf"trích yếu|(?:về|nói về) (?:cái |việc |nội dung |vấn đề |chủ đề |điều |chuyện )?gì"
                        r"|(?:nói|bàn|đề cập)(?: đến| tới)? (?:cái |việc |nội dung |vấn đề |chuyện |điều )?gì"
                        r"(?! (?:về|cho|với)\b)"
                        rf"|{DOC}.{{0,60}}(?:nội dung|chủ đề)(?: chính)? (?:là )?gì")),
)  # fmt: skip

COMPARE = Pattern(
    r"so sánh|đối chiếu|khớp nhau|có khớp(?! với (?:báo cáo|văn bản|tài liệu|số liệu))"
    r"|trùng nhau|khác nhau|khác gì|khác [^?]{2,60}(?:chỗ|điểm|thế) nào|giống nhau|chênh lệch|hơn kém|(?:nhiều|ít"
    r"|cao|thấp|lớn|nhỏ|dài|ngắn|sớm|muộn|đông) hơn|(?:huyện|xã|tỉnh|đơn vị|bên|nơi|báo cáo|văn bản) nào.{0,60}(?:nhiều"
    r"|ít|cao|thấp|lớn|nhỏ|sớm|muộn)|so với .{2,60}(?:thế nào|ra sao|bao nhiêu)|(?:của|ở"
    r"|tại) .{2,40} và .{2,40}(?:lần lượt|tương ứng|mỗi (?:huyện|nơi|bên|đơn vị))"
)

DEFINED = Pattern(
    r"được hiểu|nghĩa là gì|viết tắt|khái niệm|là loại .{2,20} (?:nào|gì)|thế nào là"
    r"|\bhiểu (?:là (?:[^?,]{0,30} )?)?(?:như )?(?:thế nào|ra sao|sao|gì)"
)

REASON = Pattern(
    r"vì đâu|vì sao|tại sao|do đâu|vì lẽ gì|xuất phát từ đâu|vì cái gì"
    r"|(?<!\d )(?<!bản )(?<!bị )\bsao\b(?! (?:lưu|y|chép|kê|lục)\b).{2,60}(?:lại|chưa|không)"
)

CAUSE_NAMED = Pattern(r"nguyên nhân|(?<!có )(?:lý|lí) do|có (?:lý|lí) do (?:gì|nào)")
"""What asks why where nothing else is asked for: "bao nhiêu vụ do nguyên nhân khách quan" asks how many."""

PERCENT = Pattern(
    r"bao nhiêu (?:phần trăm|%)|mấy (?:phần trăm|%)|tỷ lệ|tỉ lệ|chiếm bao nhiêu|(?:đạt|là) bao nhiêu %|phần trăm"
)

AMOUNT = Pattern(
    r"bao nhiêu|\bmấy\b|là bao\b|(?:^|\b(?:tổng|cho biết|nêu|hỏi) )(?:số lượng|diện tích|sản lượng|kinh phí"
    r"|doanh thu|dân số|năng suất|quy mô)|^tổng (?:thu|chi)\b|điểm (?:thi|số|trung bình)|số lượng|bao lớn|bao xa"
)

DOCNUMBER = Pattern(
    rf"{DOC} (?:nào|số (?:mấy|bao nhiêu|nào|gì)|gì)|số (?:hiệu|ký hiệu)|(?:theo|tại|ở|qua|bằng) {DOC} nào"
    rf"|{DOC}.{{0,100}}(?<!tổng )số (?:bao nhiêu|mấy|nào|gì)|{DOC} có số"
)

DATE = Pattern(
    rf"{NO_RATE}ngày (?:nào|bao nhiêu|mấy|tháng)|khi nào|bao giờ|lúc nào|năm nào|tháng nào|quý nào|(?:thời gian"
    r"|thời điểm|giai đoạn|nhiệm kỳ) nào"
    r"|thời (?:hạn|gian(?! (?:tới|qua|gần đây))|điểm)|hạn (?:chót|cuối|hoàn thành)|bao lâu|mấy năm"
    rf"|{NO_RATE}năm bao nhiêu"
    r"|ngày tháng"
)

WHO = Pattern(
    r"\bai\b|(?:cơ quan|đơn vị|tổ chức|phòng|ban|sở|bộ|ngành|doanh nghiệp|công ty|hợp tác xã|htx|người|đồng chí|ông"
    r"|bà|cá nhân|hội|cấp|bên|đoàn thể|nhà máy|trung tâm|cục|chủ thể|ngành nào|cơ sở) nào|chủ trì|người đứng đầu"
)

PLACE = Pattern(
    r"ở đâu|tại đâu|nơi nào|chỗ nào|đâu là nơi|(?:địa phương|xã|huyện|tỉnh|thị trấn|thành phố|bản|thôn|vùng"
    r"|địa điểm|khu vực|địa bàn) nào|địa điểm|từ đâu|đến đâu"
)

LIST = Pattern(
    r"(?:gồm|bao gồm|gồm có|như)(?: có)? (?:những |các )?(?:gì|nào|ai|đâu)"
    r"|những (?:(?!\bthì\b)[^:;]){0,60}(?:nào|gì)\b|(?:các|mấy) (?:(?!\bthì\b)[^:;]){1,60}(?:nào|gì)\b"
    r"|liệt kê|kể tên|kể ra|nêu (?:các|những|rõ|tên)"
    r"|(?:hạn chế|kinh nghiệm|bài học"
    r"|kiến nghị|đề xuất|nhiệm vụ|giải pháp|mục tiêu|sản phẩm|hình thức|lĩnh vực|giống|ưu điểm|kết quả|yêu cầu"
    r"|mục đích|quan điểm|nội dung|di tích|phần mềm|phương tiện) (?:gì|nào|ra sao|chính|cụ thể|là gì)|là những"
    r"|danh sách|danh mục|^(?:những|các) |^(?:kể|nêu|đọc|cho (?:tôi|mình|em) xem) (?:giúp|giùm|hộ|lại)?"
)

DEFINITION = Pattern(r"là gì\b|nghĩa là|viết tắt|được hiểu|khái niệm|là cái gì|là viết tắt|thế nào là")

ASSIGNED = Pattern(r"\b(?:do|giao(?: cho)?)\s[^?,]{3,60}\b(?:chủ trì|phụ trách|đảm nhận|tham mưu|làm đầu mối)\b")
"""Whether a claim is who has a task."""

BOUND_ASKED = re.compile(
    r"\b(?:den|toi|truoc|cham nhat|thoi han)\b.{0,12}(?:bao gio|khi nao|luc nao|ngay nao|nam nao|thang nao)"
)
"""Whether a folded question asks until when."""

EFFECT_ASKED = re.compile(
    r"\b(?:hieu luc|ap dung|thi hanh)\b[^?,;]{0,30}\b(?:(?:ngay|nam|thang) nao|khi nao|bao gio|luc nao)"
    r"|\b(?:khi nao|bao gio|luc nao)\b[^?,;]{0,60}\b(?:co hieu luc|duoc ap dung|bat dau ap dung)"
)
"""Whether a folded question asks from when a document applies, which is not the day on which it was issued."""

EVENT_TIME = Pattern(
    r"^(?!.*(?:ban hành|\bký\b|đề ngày|\bngày ghi|ra đời|phát hành|\bra ngày)).*"
    r"(?:\b(?:thời gian|thời hạn|hạn|lịch) (?!(?:nào|gửi|văn bản)\b)[^?,;]{2,}"
    r"|\b(?:họp|nộp|tổ chức|khai mạc|bế mạc|diễn ra|bắt đầu|kết thúc|hoàn thành|xong|tiến hành|thực hiện|trước|đến|hết"
    r"|chậm nhất|muộn nhất)(?: (?:vào|trong|là|từ))? (?:ngày|hôm) (?:nào|mấy|bao nhiêu))"
)
"""Whether it is asked when something takes place that a document tells of, and not when the document was issued."""

# What was ended or refused is itself the premise.
PREMISED = Pattern(
    r"\b(?:bị|phải|không|chưa)\b|(?=\b(?:ngừng|dừng|cấm|hủy|bãi bỏ|từ chối|đóng cửa|giải thể|chấm dứt|thu hồi) )"
)

SEVERAL = Pattern(r"(?<!\d )\b(?:những|các|hai|ba|bốn|năm|sáu) [^?]{2,60}\bnào\b|liệt kê|kể tên|gồm những")

SYMBOL_ASKED = Pattern(r"(?:ký|số) hiệu(?: là)? (?:gì|nào|bao nhiêu)")

CITED_ASKED = Pattern(
    rf"{DOC}.{{2,120}}\b(?:theo|tại|ở|bằng|thay(?: thế)?(?: cho)?|căn cứ|dẫn|viện dẫn|nhắc đến|nêu)(?: (?:vào|đến|ở))?"
    rf" ({DOC}).{{0,80}}\bsố (?:bao nhiêu|mấy|nào|gì)"
)
"""Whether a document is named, and the number asked for is that of another, which it cites."""

SHORT_FOR = Pattern(r"gọi tắt|gọi chung|viết tắt|là chỉ|chỉ (?:văn bản|cái|cơ quan|đơn vị)|dùng để chỉ")

BODY_CLASS = Pattern(
    r"\b(ban|phòng|sở|bộ|cục|doanh nghiệp|công ty|hợp tác xã|htx|hội|trung tâm|nhà máy|trường|bệnh viện"
    r"|xã|huyện|thị trấn|đảng ủy|viện|ngân hàng|chi cục) nào"
)

PLANNED = Pattern(
    r"mục tiêu|chỉ tiêu|phấn đấu|dự (?:kiến|tính|định)|kế hoạch (?:năm|đề ra|giao)|đến năm|phương hướng|nhiệm vụ"
    r"|giải pháp|sẽ\b|hoàn thành vào"
)

DOCUMENT_KINDS = (
    "nghi quyet|ke hoach|cong van|bao cao|quyet dinh|ket luan|chuong trinh|thong bao|chi thi|huong dan|to trinh"
    "|nghi dinh|thong tu|giay moi|phieu trinh|van ban"
)
NAMING = re.compile(
    rf"(?:\b(?:trong|theo|tai|cua|o)\s+)?"
    rf"(?:\b(?:{DOCUMENT_KINDS})\s+(?:[^,.?\d]{{0,25}}\b(?:thuc hien|trien khai|ve)\s+)?)*"
    rf"(?:\b(?:{DOCUMENT_KINDS})\s+)?(?:so\s+)?$"
)
"""What names a document before its number, folded: "theo kế hoạch thực hiện Thông báo số"."""

LABEL = re.compile(
    r"\b(dieu|chuong|phu luc|muc|phan)\s+(\d+(?:\.\d+)*|[ivx]+(?:\.\d+)*|[a-d](?:\.[ivx\d]+)*)\b|\b(phu luc)()"
)
LABEL_WORDS = ("điều", "chương", "phụ lục", "mục", "phần")

CLASSIFIERS = frozenset("con cai chiec nguoi ha tan luot dong ty trieu ngay nam thang lan ty_le so ban".split())

QUANTITIES = frozenset(
    """dien_tich san_luong dan_so gia thu_nhap kinh_phi doanh_thu nang_suat tong_dan chi_phi chieu_dai luong
    hoc_phi ho_ngheo binh_quan diem diem_thi ngan_sach tong_muc muc_phat the_tich""".split()
)

KIND_ASKED = Pattern(rf"({DOC[3:-1]}) (?:nào|số (?:mấy|bao nhiêu|nào|gì)|gì)")

ANY_KIND = Pattern(DOC)

COMPARING = frozenset(
    "so sanh doi chieu hon nhieu it cao thap lon nho khac nhau giong khop trung ghi chenh lech ben nao hai huyen"
    " giua".split()
)

UNITS: tuple[tuple[Pattern, str], ...] = (
    (Pattern(r"diện tích|(?:bao nhiêu|mấy) (?:ha|héc|hecta|mét vuông)"), "ha m² m2 km² km2 hecta hec mau sao"),
    (Pattern(r"sản lượng|khối lượng|trọng lượng|(?:bao nhiêu|mấy) (?:tấn|kg|tạ)"),
     "tan ta kg yen lit m³ m3 con qua trai"),
    (Pattern(r"kinh phí|doanh thu|số tiền|bao nhiêu tiền"
             r"|tiền bao nhiêu|(?<!đánh )(?<!định )\bgiá (?:bán|mua|thuê|vé|thành)\b"
             r"|(?:giá|phạt|tốn|hết|chi) bao nhiêu|\bvốn\b|giá trị|thu nhập|ngân sách"
             r"|mức (?:hỗ trợ|thu|chi|phạt|đầu tư|đóng)|(?:hội|lệ|học|đảng|viện|án) phí"
             r"|(?:bao nhiêu|mấy) (?:tỷ|tỉ|triệu|đồng)|(?:tiền|mức|bậc) (?:lương|phụ cấp|trợ cấp)|thù lao"),
     "dong ty ti trieu nghin ngan usd"),
    (Pattern(r"thể tích|dung tích|bao nhiêu (?:m³|m3|mét khối|khối)"), "m³ m3 khoi lit met"),
    (Pattern(r"năng suất"), "ta tan kg"),
    (Pattern(r"(?:bao nhiêu|mấy) (?:km|mét|m)\b|chiều (?:dài|rộng|cao)"), "km m met cm"),
)  # fmt: skip

MEASURED = re.compile(r"\b(?:bao nhieu|may)\s+(ha|tan|ta|kg|ty|trieu|dong|km|met|lit)\b")

COUNTED = Pattern(r"(?:bao nhiêu|\bmấy\b)(?: đến (?:bao nhiêu|mấy))?(?: cái| chiếc)?\s+((?:[^\W\d_]+\s*){1,4})")

LEVELS = r"huyện|tỉnh|thành phố|tp\.?|thị xã|thị trấn|xã|phường|quận|thôn|bản|làng|ấp|khu phố|hợp tác xã|htx"

CAPITAL = f"[{UPPER}]"

PLACE_NAMED = re.compile(
    rf"(?<!văn )(?<!Văn )\b((?i:{LEVELS}))\s+"
    rf"((?:(?-i:{CAPITAL})[^\W\d_A-ZĐ][\w']*)(?:\s+(?-i:{CAPITAL})[\w']*){{0,3}}(?:\s+\d{{1,2}}(?!\d))?)"
)

PLACE_BARE = Pattern(rf"(?<!văn )\b({LEVELS})\s+((?!(?:này|đó|ấy|kia|nào|trên)\b)[^\W\d_]{{2,7}}\s+[^\W\d_]{{2,7}})\b")

PROPER_NAME = re.compile(rf"(?<![^\W\d_]){CAPITAL}[^\W\d_A-ZĐ]{{0,6}}(?:\s+{CAPITAL}[^\W\d_A-ZĐ]{{0,6}})+(?![^\W\d_])")

BODY_NAMED = re.compile(
    rf"(?<!\w)(?<![Đđ]ại )(?i:{ASSOCIATIONS}|đoàn)\s+"
    rf"({CAPITAL}[^\W\d_A-ZĐ]{{0,6}}(?:\s+[^\W\d_A-ZĐ]{{1,7}})?)(?!\w)"
)
"""What tells one association from another: "Hội Làm vườn", "Liên đoàn Quần vợt"."""

YEAR = re.compile(r"(?<![\d/.,-])((?:19|20)\d\d)(?![\d/.,]\d|\d|[/-][A-ZĐ])")

FULL_DATE = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:19|20)\d\d|\d{1,2}/(?:19|20)\d\d|tháng\s+\d{1,2}\s+năm\s+(?:19|20)\d\d"
)

CLAIM = re.compile(r"(?<![\w/.,-])\d+(?:[.,]\d+)*(?![\w/]|[.,-]\d)")

NOT_CLAIMS = Pattern(
    r"(?:năm|tháng|ngày|quý|lần thứ|thứ|khóa|khoá|số|mục|điều|khoản|phần|chương|đến|giai đoạn|điểm|thôn|bản"
    r"|nghị quyết|kế hoạch|10|lớp|cấp|mức|mức độ|cấp độ|hạng)(?:\s+\d+\s*(?:,|và|-))?\s*$"
)

WHEN = Pattern(
    r"khi nào|bao giờ|lúc nào|hôm nào"
    rf"|{NO_RATE}\b(?:ngày|năm|tháng|quý) (?:nào|bao nhiêu|mấy)|(?:thời gian|thời điểm|giai đoạn) nào|bao lâu"
)

LIST_FIRST = Pattern(
    r"(?:gồm|bao gồm|gồm có)(?: có)? (?:những |các )?(?:gì|nào|ai|đâu)|là những|(?:những|các) [^,]{0,40}\b(?:gì"
    r"|nào)\b(?! (?:chủ trì|thực hiện|phụ trách))|liệt kê|kể tên"
)

HOW_MANY = Pattern(r"bao nhiêu|\bmấy\b|là bao\b")

WHO_FIRST = Pattern(
    r"\bai\b|(?:cơ quan|đơn vị|tổ chức|phòng|ban|sở|bộ|doanh nghiệp|công ty|hợp tác xã|htx|người|vị|đồng chí|hội|cấp"
    r"|trung tâm|cục|nhà máy) nào"
)

PLACE_FIRST = Pattern(r"ở đâu|tại đâu|(?:địa phương|xã|huyện|tỉnh|thị trấn|bản|thôn|nơi) nào")

UNIT_WORDS = frozenset("met km lit phan ha tan ta kg dong ty trieu".split())
