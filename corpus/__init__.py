"""Reading: files become documents with metadata, sections, footnotes, tables and references."""
