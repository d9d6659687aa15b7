"""The workplace as its users meet it: real server, real library, real browser."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.qa.web.server import Witness, open_page

pytestmark = pytest.mark.timeout(180)
QUESTION = "Báo cáo số 571/BC-UBND do ai ký?"


def ask(page: Page, text: str) -> None:
    box = page.locator("#cau-hoi textarea")
    box.fill(text)
    box.press("Enter")


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def test_an_answer_has_a_card_with_its_words_marked(opened: tuple[Page, Witness]) -> None:
    page, witness = opened
    ask(page, QUESTION)
    card = page.locator("#nguon article.card").first
    expect(card).to_contain_text("571/BC-UBND")
    marked = card.locator("mark").first.inner_text()
    assert marked and marked in card.locator("blockquote").inner_text()
    chip = page.locator("#hoi-thoai a.chip").first
    assert chip.get_attribute("href") == f"#{card.get_attribute('id')}"
    assert not witness.outside
    assert not witness.errors


def test_the_source_opens_at_the_quote_with_the_page(opened: tuple[Page, Witness]) -> None:
    page, witness = opened
    ask(page, QUESTION)
    page.locator("button.open").first.click()
    source = page.locator("#van-ban .source")
    expect(source.locator("mark").first).to_be_visible()
    picture = source.locator("img.page")
    expect(picture).to_be_visible()
    page.wait_for_function("document.querySelector('#van-ban img.page').naturalWidth > 500")
    with page.expect_download() as download:
        source.locator("a.original").click()
    assert Path(str(download.value.path())).read_bytes().startswith(b"%PDF")
    assert not witness.errors


def test_the_conversation_survives_a_reload(opened: tuple[Page, Witness]) -> None:
    page, _ = opened
    ask(page, QUESTION)
    expect(page.locator("#nguon article.card").first).to_be_visible()
    page.reload()
    expect(page.locator("#hoi-thoai")).to_contain_text(QUESTION)
    expect(page.locator("#nguon article.card").first).to_contain_text("571/BC-UBND")


def test_markup_in_a_question_stays_text(opened: tuple[Page, Witness]) -> None:
    page, witness = opened
    ask(page, "<img src=x onerror=alert(1)> diện tích chè?")
    expect(page.locator("#nguon .turn").first).to_be_visible()
    assert page.locator("#hoi-thoai img[src='x'], #nguon img[src='x']").count() == 0
    assert not witness.errors


def test_a_conversation_is_exported(opened: tuple[Page, Witness]) -> None:
    page, _ = opened
    ask(page, QUESTION)
    expect(page.locator("#nguon article.card").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Xuất hội thoại ra DOCX").click()
    text = "\n".join(p.text for p in docx.Document(str(download.value.path())).paragraphs)
    assert QUESTION in text


def test_wording_is_found_collected_and_downloaded(opened: tuple[Page, Witness]) -> None:
    page, witness = opened
    open_tab(page, "Tra cứu câu mẫu")
    box = page.locator("#cau-mau textarea, #cau-mau input")
    box.fill("tăng cường kiểm tra việc thực hiện")
    box.press("Enter")
    results = page.locator("#ket-qua-cau-mau article.card")
    expect(results.first).to_be_visible()
    wanted = results.first.locator("blockquote").inner_text().strip()
    results.first.get_by_role("button", name="Chọn").click()
    results.nth(1).get_by_role("button", name="Chọn").click()
    board = page.locator("#bang-chon li")
    expect(board).to_have_count(2)
    page.get_by_role("button", name="Đưa xuống câu 1").click()
    expect(board.nth(1)).to_contain_text(wanted[:40])
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải dự thảo DOCX").click()
    data = Path(str(download.value.path())).read_bytes()
    assert wanted in "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
    assert not witness.errors


def test_documents_are_added_corrected_and_removed(opened: tuple[Page, Witness], tmp_path: Path) -> None:
    page, witness = opened
    good, broken = tmp_path / "thong-bao.txt", tmp_path / "hong.pdf"
    good.write_text(
        "ỦY BAN NHÂN DÂN\nHUYỆN SƠN KHÊ\nSố: 777/TB-UBND\nSơn Khê, ngày 5 tháng 6 năm 2024\n\nTHÔNG BÁO\n"
        "Về việc nghỉ lễ\n\nCơ quan nghỉ 03 ngày.\n",
        encoding="utf-8",
    )
    broken.write_bytes(b"%PDF-1.7 broken")
    open_tab(page, "Kho văn bản")
    page.locator("#tai-len input[type=file]").set_input_files([good, broken])
    expect(page.locator("#bang-kho")).to_contain_text("777/TB-UBND")
    expect(page.locator("#trang-thai-kho")).to_contain_text("hong.pdf")
    page.get_by_role("button", name="777/TB-UBND").click()
    expect(page.locator("#xem-van-ban")).to_contain_text("777/TB-UBND")
    page.locator("#gia-tri-dung textarea, #gia-tri-dung input").fill("778/TB-UBND")
    page.get_by_role("button", name="Ghi nội dung sửa").click()
    expect(page.locator("#bang-kho")).to_contain_text("778/TB-UBND ✎")
    open_tab(page, "Hỏi đáp")
    ask(page, "Thông báo số 778/TB-UBND ban hành ngày nào?")
    expect(page.locator("#nguon article.card").first).to_contain_text("778/TB-UBND")
    open_tab(page, "Kho văn bản")
    page.get_by_role("button", name="Xóa khỏi kho").click()
    page.get_by_role("button", name="Xóa hẳn").click()
    expect(page.locator("#bang-kho")).not_to_contain_text("778/TB-UBND")
    assert not witness.errors


def test_a_phone_needs_no_sideways_scrolling(browser: Browser, workplace_url: str) -> None:
    page, _ = open_page(browser, workplace_url, width=390, height=844)
    for name in ("Hỏi đáp", "Kho văn bản"):
        if page.get_by_role("tab", name=name).is_visible():
            open_tab(page, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_serious_accessibility_fault(browser: Browser, workplace_url: str, theme: str) -> None:
    page, witness = open_page(browser, f"{workplace_url}?__theme={theme}")
    ask(page, QUESTION)
    expect(page.locator("#nguon article.card").first).to_be_visible()
    serious: list[tuple[str, str, str]] = []
    for tab in ("Hỏi đáp", "Tra cứu câu mẫu", "Kho văn bản", "Đánh giá"):
        open_tab(page, tab)
        page.wait_for_timeout(500)
        found = Axe().run(page).response["violations"]
        serious += [
            (tab, v["id"], node["html"][:160])
            for v in found
            if v["impact"] in ("serious", "critical")
            for node in v["nodes"]
        ]
    page.close()
    assert not serious
    assert not witness.outside
