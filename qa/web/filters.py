"""The filter bar that narrows questions and searches; it stays visible while it acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from index.types import Filters
from qa.web.workplace import Workplace


@dataclass(frozen=True)
class FilterBar:
    """Dropdowns for kind, issuer, year and, where it has parts, the part of the document."""

    kind: gr.Dropdown
    issuer: gr.Dropdown
    year: gr.Dropdown
    part: gr.Dropdown | None

    @classmethod
    def build(cls, workplace: Workplace, *, parts: Sequence[str] = ()) -> FilterBar:
        """Lay out the bar with what the library holds."""
        kinds, issuers, years = workplace.facets()
        with gr.Row():
            bar = cls(
                kind=gr.Dropdown(kinds, multiselect=True, label="Loại văn bản", min_width=120),
                issuer=gr.Dropdown(issuers, multiselect=True, label="Cơ quan", min_width=120),
                year=gr.Dropdown([str(year) for year in years], multiselect=True, label="Năm", min_width=100),
                part=gr.Dropdown(["", *parts], value="", label="Phần văn bản", min_width=120) if parts else None,
            )
        return bar

    @property
    def inputs(self) -> list[gr.Dropdown]:
        """The components, in the order that `filters` reads their values."""
        return [box for box in (self.kind, self.issuer, self.year, self.part) if box is not None]

    def filters(self, values: Sequence[Any]) -> Filters:
        """The values of `inputs` as filters."""
        kinds, issuers, years, *rest = values
        return Filters(
            kinds=tuple(kinds or ()),
            issuers=tuple(issuers or ()),
            years=tuple(int(year) for year in years or ()),
            section=rest[0] if rest and rest[0] else "",
        )

    def refreshed(self, workplace: Workplace) -> list[Any]:
        """Updates that bring the choices up to the library."""
        kinds, issuers, years = workplace.facets()
        updates = [gr.update(choices=kinds), gr.update(choices=issuers), gr.update(choices=[str(y) for y in years])]
        return updates + ([gr.skip()] if self.part is not None else [])
