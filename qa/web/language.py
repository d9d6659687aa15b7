"""Vietnamese for Gradio's own words, of which it has no Vietnamese edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr

WORDS = {
    "blocks.connection_can_break": "Trên điện thoại, kết nối có thể đứt nếu rời thẻ này hoặc máy ngủ.",
    "blocks.long_requests_queue": "Đang có nhiều yêu cầu chờ; xin đợi ít phút.",
    "blocks.lost_connection": "Mất kết nối do rời trang. Đang nối lại …",
    "blocks.waiting_for_inputs": "Tệp còn đang tải lên; xin thử lại sau giây lát.",
    "chatbot.edit": "Sửa",
    "chatbot.retry": "Thử lại",
    "chatbot.undo": "Bỏ lượt cuối",
    "chatbot.submit": "Gửi",
    "chatbot.cancel": "Thôi",
    "chatbot.like": "Đúng",
    "chatbot.dislike": "Chưa đúng",
    "chatbot.clear": "Xóa hội thoại",
    "chatbot.copy_message": "Chép",
    "chatbot.copied_message": "Đã chép",
    "chat_interface.chatbot": "Hội thoại",
    "chat_interface.conversation": "Hội thoại",
    "chat_interface.new_chat": "Hội thoại mới",
    "chat_interface.message_placeholder": "Gõ câu hỏi …",
    "chat_interface.additional_inputs": "Lựa chọn thêm",
    "common.built_with": "làm bằng",
    "common.built_with_gradio": "Làm bằng Gradio",
    "common.clear": "Xóa",
    "common.download": "Tải về",
    "common.download_all": "Tải tất cả",
    "common.edit": "Sửa",
    "common.empty": "Trống",
    "common.error": "Lỗi",
    "common.loading": "Đang tải",
    "common.or": "hoặc",
    "common.remove": "Bỏ",
    "common.settings": "Cài đặt",
    "common.share": "Chia sẻ",
    "common.submit": "Gửi",
    "common.undo": "Hoàn tác",
    "common.language": "Ngôn ngữ",
    "common.display_theme": "Giao diện",
    "common.progress": "Tiến độ",
    "common.run": "Chạy",
    "dropdown.dropdown": "Danh sách chọn",
    "errors.build_error": "chương trình có lỗi khi dựng",
    "errors.config_error": "chương trình có lỗi cài đặt",
    "errors.runtime_error": "chương trình có lỗi khi chạy",
    "errors.use_via_api": "Dùng qua API",
    "file.uploading": "Đang tải lên …",
    "label.label": "Nhãn",
    "number.number": "Số",
    "plot.plot": "Biểu đồ",
    "radio.radio": "Lựa chọn",
    "status.queue_position": "Đang chờ: {position} trên {size}",
    "upload_text.click_to_upload": "Bấm để chọn tệp",
    "upload_text.drop_file": "Kéo tệp vào đây",
    "upload_text.paste_clipboard": "Dán từ bộ nhớ tạm",
}


def build_language() -> gr.I18n:
    """The words for any browser: Gradio falls back to its English edition where it lacks the browser's language."""
    import gradio as gr

    # Flat keys are looked up before the nested ones that Gradio adds itself.
    return gr.I18n(en=WORDS)
