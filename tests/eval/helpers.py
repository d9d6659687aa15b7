"""Small answers and questions for the tests of the evaluation."""

from __future__ import annotations

from typing import Any

from eval.questions import Question, Source


def question(name: str = "q1", **changes: Any) -> Question:
    """A question on a chè area with one source."""
    values: dict[str, Any] = {
        "id": name,
        "question": "Diện tích chè là bao nhiêu?",
        "answerable": True,
        "kind": "number",
        "facts": (("1.418",),),
        "sources": (Source("571/BC-UBND", ("A", "I"), "diện tích chè toàn huyện đạt 1.418 ha"),),
    }
    return Question(**{**values, **changes})


def unanswerable(name: str) -> Question:
    """A question that nothing answers."""
    return question(name, answerable=False, kind="unanswerable", facts=(), sources=())


def citation(
    number: str | None = "571/BC-UBND", section: tuple[str, ...] = ("A", "I"), quote: str = "đạt 1.418 ha"
) -> dict:
    """One citation of `ask --json`."""
    document = {"number": number, "path": "/kho/a.pdf", "issued_on": "2023-12-11"}
    return {
        "marker": 1,
        "document": document,
        "section": list(section),
        "label": "Báo cáo số 571/BC-UBND",
        "quote": quote,
    }


def answer(text: str = "Diện tích chè đạt 1.418 ha [1].", *citations: dict, refused: bool = False, **more: Any) -> dict:
    """One object of `ask --json`."""
    cited = list(citations) if citations or refused else [citation()]
    return {"answer": text, "refused": refused, "citations": cited, "timings_ms": {"retrieve": 3, "answer": 4}, **more}
