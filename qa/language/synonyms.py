"""Words that mean the same in reports: a question says one, the document the other. Folded, both ways."""

from __future__ import annotations

from functools import lru_cache

from corpus.text import canonical_tone, fold

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
mỗi ngày / hàng ngày / hằng ngày
mỗi tháng / hàng tháng / hằng tháng
mỗi quý / hàng quý / hằng quý
nộp / đóng
buổi / cuộc
lớp / khóa
nhãn hiệu / thương hiệu
yếu / yếu kém / hạn chế
ý kiến / kiến nghị
xử lý / giải quyết
dân / nhân dân / người dân
mặt hàng / sản phẩm / hàng hóa
món / loại / sản phẩm
gây dựng / hình thành / xây dựng
tạo lập / hình thành / thiết lập
dựng / xây dựng / hình thành
muốn / phấn đấu / mục tiêu
dự kiến / dự định / kế hoạch
ưu ái / ưu tiên / ưu đãi / khuyến khích
bứt phá / đột phá / vượt bậc / tăng tốc
nhắc nhở / đôn đốc / chấn chỉnh / nhắc
xem xét / rà soát / thẩm định / kiểm tra / đánh giá
soi xét / kiểm tra / giám sát / rà soát
giới thiệu / quảng bá / xúc tiến
giúp / hỗ trợ / giúp đỡ / tạo điều kiện
kéo / thu hút / lôi cuốn / mời gọi
giỏi / chuyên môn / chất lượng cao / trình độ cao / chuyên sâu
tay nghề / chuyên môn / trình độ
con người / nhân lực / cán bộ / đội ngũ / biên chế
người / cán bộ / biên chế / nhân lực
trách nhiệm / nhiệm vụ / có nhiệm vụ
đồng tiền / kinh phí / tài chính / ngân sách
tối thiểu / ít nhất / trở lên / không dưới / thấp nhất
tối đa / nhiều nhất / không quá / cao nhất
vốn liếng / vốn / nguồn lực
phát hành / ban hành / ra
về đích / đạt chuẩn / hoàn thành
hoàn thành / hoàn tất / về đích
hạn chót / thời hạn / chậm nhất / trước ngày
nộp / gửi / trình
đất / thổ nhưỡng / đất đai
thời tiết / khí hậu
làm ăn / sản xuất kinh doanh / hoạt động
buôn bán / kinh doanh / thương mại
nhà nông / nông dân / hộ nông dân
đặt mốc / phấn đấu / mục tiêu / đến năm
đặt ra / đề ra / phấn đấu
nhân rộng / mở rộng / triển khai rộng
bắt đầu / khởi công / triển khai / từ ngày
bắt tay / triển khai / thực hiện
chấm dứt / kết thúc / hết hiệu lực
dùng / sử dụng / áp dụng / ứng dụng
áp dụng / thi hành / hiệu lực
xin / đề nghị / kiến nghị / đề xuất
nguồn cơn / nguyên nhân
đẩy mạnh / tăng cường / thúc đẩy
chú trọng / quan tâm / tập trung / coi trọng
đào tạo / tập huấn / bồi dưỡng / huấn luyện
dạy / đào tạo / bồi dưỡng / giảng dạy
lo / phụ trách / chuyên trách / đảm nhận
gánh / đảm nhận / phụ trách
cầm trịch / chủ trì / đứng đầu
dẫn đầu / đứng đầu / chủ trì
bắt buộc / phải / có nghĩa vụ
cấm / nghiêm cấm / không được
cho phép / được phép / đồng ý / chấp thuận
bằng lòng / đồng ý / chấp thuận
hủy / hủy bỏ / bãi bỏ / chấm dứt
sửa / sửa đổi / bổ sung / điều chỉnh
thay / thay thế / thay đổi
thôi việc / nghỉ việc / chấm dứt hợp đồng
lương / tiền lương / tiền công
tiền phạt / mức phạt / phạt tiền
báo / khai báo / thông báo
nghỉ / nghỉ phép / tạm nghỉ
ở lại / lưu trú / cư trú / tạm trú
chỗ ở / nơi ở / nơi cư trú
lâu / thời gian / thời hạn
mua sắm / mua / trang bị
bố trí / sắp xếp / phân công
cử / phân công / bố trí / giao
giao / phân công / giao nhiệm vụ
đơn vị / doanh nghiệp / công ty / cơ sở
nơi / địa phương / địa bàn
dân tộc / đồng bào
trẻ / thanh niên
trẻ con / trẻ em
người già / người cao tuổi
nhà nghèo / hộ nghèo
rừng / lâm nghiệp
cá / thủy sản
đường sá / giao thông / đường giao thông
bệnh xá / trạm y tế / cơ sở y tế
rác / rác thải / chất thải
nước sạch / nước sinh hoạt
sàn thương mại / thương mại điện tử
giấy tờ / hồ sơ / tài liệu
đơn từ / đơn / hồ sơ
khiếu kiện / khiếu nại / tố cáo
thưa kiện / khởi kiện
khen / khen thưởng / biểu dương
phạt / xử phạt / xử lý
sai phạm / vi phạm
lỗi / vi phạm / sai phạm
tránh / khắc phục / hạn chế / phòng ngừa
trùng lặp / chồng chéo
chặt / chặt chẽ
vướng / vướng mắc / khó khăn
thua kém / hạn chế / yếu kém
tổng thể / toàn bộ
cả thảy / tổng số / tổng cộng
số lượng / tổng số
đông / nhiều
ra mắt / công bố / khai trương
bàn giao / chuyển giao
thành quả / kết quả / thành tựu / tiến bộ
sáp nhập / hợp nhất
lập ra / thành lập / kiện toàn
bầu / bầu cử / bổ nhiệm
thăm / tham quan
khách / khách du lịch / du khách
bàn / thảo luận / cho ý kiến
đồng lòng / thống nhất / nhất trí
đưa / phổ biến / quán triệt / triển khai
hợp / phù hợp / thích hợp
gây dựng / hình thành
bứt phá / đột phá
nhân lực / cán bộ / biên chế
dịp / hội nghị / buổi
theo dõi / kiểm tra / giám sát
mét khối / m³
mét vuông / m²
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


def said_words() -> tuple[str, ...]:
    """The words of two syllables as written: each is one word, however rare in running text."""
    words = (word for line in _GROUPS.strip().splitlines() for word in line.split(" / "))
    return tuple(dict.fromkeys(canonical_tone(word) for word in words if word.count(" ") == 1))
