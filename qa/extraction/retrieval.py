"""Question to passages: numbers, places and filters narrow the search, whatever answers afterwards."""

from __future__ import annotations

from index.library import Library
from index.types import Filters, Hit
from qa.extraction.scope import Scope, narrow
from qa.settings import RetrievalSettings
from qa.understanding.question import Question


class Retriever:
    """Finds the passages to read for a question."""

    def __init__(self, library: Library, settings: RetrievalSettings) -> None:
        self.library = library
        self._settings = settings

    def scope(self, question: Question, filters: Filters) -> Scope:
        """Where the answer may come from."""
        return narrow(question, self.library, filters)

    def search(self, text: str, filters: Filters) -> list[Hit]:
        """Passages, best first."""
        return self.library.search(text, k=self._settings.k, mode=self._settings.mode, filters=filters)
