"""The pictures of a slide or a page: which part each shows, and its text alternative."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, unescape

from geo.events.readers.markup import Step, local
from geo.snapshot.content.imprint import digest8

_SHAPES: Final = frozenset({"cNvPr", "docPr"})
_PICTURES: Final = frozenset({"blip", "svgBlip"})
_PLACED: Final = frozenset({"inline", "anchor"})
_ID: Final = re.compile(r" ([0-9a-f]{8})$")
_OWN: Final = "{urn:incident-map:figure}figure"
# A tag with its attributes; a quoted value may hold a `>`.
_TAG: Final = re.compile(
    rb"<(?:[\w.-]+:)?(?:cNvPr|docPr)(?=[\s/>])(?:[^\"'<>]|\"[^\"<]*\"|'[^'<]*')*>"
)
_ALT_TEXT: Final = re.compile(rb"(\sdescr\s*=\s*)(\"[^\"<]*\"|'[^'<]*')")
_ENCODING: Final = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)[\"']")
_REFERENCE: Final = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
_LAST: Final = 0x10FFFF
"""The last code point of Unicode."""


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture as it is placed on a slide or in a text.

    Parameters
    ----------
    reference
        Id of the reference to the part with the picture; empty if it is made of shapes.
    name, alt_text
        As the program that wrote the file has them; the text is untrusted.
    own
        Text of the imprint in the shape itself; empty for most.
    named
        Id of a figure at the end of the name; empty for most.
    is_vector
        Whether it is the vector graphics of the picture before it.
    """

    reference: str
    name: str
    alt_text: str
    own: str = ""
    named: str = ""
    is_vector: bool = False


def pictures_of(steps: Iterator[Step]) -> Iterator[PlacedPicture]:
    """Yield the pictures of a part in the order of drawing.

    Parameters
    ----------
    steps
        The elements of the part, with the content of ``figure`` whole.
    """
    name = alt_text = ""
    for event, element, around in steps:
        kind = local(element.tag)
        if event == "end":
            if element.tag == _OWN and element.text:
                yield PlacedPicture("", name, alt_text, element.text.strip())
            continue
        if "Fallback" in around:
            # The same shape again, for programs that do not know the first one.
            continue
        if kind == "docPr" or (kind == "cNvPr" and _PLACED.isdisjoint(around)):
            name, alt_text = element.get("name", ""), element.get("descr", "")
            if kind == "cNvPr" and (found_id := _ID.search(name)):
                yield PlacedPicture("", name, alt_text, named=found_id[1])
        elif kind in _PICTURES:
            found = (value for key, value in element.attrib.items() if key.endswith("}embed"))
            if reference := next(found, ""):
                is_vector = kind == "svgBlip"
                yield PlacedPicture(reference, name, alt_text, is_vector=is_vector)


def with_alt_text(xml: bytes, old: str, new: str) -> bytes:
    """Return a part in which shapes with one text alternative have another one.

    All else stays byte for byte. A part in another encoding than UTF-8 stays as it is.

    Parameters
    ----------
    old
        The digest of the text to replace, so that one that somebody has edited stays.

    Examples
    --------
    >>> xml = b'<p:cNvPr id="2" descr="A &lt; B"/><a:t>A &lt; B</a:t>'
    >>> with_alt_text(xml, digest8("A < B"), 'say "C"')
    b'<p:cNvPr id="2" descr="say &quot;C&quot;"/><a:t>A &lt; B</a:t>'
    """
    declared = _ENCODING.match(xml)
    if declared and declared[1].lower() not in {b"utf-8", b"us-ascii"}:
        return xml

    def changed(tag: re.Match[bytes]) -> bytes:
        return _ALT_TEXT.sub(lambda found: _replaced(found, old, new), tag[0])

    return _TAG.sub(changed, xml)


def _replaced(found: re.Match[bytes], old: str, new: str) -> bytes:
    text = found[2][1:-1].decode("utf-8", "replace")
    if digest8(_plain(text)) != old:
        return found[0]
    quoted = escape(new, {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
    return found[1] + f'"{quoted}"'.encode("utf-8", "xmlcharrefreplace")


def _plain(text: str) -> str:
    """Return the value of an attribute as a reader of XML gives it."""
    text = re.sub(r"[\t\r\n]", " ", text)
    text = _REFERENCE.sub(_letter, text)
    return unescape(text, {"&quot;": '"', "&apos;": "'"})


def _letter(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if code <= _LAST else ""
