"""What a question asks for is found in whatever words it asks: by which means, what for, at which level, where."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.assistant import Assistant
from qa.types import REFUSAL
from tests.qa.office import office_over

TEXT = """UBND HUYỆN KHE VƯỢNG
Số: 88/BC-UBND
Khe Vượng, ngày 6 tháng 5 năm 2031

BÁO CÁO
Sơ kết thực hiện Nghị quyết số 41-NQ/TU ngày 12/3/2028 của Tỉnh ủy về phát triển nghề dệt

I. TUYÊN TRUYỀN

Các xã phải phổ biến Nghị quyết đến người dân thường xuyên, làm cho người dân nâng cao nhận thức về nghề dệt.

UBND huyện đã phổ biến Nghị quyết đến nhân dân thông qua nhiều hình thức như: Loa của thôn; phiên chợ; tờ rơi.

II. KẾT QUẢ

Hội đồng thẩm định mẫu dệt đã hoạt động hiệu quả, phát huy tốt vai trò của mình.

Huyện thành lập Hội đồng thẩm định mẫu dệt nhằm chọn mẫu dự thi và tư vấn cho các tổ dệt.

Mẫu dệt được công nhận ở cấp huyện được đề nghị xét công nhận ở cấp tỉnh. Đến nay huyện có 214 mẫu dệt được công nhận.

Đến nay huyện có 5/9 xã có tổ dệt, chiếm 55,6%.

Tổ dệt Nà Pó được cấp chứng nhận nhãn hiệu tập thể khăn Nà Pó.

III. HẠN CHẾ VÀ NGUYÊN NHÂN

1. Hạn chế

- Việc dệt vải ở các thôn xa còn hạn chế, chủ yếu phục vụ gia đình.

- Nhiều khung dệt để không.

2. Nguyên nhân

- Giá sợi tăng hằng năm.

- Thiếu người dạy dệt.

IV. NHIỆM VỤ

1. Nâng cao vai trò của Phòng Văn hóa, Hội Phụ nữ huyện trong việc giữ gìn nghề dệt, gắn với du lịch của từng \
thôn, bản, phù hợp với điều kiện và phong tục cụ thể của mỗi nơi.

- Giao Phòng Kinh tế huyện thực hiện thường xuyên đến năm 2033.

2. Đề xuất giải pháp thu hút thợ dệt giỏi về huyện làm việc; mở lớp dạy dệt cho thợ trẻ.

V. KIẾN NGHỊ

Đối với tỉnh: có chính sách ưu đãi để thu hút thợ dệt giỏi về huyện công tác.

Đề nghị Tỉnh ủy tổng kết Nghị quyết số 41-NQ/TU ngày 21/3/2028.

Trên đây là báo cáo sơ kết thực hiện Nghị quyết số 41-CT/TU của UBND huyện Khe Vượng./.

Nơi nhận:
- Tỉnh ủy;
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with office_over(tmp_path_factory.mktemp("wordings"), {"bao-cao.txt": TEXT}) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Khe Vượng phổ biến Nghị quyết tới người dân bằng những kênh nào?", "Loa của thôn"),
        ("Huyện Khe Vượng phổ biến Nghị quyết đến dân qua kênh nào?", "Loa của thôn"),
        ("Hội đồng thẩm định mẫu dệt là hội đồng làm việc gì?", "chọn mẫu dự thi"),
        ("Hội đồng thẩm định mẫu dệt lập ra để làm gì?", "chọn mẫu dự thi"),
        ("Huyện có bao nhiêu mẫu dệt được công nhận?", "214"),
        ("Đến lúc làm báo cáo, mấy xã có tổ dệt trên tổng số, chiếm bao nhiêu phần trăm?", "5/9"),
        ("Nhiệm vụ nâng cao vai trò của Hội Phụ nữ trong việc giữ gìn nghề dệt giao cho ai?", "Giao Phòng Kinh tế"),
        ("Vì sao nghề dệt ở Khe Vượng còn hạn chế?", "Thiếu người dạy dệt"),
        ("Khe Vượng xin tỉnh cái gì để kéo thợ dệt giỏi về huyện làm việc?", "chính sách ưu đãi"),
        ("Câu kết của báo cáo Khe Vượng ghi ký hiệu của nghị quyết là gì?", "41-CT/TU"),
        ("Đoạn kết báo cáo huyện Khe Vượng viết thế nào?", "Trên đây là báo cáo"),
        ("Ngày của Nghị quyết 41-NQ/TU ở tiêu đề và ở phần mở đầu báo cáo khác nhau thế nào?", "21/3/2028"),
    ],
)
def test_other_words_find_the_place_that_answers(office: Assistant, question: str, said: str) -> None:
    assert said in office.ask(question).answer


def test_what_is_asked_of_the_province_is_not_asked_of_the_state(office: Assistant) -> None:
    assert "Đối với tỉnh" not in office.ask("Khe Vượng kiến nghị Trung ương điều gì về thợ dệt giỏi?").answer


def test_limits_are_no_causes(office: Assistant) -> None:
    assert "khung dệt" not in office.ask("Vì sao nghề dệt ở Khe Vượng còn hạn chế?").answer


@pytest.mark.parametrize(
    "question",
    [
        "Huyện có bao nhiêu mẫu dệt được công nhận ở cấp tỉnh?",
        "Nhãn hiệu tập thể khăn Nà Pó được cấp chứng nhận vào ngày nào, số giấy bao nhiêu?",
    ],
)
def test_what_only_stands_beside_is_no_answer(office: Assistant, question: str) -> None:
    assert office.ask(question).answer.startswith(REFUSAL)
