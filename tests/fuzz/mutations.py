"""Ways in which a file may be broken, by its kind: bytes, words and lines, members of a package, objects of a PDF."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from random import Random

from lxml import etree

_NUMBER = re.compile(rb"\d{1,10}")
_TAG = re.compile(rb"<[^<>]{1,400}>")
_NUMBERS = (b"0", b"-1", b"1", b"99999", b"65536", b"2147483648", b"999999999999", b"1e308", b"0.0000001")
_VALUES = ("", "0", "-1", "7", "65536", "2147483648", "99999999999999999999", "A1:XFD1048576", "rId1", "true", "1e400")
_WORDS = (
    "Điều 1.|Chương I|I.|1.|1.1.|a)|Nơi nhận:|PHỤ LỤC|Số: 1/QĐ-UBND|ngày 1 tháng 1 năm 2022|¹|²|(|)|“|”|-|*|…|.....| "
    "|\u00ad|\u0301|\u200b|\x00|\t"
)
_SUFFIXES = ".pdf .docx .doc .rtf .odt .txt .md .html .mhtml .xlsx .xls .ods .pptx .ppt .odp .zip .docm .htm".split()
Mutation = Callable[[bytes, Random], bytes]
MAX_BYTES = 8_000_000
# Copies are copied again: a larger element would soon fill the memory.
_MAX_COPIED = 3_000


def mutated(seed: bytes, random: Random, others: list[bytes]) -> bytes:
    """A seed broken in one to four ways that fit its kind."""
    data = seed
    for _ in range(random.randint(1, 4)):
        ways = _ways(data)
        way = random.choice(ways)
        data = _spliced(data, random, random.choice(others)) if random.random() < 0.05 else way(data, random)
        if len(data) > MAX_BYTES:
            data = data[:MAX_BYTES]
    return data or b"\n"


def suffix_for(told: str, random: Random) -> str:
    """Mostly the true suffix, sometimes any other."""
    return told if random.random() < 0.92 else random.choice(_SUFFIXES)


def _ways(data: bytes) -> list[Mutation]:
    ways: list[Mutation] = [_flipped, _cut, _dropped, _repeated, _noisy, _renumbered]
    if data.startswith(b"PK"):
        return [*[_member] * 40, _renamed, _renamed, *ways]
    if data[:4096].count(0) < 40:
        ways += [_lines, _words, _recoded]
    if b"<" in data[:4096]:
        ways += [_elements, _elements, _elements, _elements, _elements, _tags, _nested]
    return ways


def _place(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(max(1, len(data)))
    return start, min(len(data), start + random.choice((1, 2, 8, 64, 512, 4096)))


def _flipped(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 4, 32, 256))):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(data: bytes, random: Random) -> bytes:
    start, end = _place(data, random)
    return data[:end] if random.random() < 0.5 else data[start:]


def _dropped(data: bytes, random: Random) -> bytes:
    start, end = _place(data, random)
    return data[:start] + data[end:]


def _repeated(data: bytes, random: Random) -> bytes:
    start, end = _place(data, random)
    times = random.choice((2, 10, 1000, 20_000))
    return data[:start] + data[start:end] * min(times, 1 + 2_000_000 // max(1, end - start)) + data[end:]


def _noisy(data: bytes, random: Random) -> bytes:
    start, end = _place(data, random)
    return data[:start] + random.randbytes(end - start) + data[end:]


def _renumbered(data: bytes, random: Random) -> bytes:
    places = list(_NUMBER.finditer(data))
    for match in sorted(random.sample(places, min(len(places), random.choice((1, 5)))), key=lambda m: -m.start()):
        data = data[: match.start()] + random.choice(_NUMBERS) + data[match.end() :]
    return data


def _spliced(data: bytes, random: Random, other: bytes) -> bytes:
    start, _ = _place(data, random)
    first, last = _place(other, random)
    return data[:start] + other[first : last + 4096] + data[start:]


def _lines(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    for _ in range(random.choice((1, 5, 50))):
        lines.insert(random.randrange(len(lines) + 1), random.choice(lines))
    if random.random() < 0.3:
        random.shuffle(lines)
    return random.choice((b"\n", b"\n\n", b"\r\n", b" ")).join(lines)


def _words(data: bytes, random: Random) -> bytes:
    for _ in range(random.choice((1, 5, 50))):
        start, _ = _place(data, random)
        word = random.choice(_WORDS.split("|")).encode() * random.choice((1, 1, 3, 5000))
        data = data[:start] + random.choice((b"\n", b" ")) + word + data[start:]
        if len(data) > MAX_BYTES:
            break
    return data


def _recoded(data: bytes, random: Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    name = random.choice(("utf-16", "utf-16-le", "utf-32", "cp1258", "latin-1", "utf-8-sig"))
    return text.encode(name, errors="ignore")


def _tags(data: bytes, random: Random) -> bytes:
    places = list(_TAG.finditer(data))
    for _ in range(random.choice((1, 5, 30))):
        if places:
            tag, at = random.choice(places)[0], random.choice(places).start()
            data = data[:at] + tag * random.choice((1, 1, 100)) + data[at:]
    return data


def _nested(data: bytes, random: Random) -> bytes:
    places = list(_TAG.finditer(data))
    if not places:
        return data
    match = random.choice(places)
    return data[: match.start()] + match[0] * random.choice((50, 3000)) + data[match.start() :]


def _elements(data: bytes, random: Random) -> bytes:
    """Elements moved, repeated, dropped or given other values: the XML stays well formed."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return _flipped(data, random)
    every = [element for element in root.iter() if isinstance(element.tag, str)]
    for _ in range(random.choice((1, 3, 20))):
        one, place = random.choice(every), random.choice(every)
        above = one.getparent()
        act = random.randrange(5)
        if act == 0 and above is not None:
            above.remove(one)
        elif act == 1 and len(etree.tostring(one)) < _MAX_COPIED:
            place.extend([deepcopy(one) for _ in range(random.choice((1, 1, 2, 30)))])
        elif act == 2 and one.attrib:
            one.set(random.choice(list(one.attrib)), random.choice(_VALUES))
        elif act == 3:
            one.text = random.choice(_WORDS.split("|")[:-2]) * random.choice((1, 1, 300))
        else:
            one.attrib.update({str(name): str(value) for name, value in place.attrib.items()})
    return bytes(etree.tostring(root))


def _member(data: bytes, random: Random) -> bytes:
    """One member of a package is broken, and the package packed anew."""
    members = _unpacked(data)
    if not members:
        return _flipped(data, random)
    name = random.choice([*members, *(name for name in members if name.endswith(".xml"))])
    members[name] = random.choice([way for way in _ways(members[name]) if way is not _member])(members[name], random)
    return _packed(members)


def _renamed(data: bytes, random: Random) -> bytes:
    members = _unpacked(data)
    if not members:
        return data
    name = random.choice(list(members))
    content = members.pop(name)
    if random.random() < 0.7:
        members[random.choice(("../x", "/etc/x", "a" * 300, *members, name.upper(), "x\x00y"))] = content
    return _packed(members)


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return {info.filename: file.read(info) for info in file.infolist() if info.file_size < MAX_BYTES}
    except Exception:
        return {}


def _packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()
