"""Words that mean the same in reports: a question says one, the document the other. Folded, both ways."""

from __future__ import annotations

from functools import lru_cache

from corpus.text import fold

_GROUPS = """
tổng cộng / tổng / toàn / tất cả
phụ trách / chủ trì / phối hợp
mở / tổ chức
nguyên nhân / lý do
hạn chế / tồn tại / yếu kém / khó khăn / khuyết điểm / bất cập
kiến nghị / đề xuất / đề nghị
kinh nghiệm / bài học
kinh phí / vốn / tiền / ngân sách
du khách / lượt khách / khách
mục tiêu / chỉ tiêu
ưu điểm / kết quả / thành tựu
trường / nhà trường / trường học
người dân / nhân dân / bà con
nông dân / hội viên nông dân
thành lập / kiện toàn
chăn nuôi / nuôi
trồng / trồng trọt
công nhận / xếp hạng / cấp chứng nhận / cấp giấy chứng nhận
máy móc / thiết bị / nông cụ
phần mềm / ứng dụng
thu nhập / doanh thu
cuộc họp / hội nghị
thôn / bản / tổ dân phố
hộ / hộ dân / hộ gia đình
chịu trách nhiệm / chủ trì / phân công / giao
phối hợp / cùng
tỷ lệ / tỉ lệ / chiếm
gồm / bao gồm
trùng tu / tôn tạo / tu bổ
tu sửa / trùng tu
di tích / di sản
mục đích / yêu cầu
xong / hoàn thành
lập / xây dựng
trâu bò / trâu
heo / lợn
bắp / ngô
tuyên truyền / phổ biến / quán triệt
thời hạn / đến năm
giải pháp / biện pháp
nhiệm vụ / giải pháp
đứng tên / ký
đơn vị / cơ quan
số hóa / chuyển đổi số
trực tuyến / qua mạng
trại / cơ sở / trang trại
mỗi năm / hàng năm / hằng năm
buổi / cuộc
lớp / khóa
nhãn hiệu / thương hiệu
yếu / yếu kém / hạn chế
ý kiến / kiến nghị
xử lý / giải quyết
dân / nhân dân / người dân
"""


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    table: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for line in _GROUPS.strip().splitlines():
        words = [tuple(fold(word).split()) for word in line.split("/")]
        for word in words:
            table.setdefault(word, []).extend(other for other in words if other != word)
    return {word: tuple(dict.fromkeys(others)) for word, others in table.items()}


def alternatives(folded: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Other folded words for a folded word."""
    return _table().get(folded, ())
