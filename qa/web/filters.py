"""The filter bar that narrows questions and searches; it stays visible while it acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from index.types import Filters
from qa.web.markup import filters_html
from qa.web.workplace import Workplace

WHOLE = ("Cả văn bản", "")


@dataclass(frozen=True)
class FilterBar:
    """Dropdowns for kind, issuer, year and, where asked for, one document or a part of the document."""

    kind: gr.Dropdown
    issuer: gr.Dropdown
    year: gr.Dropdown
    document: gr.Dropdown | None
    part: gr.Dropdown | None

    @classmethod
    def build(cls, workplace: Workplace, *, parts: Sequence[str] = (), documents: bool = False) -> FilterBar:
        """Lay out the bar with what the library holds."""
        kinds, issuers, years = workplace.facets()
        with gr.Row(elem_classes="filter-bar"):
            return cls(
                part=gr.Dropdown([WHOLE, *parts], value="", label="Phần văn bản", min_width=150) if parts else None,
                kind=gr.Dropdown(kinds, multiselect=True, label="Loại văn bản", min_width=130),
                issuer=gr.Dropdown(issuers, multiselect=True, label="Cơ quan", min_width=130),
                year=gr.Dropdown([str(year) for year in years], multiselect=True, label="Năm", min_width=100),
                document=gr.Dropdown(workplace.names(), multiselect=True, label="Văn bản", min_width=180)
                if documents
                else None,
            )

    @property
    def inputs(self) -> list[gr.Dropdown]:
        """The components, in the order that `filters` reads their values."""
        return [box for box in (self.kind, self.issuer, self.year, self.document, self.part) if box is not None]

    def filters(self, values: Sequence[Any]) -> Filters:
        """The values of `inputs` as filters."""
        given = dict(zip((box.label for box in self.inputs), values, strict=True))
        return Filters(
            kinds=tuple(given["Loại văn bản"] or ()),
            issuers=tuple(given["Cơ quan"] or ()),
            years=tuple(int(year) for year in given["Năm"] or ()),
            documents=tuple(given.get("Văn bản") or ()),
            section=given.get("Phần văn bản") or "",
        )

    def active_html(self, workplace: Workplace, values: Sequence[Any]) -> str:
        """What narrows at present, as a line of HTML."""
        filters = self.filters(values)
        names = {name_id: name for name, name_id in workplace.names()} if filters.documents else {}
        return filters_html(filters, [names.get(chosen, "văn bản đã xóa") for chosen in filters.documents])

    def refreshed(self, workplace: Workplace, values: Sequence[Any]) -> list[Any]:
        """Updates of `inputs` that bring the choices up to the library; what is chosen and gone is chosen no more."""
        kinds, issuers, years = workplace.facets()
        choices: dict[str, list[Any]] = {"Loại văn bản": kinds, "Cơ quan": issuers, "Năm": [str(y) for y in years]}
        choices["Văn bản"] = workplace.names()
        return [_renewed(choices.get(str(box.label)), value) for box, value in zip(self.inputs, values, strict=True)]


def _renewed(choices: list[Any] | None, chosen: Any) -> Any:  # noqa: ANN401
    if choices is None:
        return gr.skip()
    known = {choice[1] if isinstance(choice, tuple) else choice for choice in choices}
    return gr.update(choices=choices, value=[value for value in chosen or () if value in known])
