"""Take HTML apart into tags and text, each with its place in the source.

No library tells where in a file a text was: a tree of elements has lost it. The rules are those of
the HTML Standard (WHATWG, 13.2.5, tokenization) as far as they decide where a tag, a comment or a
text ends. Every character is looked at a bounded number of times: what would never end ends the
document, as the standard has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

from geo.documents.text_builder import TextPiece

_MARKUP: Final = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*)|<!--|<!\[CDATA\[|<[!?/]")
_ATTRIBUTES: Final = re.compile(
    r"""(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+)*+>"""
)
_ATTRIBUTE: Final = re.compile(
    r"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)))?+"""
)
_REFERENCE: Final = re.compile(
    r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)"
)
_RAW: Final = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "template"}
)
"""Elements whose content has no tags of the document, up to their own end tag."""


class Tag(NamedTuple):
    """A start or an end tag; `attributes` is their text, which :func:`attributes_of` reads."""

    name: str
    is_end: bool
    attributes: str
    first: int


class RawText(NamedTuple):
    """The content of an element that holds no tags, such as a script."""

    name: str
    text: str
    attributes: str


HtmlToken = Tag | RawText | TextPiece


def scan(source: str) -> Iterator[HtmlToken]:
    """Yield the tags and texts of a page in their order.

    Examples
    --------
    >>> [one for one in scan('<p title="a>b">Fish &amp; chips<!-- no -->') if not isinstance(one, Tag)]
    [TextPiece(text='Fish ', first=15, last=20), TextPiece(text='&', first=20, last=25), TextPiece(text=' chips', first=25, last=31)]
    """  # noqa: E501 - a list on one line
    at, size = 0, len(source)
    while at < size:
        match = _MARKUP.search(source, at)
        yield from _pieces(source, at, match.start() if match else size)
        if match is None:
            return
        if match["name"] is None:
            at = _end_of_markup(source, match)
            if match[0] == "<![CDATA[":
                yield from _pieces(source, match.end(), at)
            continue
        end = _ATTRIBUTES.match(source, match.end())
        if end is None:
            return
        tag = Tag(match["name"].lower(), bool(match["close"]), end[0][:-1], match.start())
        at = end.end()
        if tag.name in _RAW and not tag.is_end:
            close = re.compile(f"</{tag.name}[\\s/>]", re.IGNORECASE).search(source, at)
            stop = close.start() if close else size
            yield RawText(tag.name, source[at:stop], tag.attributes)
            after = source.find(">", stop)
            at = size if after < 0 else after + 1
            continue
        yield tag


def attributes_of(text: str) -> dict[str, str]:
    """The attributes of a tag.

    Returns
    -------
    dict
        Values by name, in lower case; of a name that occurs twice the first value.

    Examples
    --------
    >>> attributes_of(' class="a b" hidden data-x=1')
    {'class': 'a b', 'hidden': '', 'data-x': '1'}
    """
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = next((one for one in match.groups()[1:] if one is not None), "")
        found.setdefault(match[1].lower(), unescape(value))
    return found


def _end_of_markup(source: str, match: re.Match[str]) -> int:
    """Where a comment, a declaration or a bogus tag ends."""
    close = {"<!--": "-->", "<![CDATA[": "]]>"}.get(match[0], ">")
    end = source.find(close, match.end() if close == ">" else match.start() + 2)
    return len(source) if end < 0 else end + len(close)


def _pieces(source: str, start: int, end: int) -> Iterator[TextPiece]:
    """The text between two tags, cut at character references."""
    for match in _REFERENCE.finditer(source, start, end):
        shown = unescape(match[0])
        if shown == match[0]:
            continue
        if match.start() > start:
            yield TextPiece(source[start : match.start()], start, match.start())
        yield TextPiece(shown, match.start(), match.end())
        start = match.end()
    if start < end:
        yield TextPiece(source[start:end], start, end)
