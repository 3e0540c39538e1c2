"""The text of a PDF: its strings, its streams, and the letters that its glyphs stand for.

Enough of ISO 32000-1 to search the files of this program and to read plain ones of others: streams
that are compressed with Flate, strings in parentheses and in hexadecimal digits, fonts with a
``ToUnicode`` table. A stream of another kind is read as it is.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

_OBJECT: Final = re.compile(rb"(\d+) \d+ obj\b(.*?)(?=\bendobj\b)", re.DOTALL)
_STREAM: Final = re.compile(rb"\bstream\r?\n")
_STRING: Final = re.compile(
    rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>(?!>)|/[^\s/<>\[\]()]+", re.DOTALL
)
_FONT: Final = re.compile(rb"/([^\s/<>\[\]()]+) (\d+) \d+ R")
_TABLE: Final = re.compile(rb"/ToUnicode (\d+) \d+ R")
_BLOCK: Final = re.compile(rb"begin(bfrange|bfchar)(.*?)endbf", re.DOTALL)
_RANGE: Final = re.compile(
    rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*(?:\[([^\]]*)\]|<([0-9a-fA-F]+)>)"
)
_PAIR: Final = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_HEX: Final = re.compile(rb"<([0-9a-fA-F]+)>")
_ESCAPED: Final = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_LETTERS: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MOST_OF_A_RANGE: Final = 65_536
"""Codes of one range of a ``ToUnicode`` table: all that two bytes can hold."""
_Letters = dict[int, str]


def pdf_layers(data: bytes, most: int) -> Iterator[tuple[str, str]]:
    """Yield the layers of a PDF: the text of each object, and of each stream.

    Parameters
    ----------
    most
        Bytes to which a stream may unpack; a larger one is cut after one byte more, which the
        caller counts.

    Yields
    ------
    tuple[str, str]
        Where it is, such as ``object 7``, and the text.
    """
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(data)}
    streams = {number: _stream(body, most) for number, body in objects.items()}
    fonts = _fonts(objects, streams)
    yield "outside objects", _OBJECT.sub(b" ", data).decode("latin-1")
    for number, body in objects.items():
        head = _STREAM.split(body, maxsplit=1)[0]
        yield f"object {number}", f"{head.decode('latin-1')}\n{_strings(head, {})}"
        if stream := streams[number]:
            yield f"stream {number}", stream.decode("utf-8", "replace")
            yield f"text {number}", _strings(stream, fonts)


def _stream(body: bytes, most: int) -> bytes:
    found = _STREAM.search(body)
    if found is None:
        return b""
    packed = body[found.end() :]
    try:
        return zlib.decompressobj().decompress(packed, max(most, 0) + 1)
    except zlib.error:
        return packed


def _fonts(objects: Mapping[int, bytes], streams: Mapping[int, bytes]) -> dict[bytes, _Letters]:
    """The letters of the codes of each font, by the name that content streams call it by."""
    fonts: dict[bytes, _Letters] = {}
    for body in objects.values():
        for name, number in _FONT.findall(body):
            table = _TABLE.search(objects.get(int(number), b""))
            if table is not None:
                fonts[name] = _letters(streams.get(int(table[1]), b""))
    return fonts


def _letters(table: bytes) -> _Letters:
    letters: _Letters = {}
    for kind, block in _BLOCK.findall(table):
        if kind == b"bfchar":
            letters |= {int(code, 16): _utf16(text) for code, text in _PAIR.findall(block)}
            continue
        for first, last, listed, single in _RANGE.findall(block):
            start, stop = int(first, 16), int(last, 16)
            if listed:
                texts = [_utf16(one) for one in _HEX.findall(listed)]
                letters |= dict(zip(range(start, stop + 1), texts, strict=False))
            elif stop - start < _MOST_OF_A_RANGE:
                letters |= {
                    code: chr(int(single, 16) + code - start) for code in range(start, stop + 1)
                }
    return letters


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


def _strings(data: bytes, fonts: Mapping[bytes, _Letters]) -> str:
    """All strings in order, each with the letters of the font that is set before it."""
    parts: list[str] = []
    letters: _Letters = {}
    for found in _STRING.finditer(data):
        token = found[0]
        if token.startswith(b"/"):
            letters = fonts.get(token[1:], letters)
        else:
            parts.append(_said(_raw(token), letters))
    return "".join(parts)


def _raw(token: bytes) -> bytes:
    if token.startswith(b"<"):
        digits = b"".join(token[1:-1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    return _ESCAPED.sub(_escaped, token[1:-1])


def _escaped(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8) & 0xFF])
    return _LETTERS.get(found[2], b"" if found[2] in {b"\n", b"\r\n"} else found[2])


def _said(raw: bytes, letters: _Letters) -> str:
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace")
    if letters and len(raw) % 2 == 0:
        codes = [int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)]
        return "".join(letters.get(code, chr(code)) for code in codes)
    return raw.decode("latin-1")
