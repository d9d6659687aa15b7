"""The web workplace as one application, and the server that runs it."""

from __future__ import annotations

import errno
import os
import socket
from typing import TYPE_CHECKING

from qa.assemble import build_assistant
from qa.settings import Settings
from qa.terminal.access import CannotListen
from qa.terminal.console import messages

if TYPE_CHECKING:
    from fastapi import FastAPI
    from gradio import Blocks

    from qa.web.workplace import Workplace

TITLE = "Báo cáo – hỏi đáp có trích dẫn"
_HEAD = (
    '<header class="bc-head"><h1>Báo cáo</h1><p>Hỏi đáp có trích dẫn trên kho văn bản</p>'
    '<span class="keys">Phím tắt: <kbd>/</kbd> tới ô gõ · <kbd>Esc</kbd> đóng văn bản</span></header>'
)


def build_app(workplace: Workplace, *, local: bool = True) -> FastAPI:
    """The whole workplace as an ASGI application; nothing in it asks the network for anything.

    Args:
        local: it is served to this machine alone, so that no other host name may lead to it.
    """
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    # Uploads and downloads of other people on this machine are nobody's business.
    temporary = workplace.settings.home / "tmp"
    temporary.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["GRADIO_TEMP_DIR"] = str(temporary)
    import gradio as gr
    from fastapi import FastAPI

    from qa.web.guard import Guard
    from qa.web.language import build_language
    from qa.web.routes import build_routes
    from qa.web.theme import CSS_PATH, SCRIPT_PATH, build_theme

    app = FastAPI(title=TITLE, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Guard, local=local)
    app.include_router(build_routes(workplace.library))
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        _build_page(workplace),
        path="/",
        footer_links=[],
        show_error=True,
        max_file_size=f"{workplace.settings.limits.upload_mb}mb",
        theme=build_theme(),
        css_paths=CSS_PATH,
        js=SCRIPT_PATH.read_text(encoding="utf-8"),
        i18n=build_language(),
        allowed_paths=[],
        pwa=False,
        mcp_server=False,
    )
    return mounted


def _build_page(workplace: Workplace) -> Blocks:
    """The page with its four tabs."""
    import gradio as gr

    from qa.web.chat import build_chat_tab
    from qa.web.documents import build_documents_tab
    from qa.web.evaluation import build_evaluation_tab
    from qa.web.precedents import build_precedents_tab, collected_passages

    page: Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600))
    with page:
        gr.HTML(_HEAD)
        clips = collected_passages()
        with gr.Tabs():
            with gr.Tab("Hỏi đáp", id="hoi-dap") as tab:
                build_chat_tab(workplace, page, tab)
            with gr.Tab("Tra cứu câu mẫu", id="cau-mau") as tab:
                build_precedents_tab(workplace, page, tab, clips)
            with gr.Tab("Kho văn bản", id="kho"):
                build_documents_tab(workplace, page)
            with gr.Tab("Đánh giá", id="danh-gia"):
                build_evaluation_tab(workplace, page)
    page.queue(default_concurrency_limit=8)
    return page


def serve(settings: Settings, *, host: str | None = None, port: int | None = None) -> int:
    """Serve the workplace until it is stopped; prints the address first."""
    import uvicorn

    from qa.web.guard import LOOPBACK
    from qa.web.workplace import Workplace

    host, port = host or settings.server.host, port or settings.server.port
    _check_port(host, port)
    assistant = build_assistant(settings)
    workplace = Workplace(settings=settings, library=assistant.library, assistant=assistant)
    app = build_app(workplace, local=host in LOOPBACK)
    messages.print(f"Mở trình duyệt tại: http://{host}:{port}  (dừng: Ctrl+C)", style="bold")
    uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=3)
    return 0


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotListen(_why_not(host, port, error.errno)) from error


def _why_not(host: str, port: int, code: int | None) -> str:
    if code == errno.EADDRINUSE:
        return f"cổng {port} trên {host} đang có chương trình khác dùng; thử: --port {port % 65_535 + 1}"
    if code in (errno.EACCES, errno.EPERM):
        return f"không có quyền mở cổng {port}; thử một cổng từ 1024 trở lên, ví dụ: --port 7860"
    return f"máy này không có địa chỉ {host!r}; dùng --host 127.0.0.1 (chỉ máy này) hoặc --host 0.0.0.0 (cả mạng)"
