"""Whose task is asked for: a sentence has to name that body as the one that acts, or stand below it."""

from __future__ import annotations

import pytest

from qa.extraction.tasked import does_task
from qa.language.units import Words
from qa.language.words import tokenise

ASKED = "Sở Tài chính được giao nhiệm vụ gì trong kế hoạch trồng rừng?"


@pytest.mark.parametrize(
    ("text", "around", "does"),
    [
        ("Giao Sở Tài chính bố trí kinh phí.", "", True),
        ("2. Sở Tài chính: bố trí kinh phí.", "", True),
        ("Bố trí kinh phí trồng rừng.", "Sở Tài chính", True),
        ("Giao Sở Nội vụ theo dõi thi đua.", "Sở Tài chính", False),
        ("Sở Nội vụ chủ trì, phối hợp với Sở Tài chính xét thưởng.", "", False),
        ("Bố trí kinh phí trồng rừng.", "Sở Nội vụ", False),
        ("Bố trí kinh phí trồng rừng.", "Ý kiến về đề nghị của Sở Tài chính tại cuộc họp sáng nay", False),
        ("Bố trí kinh phí trồng rừng.", "Ý kiến của Sở Tài chính", False),
        ("Bố trí kinh phí trồng rừng.", "Trách nhiệm của Sở Tài chính", True),
        ("Bố trí kinh phí trồng rừng.", "Sở Tài chính đề xuất như sau", False),
        ("Hội Làm vườn báo cáo kết quả trồng rừng.", "Giao Sở Tài chính bố trí kinh phí", False),
        ("Kinh phí trồng rừng năm nay đã được duyệt theo báo cáo của Sở Tài chính.", "", False),
    ],
)
def test_the_asked_body_acts(text: str, around: str, does: bool) -> None:
    assert does_task(ASKED, text, Words(tokenise(around))) is does


@pytest.mark.parametrize(
    ("question", "bound"),
    [
        ("Nhiệm vụ của Sở Tài chính là gì?", True),
        ("Phòng Nội vụ có trách nhiệm gì?", True),
        ("Sở nào được giao bố trí kinh phí?", False),
        ("Sở Tài chính có bao nhiêu phòng?", False),
    ],
)
def test_only_a_question_on_tasks_is_bound(question: str, bound: bool) -> None:
    assert does_task(question, "Đoàn Thanh niên trồng 500 cây.") is not bound


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("Ban Tuyên giáo Tỉnh ủy (báo cáo)", False),
        ("Ban Tuyên giáo Huyện ủy", False),
        ("- Lưu Ban Tuyên giáo Huyện ủy.", False),
        ("Ban Tuyên giáo Tỉnh ủy chủ trì tuyên truyền.", False),
        ("Ban Tuyên giáo Huyện ủy chủ trì tuyên truyền.", True),
    ],
)
def test_a_body_of_another_level_and_a_bare_name_have_no_task(text: str, does: bool) -> None:
    assert does_task("Ban Tuyên giáo Huyện ủy được giao nhiệm vụ gì?", text) is does


def test_what_a_document_gives_a_body_to_do_is_its_task() -> None:
    asked = "Công văn giao Trung tâm Dịch vụ nông nghiệp làm gì?"
    assert does_task(asked, "Trung tâm Dịch vụ nông nghiệp cấp hóa chất.")
    assert not does_task(asked, "Phòng Tài chính kiểm tra kho hóa chất của Trung tâm Dịch vụ nông nghiệp.")
