"""Text for readers: lists in words, and no characters that control a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

# Control characters except line break and tab, surrogates, line separators, and characters that
# change the direction of writing; joiners and marks of Dari and Pashto are not among them.
OBEYED: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Characters that control a terminal, or that cannot be written to a file."""

# The noncharacters of Unicode 16.0.0, section 23.7: 32 in one block, two at the end of each plane.
_NO_CHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
# Unicode 16.0.0, DerivedCoreProperties.txt: Default_Ignorable_Code_Point, but joiners, marks of the
# direction and variation selectors, which Dari, Pashto and emoji need; and two blanks that are
# letters or signs by their category.
_IGNORABLE: Final = (
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
UNSEEN: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    f"{_NO_CHARACTERS}{_IGNORABLE}]"
)
"""What no text of the data holds: nobody sees it, and it makes text read differently or cannot be
written in every format (XML 1.0, section 2.2, has no U+FFFE; a PDF has no glyph for U+FEFF)."""
NOT_IN_OUTPUT: Final = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{_NO_CHARACTERS}{_IGNORABLE}]"
)
"""The same without what turns the direction of writing, and without the tab."""
_BROKEN_ELSEWHERE: Final = re.compile("[\r\x85\u2028\u2029]")


def odd_break(line: str) -> str:
    r"""The first character in a line that some programs take for its end, and others do not.

    Examples
    --------
    >>> odd_break("title: T\rnote: N"), odd_break("title: T")
    ('\r', '')
    """
    found = _BROKEN_ELSEWHERE.search(line)
    return found[0] if found else ""


def link_fault(address: str) -> str:
    """Why nobody should be led to a web address; empty if it may be a link.

    Examples
    --------
    >>> link_fault("https://example.org/a?b=c"), link_fault("https://bank.example@evil.example/")
    ('', 'names a user before its host; leave out what is before the @')
    >>> link_fault("https://"), link_fault("https://example.org:99999/")
    ('names no host', 'has a port that is not a number from 1 to 65535')
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        is_port = "port" in str(error).lower()
        return "has a port that is not a number from 1 to 65535" if is_port else "names no host"
    if "@" in parts.netloc:
        return "names a user before its host; leave out what is before the @"
    if not host or not host.strip(".") or port == 0:
        return "names no host"
    try:
        host.encode("idna")
    except UnicodeError:
        return "names a host that is not a valid name"
    return ""


def ascii_address(address: str) -> str:
    """A web address in the letters that every format can hold: its host as IDNA, the rest encoded.

    Source: RFC 3987, section 3.1 (mapping of IRIs to URIs), and RFC 3490 for names of hosts. What
    is encoded already stays as it is.

    Examples
    --------
    >>> ascii_address("https://münchen.example/straße?q=کابل")
    'https://xn--mnchen-3ya.example/stra%C3%9Fe?q=%DA%A9%D8%A7%D8%A8%D9%84'
    >>> ascii_address("https://example.org/a%20b?c=d&e#f")
    'https://example.org/a%20b?c=d&e#f'
    """
    if address.isascii():
        return address
    parts = urlsplit(address)
    host = (parts.hostname or "").encode("idna").decode()
    port = f":{parts.port}" if parts.port else ""
    rest = (quote(part, safe=_IN_ADDRESSES) for part in parts[2:])
    return urlunsplit((parts.scheme, f"{host}{port}", *rest))


_IN_ADDRESSES: Final = "%!$&'()*+,;=:@/?-._~[]#"
"""Reserved and unreserved characters of RFC 3986, and what is encoded already."""


def json_parts(data: bytes) -> int:
    """Count what becomes objects when JSON is parsed; signs within texts are counted as well.

    Examples
    --------
    >>> json_parts(b'[{"a": 1}, {}]')
    5
    """
    return sum(map(data.count, (b",", b":", b"{", b"[")))


def harmless(text: str) -> str:
    r"""The text with a replacement character for each character that controls a terminal.

    Examples
    --------
    >>> harmless("red \x1b[31m, turned \u202e, می\u200cشود")
    'red �[31m, turned �, می\u200cشود'
    """
    return OBEYED.sub("\ufffd", text)


def listed(words: Sequence[str]) -> str:
    """Words joined as in an English list.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed([])
    ('a, b and c', '')
    """
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def capitalised(text: str) -> str:
    """The text with a capital first letter, and all other letters unchanged.

    Examples
    --------
    >>> capitalised("at least 20 NRF fighters"), capitalised("")
    ('At least 20 NRF fighters', '')
    """
    return text[:1].upper() + text[1:]


def counted(count: int, noun: str, plural: str = "") -> str:
    """A number with its noun; the plural has an "s" unless it is given.

    Examples
    --------
    >>> counted(1, "record"), counted(1234, "record"), counted(2, "entry", "entries")
    ('1 record', '1,234 records', '2 entries')
    """
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def same_person(one: str, other: str) -> bool:
    """Whether two names, or addresses of a sign-in, are taken as those of one person.

    Capital letters, spaces and compatibility forms of Unicode (UAX 15, NFKC) make no difference:
    nobody becomes another person by typing a name in another way.

    Examples
    --------
    >>> same_person(" B.  Reviewer", "b. reviewer"), same_person("Ana", "Anna")
    (True, False)
    """
    return folded_name(one) == folded_name(other)


def folded_name(name: str) -> str:
    """Return what is the same for all ways to type one name; see :func:`same_person`."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
