"""The workplace as its users meet it: real server, real library, real browser."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from eval.feedback import from_feedback
from qa.web.feedback import FILE_NAME
from tests.qa.web.server import Witness, open_page, running_workplace
from tests.qa.web.slow_model import slow_model

pytestmark = pytest.mark.timeout(180)
QUESTION = "Báo cáo số 571/BC-UBND do ai ký?"
TABS = ("Hỏi đáp", "Tra cứu câu mẫu", "Kho văn bản", "Đánh giá")
Opened = tuple[Page, Witness]


def ask(page: Page, text: str) -> None:
    box = page.locator("#cau-hoi textarea")
    box.fill(text)
    box.press("Enter")
    expect(page.locator("#nguon .turn").first).to_contain_text(text[:100])


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab").first.wait_for()
    tab = page.get_by_role("tab", name=name)
    if not tab.is_visible():
        page.locator(".overflow-menu > button").click()
        page.locator(".overflow-dropdown button", has_text=name).click()
        return
    tab.click()


def test_an_answer_has_a_card_with_its_words_marked(opened: Opened) -> None:
    page, witness = opened
    ask(page, QUESTION)
    card = page.locator("#nguon article.card").first
    expect(card).to_contain_text("571/BC-UBND")
    marked = card.locator("mark").first.inner_text()
    assert marked
    assert marked in card.locator("blockquote").inner_text()
    assert not witness.outside
    assert not witness.errors


def test_a_chip_of_an_earlier_turn_leads_to_its_card(opened: Opened) -> None:
    page, _ = opened
    ask(page, QUESTION)
    ask(page, "Báo cáo số 538/BC-UBND do ai ký?")
    earlier = page.locator("#nguon details.turn").nth(1)
    expect(earlier).not_to_have_attribute("open", "")
    chip = page.locator("#hoi-thoai a.chip").first
    card = page.locator(chip.get_attribute("href") or "none")
    expect(card).to_contain_text("571/BC-UBND")
    chip.click()
    expect(card).to_be_focused()
    expect(card).to_be_in_viewport()


def test_the_source_opens_at_the_quote_with_the_page(opened: Opened, samples: Path) -> None:
    page, witness = opened
    ask(page, QUESTION)
    page.locator("#nguon button.open").first.click()
    source = page.locator("#van-ban .source")
    expect(source.locator("mark").first).to_be_in_viewport()
    quote = page.locator("#nguon blockquote").first.inner_text()
    assert source.locator("mark").first.inner_text() in quote
    page.wait_for_function("document.querySelector('#van-ban img.page').naturalWidth > 500")
    address = (source.locator("a.original").get_attribute("href") or "").split("#")[0]
    original = page.request.get(page.url.split("?")[0] + address.removeprefix("./"))
    assert original.body() == (samples / "bao-cao-571-ubnd-2023.pdf").read_bytes()
    page.keyboard.press("Escape")
    expect(source).to_have_count(0)
    assert not witness.errors


def test_a_suggested_question_is_answered(opened: Opened) -> None:
    page, _ = opened
    suggestion = page.locator("#goi-y button").first
    text = suggestion.inner_text()
    suggestion.click()
    turn = page.locator("#nguon .turn").first
    expect(turn).to_contain_text(text[:60])
    expect(turn.locator("article.card:not(.related)").first).to_be_visible()


def test_a_filter_stays_visible_while_it_acts(opened: Opened) -> None:
    page, _ = opened
    page.get_by_role("button", name="Lọc theo loại").click()
    page.get_by_label("Văn bản", exact=True).click()
    page.get_by_role("option", name="538/BC-UBND").click()
    active = page.locator("#dang-loc .filters")
    expect(active).to_contain_text("538/BC-UBND")
    ask(page, "Văn bản do ai ký?")
    expect(active).to_be_visible()
    expect(page.locator("#nguon article.card").first).to_contain_text("538/BC-UBND")


def test_a_filter_by_a_document_that_left_acts_no_more(opened: Opened, tmp_path: Path) -> None:
    page, witness = opened
    (tmp_path / "sap-xoa.txt").write_text(notice("781/TB-UBND"), encoding="utf-8")
    open_tab(page, "Kho văn bản")
    page.locator("#tai-len input[type=file]").set_input_files([tmp_path / "sap-xoa.txt"])
    added = page.locator("#bang-kho").get_by_role("button", name="781/TB-UBND")
    expect(added).to_be_visible()
    open_tab(page, "Hỏi đáp")
    page.get_by_role("button", name="Lọc theo loại").click()
    page.get_by_label("Văn bản", exact=True).click()
    page.get_by_role("option", name="781/TB-UBND").click()  # without loading the page again
    active = page.locator("#dang-loc .filters")
    expect(active).to_contain_text("781/TB-UBND")
    ask(page, "Báo cáo số 571/BC-UBND có bao nhiêu ha chè?")
    expect(page.locator("#hoi-thoai")).to_contain_text("Bỏ bớt điều kiện lọc")
    open_tab(page, "Kho văn bản")
    added.click()
    page.get_by_role("button", name="Xóa khỏi kho").click()
    page.get_by_role("button", name="Xóa hẳn").click()
    expect(added).to_have_count(0)
    open_tab(page, "Hỏi đáp")
    expect(active).to_have_count(0)
    ask(page, QUESTION)
    expect(page.locator("#nguon article.card").first).to_contain_text("571/BC-UBND")
    assert not witness.errors


def test_the_conversation_survives_a_reload(opened: Opened) -> None:
    page, _ = opened
    ask(page, QUESTION)
    page.locator("#nguon button.open").first.click()
    expect(page.locator("#van-ban .source")).to_be_visible()
    page.reload()
    expect(page.locator("#hoi-thoai")).to_contain_text(QUESTION)
    expect(page.locator("#nguon article.card").first).to_contain_text("571/BC-UBND")


def test_markup_in_a_question_stays_text(opened: Opened) -> None:
    page, witness = opened
    ask(page, "<img src=x onerror=alert(1)> diện tích chè?")
    assert page.locator("#hoi-thoai img[src='x'], #nguon img[src='x']").count() == 0
    assert not witness.errors


def test_judgements_are_kept_and_become_lines_of_a_set(opened: Opened, home: Path) -> None:
    page, witness = opened
    ask(page, QUESTION)
    page.locator("#nguon summary", has_text="Chưa đúng").click()
    page.get_by_role("button", name="Sai nguồn").click()
    expect(page.locator("#nguon .rated")).to_contain_text("Sai nguồn")
    ask(page, "Báo cáo số 538/BC-UBND do ai ký?")
    page.locator("#nguon details.turn").first.get_by_role("button", name="Đúng", exact=True).click()
    expect(page.locator("#nguon .rated").first).to_contain_text("đúng")
    kept = {row["question"]: row for row in from_feedback(home / FILE_NAME)}
    assert kept[QUESTION]["feedback"]["reason"] == "Sai nguồn"
    assert kept[QUESTION]["document"] == "571/BC-UBND"
    assert kept["Báo cáo số 538/BC-UBND do ai ký?"]["feedback"]["verdict"] == "up"
    assert not witness.errors


def test_an_answer_is_copied_with_its_sources_and_exported(opened: Opened) -> None:
    page, _ = opened
    ask(page, QUESTION)
    page.locator("#nguon button.copy").first.click()
    expect(page.locator("#nguon button.copy").first).to_have_text("Đã chép")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "[1] Báo cáo số 571/BC-UBND" in copied
    with page.expect_download() as download:
        page.get_by_role("button", name="Xuất hội thoại ra DOCX").click()
    text = "\n".join(p.text for p in docx.Document(str(download.value.path())).paragraphs)
    assert QUESTION in text


def test_a_slow_model_shows_nothing_unverified_and_is_stopped(browser: Browser, workplace_url: str, home: Path) -> None:
    with (
        slow_model() as model,
        running_workplace(
            home, None, BAOCAO_GENERATION__BASE_URL=model, BAOCAO_GENERATION__MODEL="m", OPENAI_API_KEY="x"
        ) as url,
    ):
        page, witness = open_page(browser, url)
        box = page.locator("#cau-hoi textarea")
        box.fill("Tổng diện tích chè của huyện Sơn Khê năm 2023 là bao nhiêu?")
        box.press("Enter")
        talk = page.locator("#hoi-thoai")
        expect(talk).to_contain_text("Mô hình ngôn ngữ đang soạn lại")
        expect(talk).not_to_contain_text("từ3")  # what is not verified is never shown
        expect(page.locator("#nguon article.card").first).to_contain_text("571/BC-UBND")
        page.get_by_role("button", name="Dừng", exact=True).click()
        expect(page.get_by_role("button", name="Hỏi", exact=True)).to_be_visible()
        assert box.input_value().startswith("Tổng diện tích")
        expect(talk.locator("a.chip").first).to_be_visible()
        page.context.close()
    assert not witness.outside


def test_wording_is_found_collected_and_downloaded(opened: Opened) -> None:
    page, witness = opened
    open_tab(page, "Tra cứu câu mẫu")
    box = page.locator("#cau-mau textarea, #cau-mau input")
    box.fill("tăng cường kiểm tra việc thực hiện")
    box.press("Enter")
    results = page.locator("#ket-qua-cau-mau article.card")
    expect(results.first).to_be_visible()
    wanted = results.first.locator("blockquote").inner_text().strip()
    results.first.get_by_role("button", name="Chọn").first.click()
    results.nth(1).get_by_role("button", name="Chọn").first.click()
    board = page.locator("#bang-chon li")
    expect(board).to_have_count(2)
    page.get_by_role("button", name="Đưa xuống câu 1").click()
    expect(board.nth(1)).to_contain_text(wanted[:40])
    results.first.get_by_role("button", name="Mở văn bản").first.click()
    expect(page.locator("#van-ban-mau mark").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải dự thảo DOCX").click()
    data = Path(str(download.value.path())).read_bytes()
    assert wanted in "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
    page.reload()
    open_tab(page, "Tra cứu câu mẫu")
    expect(page.locator("#bang-chon li")).to_have_count(2)
    assert not witness.errors


def test_a_part_of_the_document_narrows_without_words(opened: Opened) -> None:
    page, _ = opened
    open_tab(page, "Tra cứu câu mẫu")
    page.get_by_label("Phần văn bản").click()
    page.get_by_role("option", name="nơi nhận").click()
    results = page.locator("#ket-qua-cau-mau article.card blockquote")
    expect(results.first).to_contain_text("Nơi nhận:")
    assert all(text.startswith("Nơi nhận:") for text in results.all_inner_texts())
    expect(page.locator("#dang-loc-mau")).to_contain_text("nơi nhận")


def notice(number: str) -> str:
    return (
        f"ỦY BAN NHÂN DÂN\nHUYỆN SƠN KHÊ\nSố: {number}\nSơn Khê, ngày 5 tháng 6 năm 2024\n\nTHÔNG BÁO\n"
        "Về việc nghỉ lễ\n\nCăn cứ Báo cáo số 571/BC-UBND ngày 11/12/2023;\nCơ quan nghỉ 03 ngày.\n"
    )


def test_documents_are_added_corrected_and_removed(opened: Opened, tmp_path: Path, samples: Path, home: Path) -> None:
    page, witness = opened
    good, broken, odd = tmp_path / "thong-bao.txt", tmp_path / "hong.pdf", tmp_path / "la.xyz"
    again = tmp_path / "lai" / "thong-bao.txt"
    again.parent.mkdir()
    good.write_text(notice("777/TB-UBND"), encoding="utf-8")
    again.write_text(notice("779/TB-UBND"), encoding="utf-8")
    broken.write_bytes(b"%PDF-1.7 broken")
    odd.write_bytes(b"\x00\x01")
    scan = samples / "thong-bao-15-lich-tiep-cong-dan-scan.pdf"
    open_tab(page, "Kho văn bản")
    page.locator("#tai-len input[type=file]").set_input_files([good, broken, odd, scan, again])
    progress = page.locator("#tien-do-kho")
    expect(progress).to_contain_text("5/5")
    expect(progress.locator("li.failed")).to_have_count(2)
    expect(progress.locator("li.known")).to_contain_text("đã có trong kho")
    expect(page.locator("#bang-kho")).to_contain_text("777/TB-UBND")
    expect(page.locator("#bang-kho")).to_contain_text("779/TB-UBND")
    assert len(list((home / "uploads").glob("*/thong-bao.txt"))) == 2
    page.get_by_role("button", name="777/TB-UBND").click()
    view = page.locator("#xem-van-ban")
    expect(view).to_contain_text("777/TB-UBND")
    view.locator("summary", has_text="Viện dẫn").click()
    expect(view.get_by_role("button", name="571/BC-UBND")).to_be_visible()
    page.locator("#gia-tri-dung textarea, #gia-tri-dung input").fill("778/TB-UBND")
    page.get_by_role("button", name="Ghi nội dung sửa").click()
    corrected = page.locator("#bang-kho").get_by_role("button", name="778/TB-UBND đã sửa tay")
    expect(corrected).to_be_visible()
    open_tab(page, "Hỏi đáp")
    ask(page, "Thông báo số 778/TB-UBND ban hành ngày nào?")
    expect(page.locator("#nguon article.card").first).to_contain_text("778/TB-UBND")
    open_tab(page, "Kho văn bản")
    corrected.click()
    undo = page.get_by_role("button", name="Bỏ nội dung sửa")
    undo.click()
    expect(page.locator("#bang-kho").get_by_role("button", name="777/TB-UBND", exact=True)).to_be_visible()
    expect(page.locator("#gia-tri-dung textarea, #gia-tri-dung input")).to_have_value("777/TB-UBND")
    expect(undo).to_be_hidden()
    for number in ("777/TB-UBND", "779/TB-UBND", "hong.pdf", "la.xyz"):
        page.locator("#bang-kho").get_by_role("button", name=number).click()
        expect(view).to_contain_text(number)
        page.get_by_role("button", name="Xóa khỏi kho").click()
        page.get_by_role("button", name="Xóa hẳn").click()
        expect(page.locator("#bang-kho")).not_to_contain_text(number)
    assert not list((home / "uploads").glob("*/thong-bao.txt"))
    assert not witness.errors


def test_a_wrong_date_is_told_in_vietnamese(opened: Opened) -> None:
    page, _ = opened
    open_tab(page, "Kho văn bản")
    page.locator("#bang-kho").get_by_role("button", name="571/BC-UBND").click()
    page.get_by_label("Sửa mục").click()
    page.get_by_role("option", name="Ngày ban hành").click()
    expect(page.locator("#gia-tri-dung textarea, #gia-tri-dung input")).to_have_value("11/12/2023")
    page.locator("#gia-tri-dung textarea, #gia-tri-dung input").fill("hôm qua")
    page.get_by_role("button", name="Ghi nội dung sửa").click()
    expect(page.get_by_test_id("toast-body")).to_contain_text("không phải một ngày")


def test_an_empty_library_says_what_to_do_in_vietnamese(browser: Browser, tmp_path: Path) -> None:
    big, wrong = tmp_path / "lon.txt", tmp_path / "sai.txt"
    big.write_text("x" * 1_500_000)
    wrong.write_text("x")
    with running_workplace(tmp_path, None, BAOCAO_LIMITS__UPLOAD_MB="1") as url:
        page, _ = open_page(browser, url)
        ask(page, QUESTION)
        expect(page.locator("#hoi-thoai .note")).to_contain_text("Kho chưa có văn bản nào")
        open_tab(page, "Kho văn bản")
        page.locator("#tai-len input[type=file]").set_input_files([big])
        expect(page.get_by_test_id("toast-body").last).to_contain_text('Tệp "lon.txt" lớn hơn 1.0 MB')
        open_tab(page, "Đánh giá")
        page.locator("input[type=file]").last.set_input_files([wrong])
        expect(page.get_by_test_id("toast-body").last).to_contain_text(
            "Không nhận được tệp sai.txt; ở đây chỉ nhận .jsonl"
        )
        page.context.close()


def test_runs_are_shown_with_plots_and_compared(browser: Browser, workplace_url: str, home: Path) -> None:
    label = {
        "id": "q1",
        "question": "Ai ký?",
        "answerable": True,
        "document": "571/BC-UBND",
        "section": [],
        "facts": [["X"]],
    }
    answer = {"answer": "Không tìm thấy.", "citations": [], "refused": True}
    row = {"id": "q1", "label": label, "answer": answer, "score": {"right": False, "refused": True}}
    for name in ("20240101-080000-thu", "20240102-080000-thu"):
        folder = home / "runs" / name
        folder.mkdir(parents=True)
        (folder / "results.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
        (folder / "summary.json").write_text("{}", encoding="utf-8")
        page_text = (
            "<!DOCTYPE html><title>x</title><svg id='bieu-do' width='90' height='40'><rect width='9' height='9'/></svg>"
        )
        (folder / "report.html").write_text(page_text, encoding="utf-8")
    page, witness = open_page(browser, workplace_url)
    open_tab(page, "Đánh giá")
    expect(page.frame_locator("iframe.report").locator("#bieu-do")).to_be_visible()
    page.get_by_label("So với lượt").click()
    page.get_by_role("option", name="01/01/2024").click()
    page.get_by_role("button", name="So sánh hai lượt").click()
    expect(page.locator("pre.compared")).to_be_visible()
    page.locator("#cau-sai summary").first.click()
    expect(page.locator("#cau-sai dl").first).to_contain_text("Không tìm thấy.")
    page.locator("#cau-sai").get_by_role("button", name="Mở văn bản").first.click()
    expect(page.locator("#van-ban-danh-gia .source")).to_contain_text("571/BC-UBND")
    assert not witness.outside
    page.context.close()


def test_the_question_is_reached_and_asked_by_keys_alone(opened: Opened) -> None:
    page, _ = opened
    page.locator("body").click(position={"x": 3, "y": 3})
    page.keyboard.press("/")
    expect(page.locator("#cau-hoi textarea")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("#nguon article.card").first).to_contain_text("571/BC-UBND")


def test_gradios_own_words_are_vietnamese(opened: Opened) -> None:
    page, _ = opened
    english = {"Submit", "Clear", "Drop File Here", "Click to Upload", "Error", "Stop", "Copy message", "Chatbot"}
    for tab in TABS:
        open_tab(page, tab)
        told = page.evaluate(
            "[...document.querySelectorAll('button, label, [aria-label], [title]')].filter(e => e.offsetParent)"
            ".flatMap(e => [e.innerText, e.getAttribute('aria-label'), e.title]).filter(Boolean).map(t => t.trim())"
        )
        assert not english & set(told)


def test_a_laptop_shows_question_suggestions_and_answer_together(opened: Opened) -> None:
    page, _ = opened
    ask(page, QUESTION)
    for place in ("#cau-hoi textarea", "#goi-y button >> nth=0", "#hoi-thoai a.chip", "#nguon article.card >> nth=0"):
        expect(page.locator(place)).to_be_in_viewport(ratio=1)
    assert page.evaluate("window.scrollY") == 0


def test_a_phone_needs_no_sideways_scrolling(browser: Browser, workplace_url: str) -> None:
    page, _ = open_page(browser, workplace_url, width=390, height=844)
    ask(page, QUESTION)
    page.locator("#nguon button.open").first.click()
    expect(page.locator("#van-ban mark").first).to_be_in_viewport()
    for name in TABS:
        open_tab(page, name)
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
    page.context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_serious_accessibility_fault(browser: Browser, workplace_url: str, theme: str) -> None:
    page, witness = open_page(browser, f"{workplace_url}?__theme={theme}")
    ask(page, QUESTION)
    page.locator("#nguon button.open").first.click()
    expect(page.locator("#van-ban .source")).to_be_visible()
    serious: list[tuple[str, str, str]] = []
    for tab in TABS:
        open_tab(page, tab)
        if tab == "Kho văn bản":
            page.locator("#bang-kho").get_by_role("button", name="571/BC-UBND").click()
            expect(page.locator("#xem-van-ban .source")).to_be_visible()
        page.wait_for_timeout(300)
        found = Axe().run(page).response["violations"]
        serious += [
            (tab, v["id"], node["html"][:160])
            for v in found
            if v["impact"] in ("serious", "critical")
            for node in v["nodes"]
        ]
    page.context.close()
    assert not serious
    assert not witness.outside
    assert not witness.errors
