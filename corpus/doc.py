"""Files of old word processors (.doc, .rtf, .odt), read by way of .docx.

LibreOffice's text export drops footnotes, and antiword knows neither them nor TCVN3 fonts.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.document import CorpusError, RawDocument
from corpus.docx import read_docx
from corpus.office import converted


def read_doc(path: Path, *, suffix: str | None = None) -> RawDocument:
    """A file of an old word processor; `suffix` is its true type where the name lies.

    Raises:
        CorpusError: LibreOffice is missing, took too long, or could not open the file.
    """
    suffix = (suffix or path.suffix).lower()
    with converted(path, suffix) as output:
        try:
            raw = read_docx(output)
        except CorpusError as error:
            raise CorpusError(str(error).replace(output.name, path.name)) from error
    return replace(raw, format=suffix.lstrip("."))
