"""What a model says is shown where it keeps what the documents say, and gives way to their words elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.types import Filters
from qa.assistant import Assistant
from qa.citations import Found
from qa.extraction.matching import weigh
from qa.types import REFUSAL, Answer
from qa.understanding.question import understand
from qa.wording.worded import settle, task_of
from tests.qa.office import office_over
from tests.qa.scripted import worded

TEA = "Tổng diện tích chè toàn huyện Sơn Khê năm 2021 là bao nhiêu?"
LIST = "Nghị quyết 05-NQ/HU đặt ra những mục tiêu nào đến năm 2025?"
LEAD = "Nghị quyết đặt ra các mục tiêu phát triển cây chè đến năm 2025"


def test_another_figure_of_the_same_passage_is_no_answer(assistant: Assistant) -> None:
    """The passage holds the area that is harvested too; the figure that the documents' answer gives has to stay."""
    asked = worded(assistant, reply="Tổng diện tích chè toàn huyện là 1.015 ha [1].")[0]
    answer = asked.ask(TEA)
    assert answer.answerer == "extractive"
    assert answer.answer == assistant.ask(TEA).answer
    assert "không khớp" in answer.note


@pytest.mark.parametrize("says", [" cho thấy ", ": ", " – "])
def test_the_line_over_the_excerpt_is_not_repeated(assistant: Assistant, says: str) -> None:
    asked, model = worded(assistant, reply="")
    asked.ask(TEA)
    title = model.seen[0].rpartition("[1] ")[2].partition("\n")[0]  # behind the examples
    assert "512/BC-UBND" in title
    said = assistant.ask(TEA).answer.removesuffix(" [1]")
    for echo in (title, title.rpartition(" – ")[0]):
        answer = worded(assistant, reply=f"{echo}{says}{said[:1].lower()}{said[1:]} [1]")[0].ask(TEA)
        assert (answer.answerer, answer.answer) == ("model", f"{said} [1]")


def test_documents_words_follow_where_the_model_leaves_out_a_figure(assistant: Assistant) -> None:
    short = "Tổng diện tích chè toàn huyện Sơn Khê năm 2021 là 1.286 ha"
    answer = worded(assistant, reply=f"{short} [1].")[0].ask(TEA)
    plain = assistant.ask(TEA)
    assert "1.015" in plain.answer
    assert answer.answer == f"{short}. [1]\n{plain.answer}"
    whole = plain.answer.replace(" [1]", "").replace("Tổng", "Năm 2021, tổng")
    assert worded(assistant, reply=f"{whole} [1]")[0].ask(TEA).answer == f"{whole} [1]"


def test_documents_words_follow_where_the_model_leaves_out_a_phrase(assistant: Assistant) -> None:
    question = "Ai chủ trì xây dựng vùng chè?"
    plain = assistant.ask(question).answer
    first, second, third = plain.removesuffix(". [1]").split("; ")
    answer = worded(assistant, reply=f"{first}, {second} [1].")[0].ask(question)
    assert answer.answer == f"{first}, {second}. [1]\n{plain}"
    whole = f"{first}, {second}, {third}. [1]"
    assert worded(assistant, reply=whole)[0].ask(question).answer == whole


PLANS = """UBND HUYỆN SƠN KHÊ
Số: 90/BC-UBND
Sơn Khê, ngày 10 tháng 3 năm 2022

BÁO CÁO
Kết quả phát triển cây dược liệu

I. VĂN BẢN ĐÃ BAN HÀNH
Ủy ban nhân dân huyện ban hành Kế hoạch số 17/KH-UBND ngày 05/02/2021 về cây dược liệu, thực hiện Nghị quyết số \
08-NQ/TU ngày 12/11/2020 của Tỉnh ủy.
"""


def test_the_number_that_the_documents_answer_with_has_to_stay(tmp_path: Path) -> None:
    question = "Huyện Sơn Khê có kế hoạch nào về cây dược liệu, số mấy?"
    with office_over(tmp_path, {"bao-cao.txt": PLANS}) as assistant:
        for number, answerer in (("17/KH-UBND", "model"), ("08-NQ/TU", "extractive")):
            reply = f"Ủy ban nhân dân huyện ban hành kế hoạch về cây dược liệu, thực hiện số {number} [1]."
            assert worded(assistant, reply=reply)[0].ask(question).answerer == answerer


def test_a_list_stands_whole_behind_the_sentence_of_the_model(assistant: Assistant) -> None:
    plain = assistant.ask(LIST)
    asked, model = worded(assistant, reply=f"{LEAD} [1].")
    answer = asked.ask(LIST)
    assert answer.answerer == "model"
    assert answer.answer == f"{LEAD}. [1]\n{plain.answer}"
    assert [c.quote for c in answer.citations] == [c.quote for c in plain.citations]
    assert len(model.seen[0]) < 4000


@pytest.mark.parametrize("reply", ["Các trường hợp như sau:", "- gửi sai nơi nhận …", "Có 9 trường hợp [1]."])
def test_a_list_without_a_sentence_of_worth_stands_alone(assistant: Assistant, reply: str) -> None:
    assert worded(assistant, reply=reply)[0].ask(LIST).answer == assistant.ask(LIST).answer


@pytest.mark.parametrize(
    "question",
    [
        "Ai ký Hướng dẫn 12-HD/BTG?",
        "Có phải diện tích chè toàn huyện Sơn Khê năm 2021 là 1.268 ha không?",
        "Huyện Phong Thổ có bao nhiêu sân bay?",
        "Huyện Sơn Khê khai thác bao nhiêu tấn quặng sắt?",
    ],
)
def test_a_model_is_not_asked_for_what_is_exact_or_not_there(assistant: Assistant, question: str) -> None:
    asked, model = worded(assistant, reply="Có 12 sân bay [1].")
    assert asked.ask(question).answer == assistant.ask(question).answer
    assert model.seen == []


def test_where_nothing_was_found_only_words_that_answer_count(assistant: Assistant) -> None:
    extractor, question = assistant._extractor, understand(TEA)
    found = extractor.answer(question, Filters())
    task = task_of(question, weigh(question, extractor.ranker.rarity), Found(hits=found.hits, near=found.picks))
    assert task is not None and task.role == "find"
    refusal = Answer("a", TEA, REFUSAL, True, "extractive")
    reply = "Tổng diện tích chè toàn huyện năm 2021 là 1.286 ha [1]."
    good = settle(reply, task, refusal, assistant.settings, assistant.library)
    assert (good.answerer, good.refused) == ("model", False)
    assert good.citations[0].document.metadata.number == "512/BC-UBND"
    for idle in ("Huyện Sơn Khê phát triển cây chè [1].", "Tổng diện tích chè năm 2021 là 777 ha [1].", REFUSAL):
        bad = settle(idle, task, refusal, assistant.settings, assistant.library)
        assert (bad.answer, bad.refused, bad.note) == (REFUSAL, True, "")
    elsewhere = settle(reply, replace(task, near=()), refusal, assistant.settings, assistant.library)
    assert elsewhere.refused


def test_a_model_is_not_asked_to_find_what_no_passage_speaks_of(assistant: Assistant) -> None:
    extractor, question = assistant._extractor, understand("Huyện Sơn Khê khai thác bao nhiêu tấn quặng sắt?")
    found = extractor.answer(question, Filters())
    assert found.near
    assert task_of(question, weigh(question, extractor.ranker.rarity), found) is None
