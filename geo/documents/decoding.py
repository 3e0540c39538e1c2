"""The text of a file of bytes: which encoding it has, and what was assumed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from geo.errors import DocumentError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE: Final = 4_096
"""Bytes in which an encoding without a mark is looked for."""
_ZEROS: Final = 0.3
"""Share of zeros among every second byte from which a text is UTF-16; Latin text has nearly all."""
_LATIN_LETTERS: Final = re.compile(rb"[A-Za-z]")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_ALIKE: Final = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii"})
"""Declared encodings that the WHATWG Encoding Standard reads as Windows-1252."""


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A decoded file.

    Parameters
    ----------
    mark
        Bytes of its byte order mark.
    note
        What was assumed; empty, if the file itself says its encoding or it is UTF-8.
    """

    text: str
    encoding: str
    mark: int = 0
    note: str = ""


def decoded(data: bytes, name: str, declared: str = "") -> DecodedText:
    r"""Decode a file: by its mark, by what it declares, as UTF-8, else as a Windows encoding.

    Parameters
    ----------
    declared
        The encoding that the file or its message names; it is not believed if it does not fit.

    Raises
    ------
    DocumentError
        If it is not text.

    Examples
    --------
    >>> decoded("\ufeffکابل".encode(), "d.txt").text
    'کابل'
    >>> decoded("“Kabul” fell".encode("cp1252"), "d.txt").note
    'read as Windows-1252: it is not UTF-8 and names no encoding'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return DecodedText(_strictly(data[len(mark) :], encoding, name), encoding, len(mark))
    if found := _tried(data, _known(declared)) or _tried(data, "utf-8"):
        _refuse_binary(found.text, name)
        return found
    if encoding := _without_mark(data[:_SAMPLE]):
        note = f"read as {encoding.upper()}: it names no encoding"
        return DecodedText(_strictly(data, encoding, name), encoding, note=note)
    arabic = _is_arabic(data)
    for number in ("1256", "1252", "1256") if arabic else ("1252", "1256"):
        if found := _tried(data, f"cp{number}"):
            _refuse_binary(found.text, name)
            note = f"read as Windows-{number}: it is not UTF-8 and names no encoding"
            return DecodedText(found.text, found.encoding, note=note)
    raise DocumentError(f"{name}: is not text in an encoding that is known; save it as UTF-8")


def _known(declared: str) -> str:
    wanted = declared.strip().lower()
    if wanted in _ALIKE:
        return "cp1252"
    try:
        return codecs.lookup(wanted).name if wanted else ""
    except (LookupError, ValueError):
        return ""


def _tried(data: bytes, encoding: str) -> DecodedText | None:
    if not encoding:
        return None
    try:
        text = data.decode(encoding)
        # What does not come back as it was has no places in the file.
        is_exact = len(text.encode(encoding)) == len(data)
    except (UnicodeError, LookupError, ValueError, TypeError, AssertionError):
        return None
    if not is_exact or "\0" in text:
        return None
    return DecodedText(text, encoding)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{name}: byte {error.start + 1} is not {encoding.upper()}, as its beginning says; the "
            "file is damaged, so save it again"
        ) from error


def _without_mark(sample: bytes) -> str:
    """UTF-16 by its zeros: those of Latin letters are every second byte."""
    if len(sample) < 2:  # noqa: PLR2004 - bytes of one character
        return ""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        here, other = sample[first::2], sample[1 - first :: 2]
        if here.count(0) > _ZEROS * len(here) and not other.count(0):
            return encoding
    return ""


def _is_arabic(data: bytes) -> bool:
    sample = data[: _SAMPLE * 4]
    return len(_HIGH.findall(sample)) > len(_LATIN_LETTERS.findall(sample))


def _refuse_binary(text: str, name: str) -> None:
    odd = sum(text[:_SAMPLE].count(chr(code)) for code in range(9))
    if odd > len(text[:_SAMPLE]) / 100:
        raise DocumentError(f"{name}: is not text; expected TXT, MD, HTML, PDF, DOCX, EML or JSON")
