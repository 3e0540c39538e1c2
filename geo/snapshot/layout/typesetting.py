"""Text in lines and blocks: measured, broken, set from either side, and never cut off.

A block is what stands together in a column: its items lie below its upper left corner, in points,
and it may be divided between two columns only at its `cuts`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from geo.places.country.base_map import PointKind
from geo.snapshot.content.content import Sign
from geo.snapshot.lettering import LEADING, width_of
from geo.snapshot.typefaces import Weight
from geo.wording.symbology import Form

Tone = Literal["ink", "muted", "faint", "focus"]
Role = Literal[
    "title",
    "subtitle",
    "heading",
    "text",
    "note",
    "legend",
    "number",
    "source",
    "source-number",
    "link",
    "fine",
    "map",
]
POINT: Final = 25.4 / 72
"""Millimetres of a point."""
# DejaVu Sans reaches 0.93 of its size above the baseline and 0.24 below.
_ASCENT: Final = 0.96
_TO_RIGHT, _TO_LEFT = "\u200e", "\u200f"
_JOINERS: Final = frozenset("\u200c\u200d")
_EMBED, _END = "\u202b", "\u202c"
_CONTROLS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
GLUE: Final = "\u00a0"
"""A space at which no line is broken."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text is set; `size` in points."""

    size: float
    weight: Weight = "normal"
    tone: Tone = "ink"

    @property
    def leading(self) -> float:
        """Points from one line to the next."""
        return self.size * LEADING


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text.

    Parameters
    ----------
    x, y
        The end from which it is read, on its baseline: its left end, or its right one if `rtl`.
    link
        Where a click leads; empty for nowhere.
    """

    text: str
    x: float
    y: float
    type: TextStyle
    role: Role
    rtl: bool = False
    link: str = ""

    @property
    def directed_text(self) -> str:
        """The text, with a mark in front where its own first letter would turn it around.

        Examples
        --------
        >>> line = TextLine("NRF در کابل", 0, 0, TextStyle(9), "text", rtl=True)
        >>> line.directed_text[0] == chr(0x200f)
        True
        """
        own = text_direction(self.text)
        if (own is None and not self.rtl) or own == ("rtl" if self.rtl else "ltr"):
            return self.text
        return (_TO_LEFT if self.rtl else _TO_RIGHT) + self.text


@dataclass(frozen=True, slots=True)
class Picture:
    """A symbol with its left end at `x` and its middle at `y`."""

    x: float
    y: float
    width: float
    sign: Sign | None = None
    form: Form | None = None
    shade: int = 0
    plain: bool = False
    base: PointKind | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A filled rectangle, or without a height a rule."""

    x: float
    y: float
    width: float
    height: float
    fill: Literal["quiet", "paper", "hairline", "focus"] = "hairline"
    framed: bool = False


Item = TextLine | Picture | Panel


@dataclass(frozen=True, slots=True)
class Block:
    """What stands together in a column.

    Parameters
    ----------
    before
        Points kept free above it, unless it is the first in its column.
    leads
        It never stands last in a column: a heading.
    cuts
        Heights below which it may be continued in the next column.
    """

    height: float
    items: tuple[Item, ...] = ()
    before: float = 0.0
    leads: bool = False
    cuts: tuple[float, ...] = ()

    def cut(self, available: float) -> tuple[Block, Block] | None:
        """The part that fits into `available` points and the rest; nothing if none of it fits."""
        found = [at for at in self.cuts if at <= available + 0.01 and at < self.height]
        if not found:
            return None
        at = found[-1]
        above = tuple(item for item in self.items if item.y <= at)
        below = tuple(move(item, 0, -at) for item in self.items if item.y > at)
        rest = tuple(each - at for each in self.cuts if each > at)
        return (
            Block(at, above, self.before),
            Block(self.height - at, below, 0.0, cuts=rest),
        )


def move(item: Item, x: float, y: float) -> Item:
    """The same item elsewhere."""
    return replace(item, x=item.x + x, y=item.y + y)


def stack(blocks: Iterable[Block], *, before: float = 0.0) -> Block:
    """Blocks one below the other as one, which may be divided where they may."""
    items: list[Item] = []
    cuts: list[float] = []
    y = 0.0
    for block in blocks:
        y += block.before if items else 0.0
        items.extend(move(item, 0, y) for item in block.items)
        cuts.extend(y + at for at in block.cuts)
        y += block.height
    return Block(y, tuple(items), before, cuts=tuple(cuts))


def paragraph(
    text: str,
    type_: TextStyle,
    width: float,
    role: Role,
    *,
    x: float = 0.0,
    before: float = 0.0,
    link: str = "",
    is_english: bool = False,
) -> Block:
    """A text in as many lines as it needs, all of them set from the side its first letter says.

    Parameters
    ----------
    is_english
        It is a sentence of ours around what others wrote, and read from the left in any case.
    """
    lines = [line.replace(GLUE, " ") for line in wrap(text, type_, width)]
    rtl = text_direction(text) == "rtl" and not is_english
    block = set_lines(lines, type_, width, role, x=x, rtl=rtl, link=link)
    return replace(block, before=before)


def set_lines(
    lines: Sequence[str], type_: TextStyle, width: float, role: Role,
    *, x: float = 0.0, rtl: bool = False, link: str = "",
) -> Block:  # fmt: skip
    """Lines as they are, one below the other; it may be divided after each."""
    start = x + width if rtl else x
    return Block(
        height=len(lines) * type_.leading,
        items=tuple(
            TextLine(line, start, at * type_.leading + baseline(type_), type_, role, rtl, link)
            for at, line in enumerate(lines)
        ),
        cuts=tuple((at + 1) * type_.leading for at in range(len(lines))),
    )


def embed(text: str) -> str:
    """A name or title as it stands within an English sentence: from right to left if it is so.

    Examples
    --------
    >>> embed("Kabul"), embed("کابل")[0] == chr(0x202b)
    ('Kabul', True)
    """
    plain = _CONTROLS.sub("", text)
    return f"{_EMBED}{plain}{_END}" if text_direction(plain) == "rtl" else plain


def strip_direction_marks(text: str) -> str:
    """A line without what only says how it is directed."""
    return _CONTROLS.sub("", text.strip(_TO_LEFT + _TO_RIGHT))


def _closed(lines: Iterable[str]) -> Iterator[str]:
    """Lines in which what is embedded ends with the line and begins again with the next."""
    is_open = False
    for line in lines:
        said = _EMBED + line if is_open else line
        is_open = said.count(_EMBED) > said.count(_END)
        yield said + _END if is_open else said


def baseline(type_: TextStyle) -> float:
    """How far below the upper edge of its line a text stands, in points."""
    return type_.size * _ASCENT


def level(type_: TextStyle) -> float:
    """How far below the upper edge of its line the middle of its capitals is, in points."""
    return type_.size * (_ASCENT - 0.365)


def text_direction(text: str) -> Literal["ltr", "rtl"] | None:
    """From which side a text is read: its first letter decides (Unicode Annex 9, rule P2).

    Examples
    --------
    >>> text_direction("نقشه Kabul"), text_direction("3. Kabul (کابل)"), text_direction("2024")
    ('rtl', 'ltr', None)
    """
    for letter in text:
        found = unicodedata.bidirectional(letter)
        if found in {"L", "R", "AL"}:
            return "ltr" if found == "L" else "rtl"
    return None


@lru_cache(maxsize=8192)
def wrap(text: str, type_: TextStyle, width: float) -> tuple[str, ...]:
    """A text in lines of at most `width` points; a word that is longer is broken, never cut.

    Examples
    --------
    >>> wrap("Attack on the Shaba base", TextStyle(9), 60)
    ('Attack on', 'the Shaba', 'base')
    >>> "".join(wrap("https://example.org/a-long-address", TextStyle(9), 60))
    'https://example.org/a-long-address'
    """
    lines: list[list[str]] = []
    used, space = 0.0, width_of("n n", *_font(type_)) - width_of("nn", *_font(type_))
    parts = (part for word in text.split(" ") if word for part in _parts(word, type_, width))
    for word, begins in parts:
        length = width_of(word, *_font(type_))
        longer = used + space + length
        if lines and not begins and _fits([*lines[-1], word], longer, type_, width):
            lines[-1].append(word)
            used = longer
        else:
            lines.append([word])
            used = length
    return tuple(_closed(" ".join(line) for line in lines))


def _font(type_: TextStyle) -> tuple[float, Weight]:
    return type_.size, type_.weight


def _fits(words: Sequence[str], estimate: float, type_: TextStyle, width: float) -> bool:
    """Whether words fit on a line; measured together only where their sum leaves it open."""
    if not 0.97 * width < estimate < 1.03 * width:
        return estimate <= width
    return width_of(" ".join(words), *_font(type_)) <= width


def _parts(word: str, type_: TextStyle, width: float) -> Iterable[tuple[str, bool]]:
    """A word, or where it is wider than a line its parts; `True` for one that begins a line."""
    rest, begins = word, False
    while width_of(rest, *_font(type_)) > width and len(rest) > 1:
        at = _break_at(rest, type_, width)
        yield rest[:at], begins
        rest, begins = rest[at:], True
    yield rest, begins


def _break_at(word: str, type_: TextStyle, width: float) -> int:
    low, high = 1, len(word) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(word[:middle], *_font(type_)) <= width:
            low = middle
        else:
            high = middle - 1
    # Never between a letter and its accent, nor beside a joiner.
    at = low
    while at > 1 and (unicodedata.combining(word[at]) or word[at] in _JOINERS):
        at -= 1
    return at if at > 1 else low
