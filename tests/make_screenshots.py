"""Take the pictures of both READMEs from a workplace over the sample documents: python -m tests.make_screenshots."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests.conftest import ROOT
from tests.qa.web.server import open_page, running_browser, running_workplace

IMAGES = ROOT / "docs" / "images"
QUESTION = "Tổng diện tích chè của huyện Sơn Khê năm 2023 là bao nhiêu?"
IDEA = "kiểm tra, giám sát tổ chức đảng và đảng viên"


def fill(page: Page, box: str, text: str) -> None:
    field = page.locator(f"{box} textarea, {box} input").first
    field.fill(text)
    field.press("Enter")


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_workplace(Path(folder), ROOT / "corpus" / "samples") as url,
        running_browser() as browser,
    ):
        page, _ = open_page(browser, url)
        fill(page, "#cau-hoi", QUESTION)
        # A refusal shows related passages alone, which would be no picture of what the program does.
        page.locator("#nguon article.card:not(.related)").first.wait_for()
        page.locator("#nguon button.open").first.click()
        page.wait_for_function("document.querySelector('#van-ban img.page')?.naturalWidth > 500")
        page.wait_for_timeout(1500)
        page.screenshot(path=IMAGES / "hoi-dap.png")
        page.get_by_role("tab", name="Tra cứu câu mẫu").click()
        fill(page, "#cau-mau", IDEA)
        page.locator("#ket-qua-cau-mau article.card").first.wait_for()
        page.get_by_role("button", name="Chọn").first.click()
        page.wait_for_timeout(800)
        page.screenshot(path=IMAGES / "cau-mau.png")
        page.get_by_role("tab", name="Kho văn bản").click()
        page.locator("#bang-kho").get_by_role("button", name="571/BC-UBND").click()
        page.locator("#xem-van-ban .source").wait_for()
        page.wait_for_timeout(800)
        page.screenshot(path=IMAGES / "kho-van-ban.png")
        page.get_by_role("tab", name="Đánh giá").click()
        page.get_by_role("button", name="Chạy đánh giá").click()
        page.locator("iframe.report").wait_for(timeout=300_000)
        page.wait_for_timeout(1500)
        page.screenshot(path=IMAGES / "danh-gia.png")
        page.close()


if __name__ == "__main__":
    main()
