"""LangChain faces of the answerer: an LCEL runnable, so that others can put it into their chains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qa.types import Turn

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from qa.assistant import Assistant


def as_runnable(assistant: Assistant) -> Runnable[Any, dict[str, Any]]:
    """The assistant as a runnable: a question, or {"question", "history": earlier answers as JSON}, to JSON."""
    from langchain_core.runnables import RunnableLambda

    def answer(value: str | dict[str, Any]) -> dict[str, Any]:
        if isinstance(value, str):
            return assistant.ask(value).to_json()
        history = list(map(Turn.of_view, value.get("history", ())))
        return assistant.ask(str(value["question"]), history).to_json()

    return RunnableLambda(answer, name="baocao")


def as_retriever(assistant: Assistant, k: int | None = None) -> BaseRetriever:
    """The assistant's retrieval as a retriever: narrowed by numbers and places, page content verbatim."""
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever

    class PassageRetriever(BaseRetriever):
        """Passages of the library as LangChain documents."""

        def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
            return [
                Document(
                    id=hit.chunk.id,
                    page_content=hit.chunk.text,
                    metadata={
                        "document": hit.document.id,
                        "number": hit.document.metadata.number,
                        "section": list(hit.chunk.section),
                        "page": hit.chunk.span.page,
                        "score": hit.score,
                    },
                )
                for hit in assistant.retrieve(query)[:k]
            ]

    return PassageRetriever()
