"""The classes of bodies that a name stands behind, as alternatives of a regular expression, longer ones first."""

from __future__ import annotations

ASSOCIATIONS = "liên hiệp hội|hiệp hội|liên đoàn|liên hiệp|câu lạc bộ|quỹ|hội"
"""Bodies that people found: told apart by what they are named after."""
OFFICES = "chi cục|cục|sở|phòng|ban|bộ|công an|văn phòng|thanh tra|kho bạc|trung tâm|viện|đội|hạt"
"""Parts of an administration."""
