"""What the workplace does without a browser: who may ask it, which files it gives away, where uploads go."""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path
from unittest.mock import MagicMock

import gradio as gr
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from PIL import Image, ImageChops

from corpus.document import CorpusError
from eval.feedback import from_feedback
from index.corrections import iso_date
from index.library import Library
from index.settings import IndexSettings
from index.types import DocumentRecord, LibraryError
from qa.assistant import Assistant
from qa.settings import Settings
from qa.web import feedback
from qa.web.downloads import download_on_click
from qa.web.errors import told
from qa.web.guard import Guard, permitted
from qa.web.overview import overview_html
from qa.web.pages import quote_boxes, render_page
from qa.web.routes import build_routes
from qa.web.suggestions import Suggestions
from qa.web.uploads import forget_upload, safe_name, take_in


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Library:
    opened = Library.open(tmp_path_factory.mktemp("home"), IndexSettings(model="none"))
    opened.add([path for path in samples.iterdir() if "scan" not in path.name])
    return opened


@pytest.fixture(scope="module")
def client(library: Library) -> TestClient:
    app = FastAPI()
    app.add_middleware(Guard)
    app.include_router(build_routes(library))
    return TestClient(app, base_url="http://127.0.0.1:7860")


def pdf(library: Library) -> DocumentRecord:
    return library.find_by_number("571/BC-UBND")[0]


# --- who may ask


@pytest.mark.parametrize(
    ("method", "headers", "allowed"),
    [
        ("GET", {"host": "127.0.0.1:7860"}, True),
        ("GET", {"host": "[::1]:7860"}, True),
        ("GET", {"host": "evil.example:7860"}, False),
        ("GET", {}, False),
        ("GET", {"host": "[::1"}, False),
        ("POST", {"host": "localhost:7860", "origin": "http://[::1"}, False),
        ("POST", {"host": "localhost:7860", "origin": "http://localhost:7860"}, True),
        ("POST", {"host": "localhost:7860", "origin": "http://evil.example"}, False),
        ("POST", {"host": "localhost:7860", "origin": "null"}, False),
        ("POST", {"host": "localhost:7860", "sec-fetch-site": "cross-site"}, False),
        ("POST", {"host": "localhost:7860"}, True),
    ],
)
def test_only_our_own_page_on_this_machine_is_answered(method: str, headers: dict[str, str], allowed: bool) -> None:
    assert permitted(method, "/", headers, local=True) is allowed


def test_a_network_server_answers_other_names_but_no_other_origin() -> None:
    assert permitted("GET", "/", {"host": "vanphong.example"}, local=False)
    assert not permitted("POST", "/", {"host": "vanphong.example", "origin": "http://x.example"}, local=False)


def test_the_server_fetches_nothing_for_a_page() -> None:
    host = {"host": "127.0.0.1"}
    for route in ("file=https:", "file%3Dhttp:", "file/http:", "file/HTTPS:", "file%2Fhttp:", "proxy=x", "proxy/http:"):
        assert not permitted("GET", f"/gradio_api/{route}//example.org/x", host, local=True)
        assert not permitted("GET", f"/{route}//example.org/x", host, local=True)
    assert permitted("GET", "/gradio_api/file=/tmp/x", host, local=True)


def test_answers_forbid_the_page_to_reach_the_network(client: TestClient) -> None:
    policy = client.get("/van-ban/none/tep").headers["content-security-policy"]
    assert policy.startswith("default-src 'self'")
    assert "http" not in policy
    assert client.get("/van-ban/none/tep", headers={"host": "evil.example"}).status_code == 403


# --- which files


def test_only_files_of_the_library_are_given_away(client: TestClient, library: Library, samples: Path) -> None:
    record = pdf(library)
    reply = client.get(f"/van-ban/{record.id}/tep")
    assert reply.content == Path(record.path).read_bytes()
    assert reply.headers["content-type"] == "application/pdf"
    for name in ("..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd", "x", str(samples / "x")):
        assert client.get(f"/van-ban/{name}/tep").status_code == 404


@pytest.fixture
def packed(tmp_path: Path, samples: Path) -> tuple[Path, TestClient, Library]:
    """A library of two members of an archive, and who asks it."""
    archive = tmp_path / "in" / "kho.zip"
    archive.parent.mkdir()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("bao-cao-571-ubnd-2023.pdf", "bao-cao-512-ubnd-2021.txt"):
            file.write(samples / name, f"năm/{name}")
    library = Library.open(tmp_path / "home", IndexSettings(model="none"))
    assert library.add([archive.parent]).added == 2
    app = FastAPI()
    app.include_router(build_routes(library))
    return archive, TestClient(app), library


def test_a_source_inside_an_archive_is_given_alone(
    packed: tuple[Path, TestClient, Library], samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, client, library = packed
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    record = pdf(library)
    reply = client.get(f"/van-ban/{record.id}/tep")
    assert reply.content == (samples / "bao-cao-571-ubnd-2023.pdf").read_bytes()
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.headers["content-disposition"].endswith("''bao-cao-571-ubnd-2023.pdf")
    picture = client.get(f"/van-ban/{record.id}/trang/1.png")
    assert picture.content.startswith(b"\x89PNG")
    assert not list((tmp_path / "tmp").iterdir())
    archive.unlink()
    for place in ("tep", "trang/1.png"):
        gone = client.get(f"/van-ban/{record.id}/{place}")
        assert (gone.status_code, "baocao index THƯ_MỤC" in gone.text) == (404, True)
        assert gone.headers["content-type"].startswith("text/plain")


def test_an_archive_that_became_a_trap_gives_nothing(packed: tuple[Path, TestClient, Library]) -> None:
    archive, client, library = packed
    for name, data in (("../../thoat.txt", b"x"), ("năm/bao-cao-571-ubnd-2023.pdf", b"0" * (20 << 20))):
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(name, data)
        assert client.get(f"/van-ban/{pdf(library).id}/tep").status_code == 404
    assert not (archive.parent.parent / "thoat.txt").exists()


def test_a_page_of_a_document_never_runs_as_ours(client: TestClient, library: Library) -> None:
    record = library.find_by_number("96-BC/HU")[0]
    reply = client.get(f"/van-ban/{record.id}/tep")
    assert reply.headers["content-type"] == "application/octet-stream"
    assert reply.headers["content-disposition"].startswith("attachment")
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_the_place_of_a_quote_is_marked_on_its_page(client: TestClient, library: Library, tmp_path: Path) -> None:
    record = pdf(library)
    document = library.document(record.id)
    start = document.text.index("Tổng diện tích chè")
    pictures = []
    for name, span in (("plain", ""), ("marked", f"?tu={start}&den={start + 60}")):
        path = tmp_path / f"{name}.png"
        path.write_bytes(client.get(f"/van-ban/{record.id}/trang/{document.page_at(start)}.png{span}").content)
        pictures.append(Image.open(path).convert("RGB"))
    changed = ImageChops.difference(*pictures).getbbox()
    assert changed is not None
    left, top, right, bottom = changed
    assert 200 < right - left < pictures[0].width
    assert 5 < bottom - top < 80
    assert client.get(f"/van-ban/{record.id}/trang/99.png").status_code == 404


def test_a_replaced_file_shows_its_own_page(samples: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    pictures = []
    for name in ("bao-cao-571-ubnd-2023.pdf", "bao-cao-402-ubnd-thanh-lung-2023.pdf"):
        path.write_bytes((samples / name).read_bytes())
        pictures.append(render_page(path, 1, "", scanned=False))
    assert pictures[0] != pictures[1]
    path.unlink()
    with pytest.raises(CorpusError, match="không mở được tệp"):
        render_page(path, 1, "", scanned=False)


def test_a_quote_is_found_without_diacritics_and_over_a_line_end(samples: Path) -> None:
    from corpus.pdf_pages import open_pdf

    with open_pdf(samples / "bao-cao-571-ubnd-2023.pdf") as opened:
        glyphs = opened.page(1).glyphs
    quote = "TONG DIEN TICH CHE toàn huyện đạt 1.418 ha, trong đó\ndiện tích cho thu hoạch 1.187 ha"
    assert len(quote_boxes(glyphs, quote)) == 2
    assert quote_boxes(glyphs, "không có câu nào như thế này ở trong trang") == []
    assert quote_boxes(glyphs, "") == []


# --- uploads


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\bao cao\\a.pdf", "a.pdf"),
        ("a\x00b\n.pdf", "a_b_.pdf"),
        ("...", "van-ban"),
        (".pdf", "van-ban.pdf"),
        ("báo cáo số 1.docx", "báo cáo số 1.docx"),
    ],
)
def test_names_of_uploads_are_made_safe(name: str, expected: str) -> None:
    assert safe_name(name) == expected


def test_long_names_keep_their_suffix() -> None:
    name = safe_name("ế" * 400 + ".pdf")
    assert name.endswith(".pdf")
    assert len(name.encode()) <= 120


def test_equal_names_never_meet_and_removal_touches_our_copy_alone(tmp_path: Path) -> None:
    opened = Library.open(tmp_path / "home", IndexSettings(model="none"))
    paths = [tmp_path / folder / "a.txt" for folder in "xyz"]
    for number, path in enumerate(paths):
        path.parent.mkdir()
        path.write_text(f"BÁO CÁO\nKết quả năm {2020 + number % 2}\n\nTrồng {number % 2} ha rừng.\n", encoding="utf-8")
    *_, last = take_in(opened, tmp_path / "home", paths, 1)
    assert [state.outcome for state in last] == ["added", "added", "known"]
    records = opened.documents()
    assert len({record.path for record in records}) == 2
    forget_upload(tmp_path / "home", [records[0].path, str(paths[1])])
    assert not Path(records[0].path).exists()
    assert Path(records[1].path).exists()
    assert paths[1].exists()


def test_a_file_over_the_limit_is_refused_with_a_remedy(tmp_path: Path) -> None:
    opened = Library.open(tmp_path / "home", IndexSettings(model="none"))
    large = tmp_path / "a.txt"
    large.write_bytes(b"x" * (1024 * 1024 + 1))
    *_, last = take_in(opened, tmp_path / "home", [large], 1)
    assert last[0].outcome == "failed"
    assert "1 MB" in last[0].note
    assert opened.documents() == []


# --- downloads


def test_a_download_lies_in_the_folder_that_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    button = MagicMock(_id=1)
    download_on_click(button, lambda: ("trả-lời.md", b"12 ha"), [])
    press = button.click.call_args.args[0]
    paths = {Path(press()) for _ in range(2)}
    assert [path.read_bytes() for path in paths] == [b"12 ha"]
    assert {path.name for path in paths} == {"trả-lời.md"}
    assert all((tmp_path / "cache") in path.parents for path in paths)
    assert [child.name for child in tmp_path.iterdir()] == ["cache"]


# --- the rest


@pytest.mark.parametrize(
    ("text", "expected"),
    [("15/4/2022", "2022-04-15"), ("4/2022", "2022-04"), ("2022", "2022"), ("2022-04-15", "2022-04-15"), (" ", "")],
)
def test_dates_are_taken_as_people_write_them(text: str, expected: str) -> None:
    assert iso_date(text) == expected


@pytest.mark.parametrize("text", ["hôm qua", "31/2/2022", "15.13.2022", "2022-4-1"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(LibraryError, match="không phải một ngày"):
        iso_date(text)


def test_feedback_becomes_lines_of_a_set(tmp_path: Path) -> None:
    view = {"question": "Hỏi?", "answer": "Đáp [1]", "citations": [{"document": {"number": "1/BC"}, "quote": "x"}]}
    feedback.keep(tmp_path, view, good=False, reason="Sai  số\nliệu " + "x" * 900)
    line = json.loads((tmp_path / feedback.FILE_NAME).read_text(encoding="utf-8"))
    assert line["verdict"] == "down"
    assert line["reason"].startswith("Sai số liệu")
    assert len(line["reason"]) == 500
    assert from_feedback(tmp_path / feedback.FILE_NAME)[0]["document"] == "1/BC"


def test_suggested_questions_are_answered_from_their_own_documents(library: Library, tmp_path: Path) -> None:
    assistant = Assistant(library, Settings(home=tmp_path))
    questions = Suggestions(library, assistant).get(4)
    assert len(questions) == 4
    assert any("bao nhiêu" in question for question in questions)
    assert not any(assistant.ask(question).refused for question in questions)


def test_the_overview_counts_every_document(library: Library) -> None:
    records = library.documents()
    html = overview_html(records)
    assert sum(int(cell.split("<")[0]) for cell in html.split("</td><td>")[1:]) == len(records)
    assert overview_html([]) == ""


def test_a_handler_tells_the_system_s_errors_in_vietnamese(tmp_path: Path) -> None:
    @told("Chưa ghi được")
    def write() -> None:
        (tmp_path / "none" / "x").write_text("")

    with pytest.raises(gr.Error, match="không có tệp hay thư mục này"):
        write()
