"""Our retrieval for other people's chains: a LangChain retriever over a library."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.library import Library
from index.types import Filters, Hit, Mode


class BaocaoRetriever(BaseRetriever):
    """Finds passages of a library, each with what a citation needs.

    Example:
        `BaocaoRetriever(library=Library.open(home), k=4).invoke("Tổng diện tích chè?")`
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, extra="forbid")

    library: Library
    k: int = 6
    mode: Mode = "hybrid"
    filters: Filters = Filters()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self.library.search(query, k=self.k, mode=self.mode, filters=self.filters)
        return [self._document(hit) for hit in hits]

    def _document(self, hit: Hit) -> Document:
        chunk, told = hit.chunk, hit.document.metadata
        first, last = self.library.document(hit.document.id).pages_of(chunk.span)
        metadata = {
            "number": told.number,
            "kind": told.kind,
            "issuer": told.issuer,
            "issued_on": told.issued_on,
            "subject": told.subject,
            "document": hit.document.id,
            "source": hit.document.path,
            "section": list(chunk.section),
            "pages": [first, last],
            "span": [chunk.span.start, chunk.span.end],
            "heading": chunk.prefix,
            "notes": list(chunk.notes),
            "quote": chunk.text,
            "score": hit.score,
        }
        return Document(id=chunk.id, page_content=chunk.text, metadata=metadata)
