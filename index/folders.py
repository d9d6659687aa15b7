"""Files that have left a folder which is indexed again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.archive import members, split_member
from corpus.document import CorpusError


def place(path: Path) -> str:
    """How the catalog names a file: absolute and without ".."; links are left as they are."""
    return os.path.normpath(path.absolute())


def withdrawn(folders: Iterable[Path], found: Sequence[Path], known: Iterable[str]) -> list[str]:
    """Those of the known paths below the named folders whose files were deleted there.

    A folder without any file to read has lost none: it is what a network share leaves behind that is away.

    Args:
        folders: as they were named; what is not a folder does not matter.
        found: the files to read that were found in them.
        known: paths of the catalog.
    """
    present = {place(path) for path in found}
    roots = [Path(place(folder)) for folder in folders if folder.is_dir()]
    answering = [root for root in roots if any(root in Path(path).parents for path in present)]
    return [
        path
        for path in known
        if path not in present and any(root in Path(path).parents and _deleted(Path(path), root) for root in answering)
    ]


def _deleted(path: Path, root: Path) -> bool:
    """Whether a file below `root` is surely no longer there; one that cannot be looked at may be."""
    inside = split_member(path)
    if inside and inside[0].exists():
        return _left_archive(*inside)
    file = inside[0] if inside else path
    between = (parent for parent in file.parents if root in parent.parents)
    return _missing(file) and not any(parent.is_symlink() for parent in between)


def _missing(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _left_archive(archive: Path, member: str) -> bool:
    try:
        return member not in members(archive)
    except (CorpusError, OSError):
        return False
