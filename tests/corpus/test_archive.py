"""Archives: nothing leaves the folder, nothing bursts."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from corpus import archive
from corpus.archive import members, split_member, unpack
from corpus.document import CorpusError


def pack(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files.items():
            file.writestr(name.replace("__", "/"), text)
    return path


def test_unpack_writes_below_the_folder_only(tmp_path: Path) -> None:
    found = unpack(pack(tmp_path / "a.zip", a="1", b__c="2"), tmp_path / "ra")
    assert [path.relative_to(tmp_path / "ra").as_posix() for path in found] == ["a", "b/c"]
    assert found[1].read_text() == "2"


@pytest.mark.parametrize("name", ["../x.txt", "a/../../x.txt", "/etc/x.txt", "C:/x.txt", "..\\x.txt"])
def test_names_that_point_outside_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(name, "x")
    with pytest.raises(CorpusError, match=r"a\.zip: tên tệp bên trong .* trỏ ra ngoài"):
        unpack(path, tmp_path / "ra")
    assert not (tmp_path / "x.txt").exists()


def test_links_and_hidden_files_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(link, "/etc/passwd")
        file.writestr("__MACOSX/x.txt", "x")
        file.writestr(".an.txt", "x")
        file.writestr("thật.txt", "x")
    assert members(path) == ["thật.txt"]


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", bom="0" * (20 << 20))
    with pytest.raises(CorpusError, match="nén bất thường"):
        members(path)


def test_limits_on_number_and_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pack(tmp_path / "a.zip", a="xxxx", b="xxxx", c="xxxx")
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    with pytest.raises(CorpusError, match="có 3 tệp, vượt giới hạn 2"):
        members(path)
    monkeypatch.setattr(archive, "MAX_MEMBERS", 10)
    monkeypatch.setattr(archive, "MAX_TOTAL", 10)
    with pytest.raises(CorpusError, match="vượt giới hạn"):
        members(path)


def test_damage_is_told(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", a="x" * 5000)
    data = bytearray(path.read_bytes())
    data[40:60] = bytes(20)
    path.write_bytes(data)
    with pytest.raises(CorpusError, match=r"a\.zip: tệp nén hỏng"):
        unpack(path, tmp_path / "ra")
    path.write_bytes(b"rac")
    with pytest.raises(CorpusError, match=r"a\.zip: tệp nén hỏng"):
        members(path)


def test_split_member() -> None:
    assert split_member(Path("/k/tep.zip!/b/c.docx")) == (Path("/k/tep.zip"), "b/c.docx")
    assert split_member(Path("/k/tep.zip")) is None
    assert split_member(Path("/k/thu muc!/c.docx")) is None
