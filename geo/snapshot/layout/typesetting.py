"""Text in lines and blocks: measured, broken, set from left or right, and never cut off.

A block is a unit of a column: its items are positioned in points from its upper left corner, and it
may be divided between two columns only at its `cuts`.
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
from geo.snapshot.content.sizes import MM_PER_INCH, POINTS_PER_INCH
from geo.snapshot.lettering import HALF_CAPITAL, LEADING, width_of
from geo.snapshot.typefaces import Weight
from geo.wording.symbology import Form, Stroke

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
    "chart",
]
POINT: Final = MM_PER_INCH / POINTS_PER_INCH
"""Millimetres per point."""
_ASCENT: Final = 0.96
"""Distance from the top of a line to its baseline, relative to the type size: DejaVu Sans extends
0.93 above the baseline and 0.24 below it, within a line height of 1.22."""
_TO_RIGHT, _TO_LEFT = "\u200e", "\u200f"
_JOINERS: Final = frozenset("\u200c\u200d")
_EMBED, _END = "\u202b", "\u202c"
_CONTROLS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
ROUNDING: Final = 0.01
"""Points by which sums of lengths may differ through rounding: far too little to be visible."""
_KERNING: Final = 0.03
"""Share of its width by which a line can differ from the sum of its words through kerning."""
GLUE: Final = "\u00a0"
"""A no-break space."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """The style of a text; `size` in points."""

    size: float
    weight: Weight = "normal"
    tone: Tone = "ink"

    @property
    def leading(self) -> float:
        """Line height in points."""
        return self.size * LEADING


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text.

    Parameters
    ----------
    x, y
        Start of the line on its baseline: its left end, or its right end if `rtl`.
    link
        Target of its link; empty if it has none.
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
        """The text, preceded by a direction mark if its first letter suggests the other direction.

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
    """A symbol with its left end at `x` and its vertical centre at `y`, in points."""

    x: float
    y: float
    width: float
    sign: Sign | None = None
    form: Form | None = None
    shade: int = 0
    plain: bool = False
    base: PointKind | None = None
    role: Role = "legend"


@dataclass(frozen=True, slots=True)
class Panel:
    """A filled rectangle in points; a rule if its height is 0."""

    x: float
    y: float
    width: float
    height: float
    fill: Literal["quiet", "paper", "hairline", "focus"] = "hairline"
    framed: bool = False
    role: Role = "text"


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar of a chart, or its sign in the legend of the chart, in points.

    Parameters
    ----------
    stroke
        The verification status of what it counts.
    is_certain
        Whether it counts what is there in every reading; otherwise it is open.
    name
        What it counts, in words, by which it is found in a file.
    """

    x: float
    y: float
    width: float
    height: float
    stroke: Stroke
    is_certain: bool
    name: str
    role: Role = "chart"


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A straight line of a chart from (x, y) to the right; `rise` is how much higher it ends."""

    x: float
    y: float
    width: float
    rise: float
    role: Role = "chart"


Item = TextLine | Picture | Panel | Bar | TrendLine


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of a column.

    Parameters
    ----------
    before
        Points of space above it, unless it is the first in its column.
    leads
        Whether it is a heading, which is never last in a column.
    cuts
        Heights in points after which it may continue in the next column.
    """

    height: float
    items: tuple[Item, ...] = ()
    before: float = 0.0
    leads: bool = False
    cuts: tuple[float, ...] = ()

    def cut(self, available: float) -> tuple[Block, Block] | None:
        """Divide the block at the last cut within `available` points.

        Returns
        -------
        The part that fits and the rest; ``None`` if no part fits.
        """
        found = [at for at in self.cuts if at <= available + ROUNDING and at < self.height]
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
    """The item, moved right by `x` and down by `y` points."""
    return replace(item, x=item.x + x, y=item.y + y)


def stack(blocks: Iterable[Block], *, before: float = 0.0) -> Block:
    """One block from several, one below the other, with the cuts of each."""
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
    """A text in as many lines as it needs, all in the direction of its first letter.

    Parameters
    ----------
    is_english
        Whether it is a generated English sentence that quotes other text, and so always reads
        from left to right.
    """
    lines = [line.replace(GLUE, " ") for line in wrap(text, type_, width)]
    rtl = text_direction(text) == "rtl" and not is_english
    block = set_lines(lines, type_, width, role, x=x, rtl=rtl, link=link)
    return replace(block, before=before)


def set_lines(
    lines: Sequence[str], type_: TextStyle, width: float, role: Role,
    *, x: float = 0.0, rtl: bool = False, link: str = "",
) -> Block:  # fmt: skip
    """Unchanged lines, one below the other; the block may be divided after each."""
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
    """A name or title for use in an English sentence, with embedding marks if right to left.

    Examples
    --------
    >>> embed("Kabul"), embed("کابل")[0] == chr(0x202b)
    ('Kabul', True)
    """
    plain = _CONTROLS.sub("", text)
    return f"{_EMBED}{plain}{_END}" if text_direction(plain) == "rtl" else plain


def strip_direction_marks(text: str) -> str:
    """A line without direction and embedding marks."""
    return _CONTROLS.sub("", text.strip(_TO_LEFT + _TO_RIGHT))


def _closed(lines: Iterable[str]) -> Iterator[str]:
    """Lines in which an embedding closes at the end of a line and reopens on the next."""
    is_open = False
    for line in lines:
        said = _EMBED + line if is_open else line
        is_open = said.count(_EMBED) > said.count(_END)
        yield said + _END if is_open else said


def baseline(type_: TextStyle) -> float:
    """Distance in points from the top of a line to its baseline."""
    return type_.size * _ASCENT


def level(type_: TextStyle) -> float:
    """Distance in points from the top of a line to the middle of its capitals."""
    return type_.size * (_ASCENT - HALF_CAPITAL)


def text_direction(text: str) -> Literal["ltr", "rtl"] | None:
    """The direction of a text, from its first strong letter (Unicode Standard Annex 9, rule P2).

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
    """A text in lines of at most `width` points; a longer word is broken, never cut.

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
    """Whether words fit on a line; they are measured together only if the sum is inconclusive."""
    if not (1 - _KERNING) * width < estimate < (1 + _KERNING) * width:
        return estimate <= width
    return width_of(" ".join(words), *_font(type_)) <= width


def _parts(word: str, type_: TextStyle, width: float) -> Iterable[tuple[str, bool]]:
    """A word, or its parts if it is wider than a line; `True` marks a part that starts a line."""
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
    # Never break between a letter and its combining mark, or before a joiner.
    at = low
    while at > 1 and (unicodedata.combining(word[at]) or word[at] in _JOINERS):
        at -= 1
    return at if at > 1 else low
