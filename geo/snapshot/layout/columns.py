"""The layout of blocks in columns, in order; what does not fit is returned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.snapshot.content.sizes import PageBox
from geo.snapshot.layout.typesetting import ROUNDING, Block, Item, move

_LONG: Final = 0.4
"""Share of the column height above which a block may be divided even if another column is free:
moving it whole would leave a large gap."""

_NEAR: Final = 4.0
"""Tolerance in points of the height of balanced columns: less than half a line."""


@dataclass(frozen=True, slots=True)
class FilledColumns:
    """Columns and their content.

    Parameters
    ----------
    items
        The items at their positions on the page.
    placed
        Number of blocks that fit completely.
    rest
        The rest of the next block, if it has been divided.
    bottom
        Points from the top of the page to the end of the longest column.
    """

    items: tuple[Item, ...]
    placed: int
    rest: Block | None
    bottom: float


def columns_of(box: PageBox, number: int, gutter: float) -> list[PageBox]:
    """A box divided into columns of equal width, with `gutter` points between them."""
    width = (box.width - (number - 1) * gutter) / number
    return [
        replace(box, left=box.left + at * (width + gutter), width=width) for at in range(number)
    ]


def fill_columns(blocks: Sequence[Block], columns: Sequence[PageBox]) -> FilledColumns:
    """Place as many blocks as fit into the columns, in order.

    A heading stays with what follows it. A block is divided only if it has a column to itself or
    is long.
    """
    todo, at = list(blocks), 0
    items: list[Item] = []
    lowest = columns[0].top
    for box in columns:
        y = 0.0
        while at < len(todo):
            end = _unit(todo, at)
            first, *others = todo[at : end + 1]
            unit = [replace(first, before=first.before if y else 0.0), *others]
            if y + _height(unit) > box.height + ROUNDING:
                divided = _divided(unit, box.height - y, box.height, is_first=not y)
                if divided is None:
                    break
                unit, todo[end] = divided
                items.extend(_set(unit, box, y))
                lowest = max(lowest, box.top + y + _height(unit))
                at = end if todo[end].height else end + 1
                break
            items.extend(_set(unit, box, y))
            y += _height(unit)
            lowest = max(lowest, box.top + y)
            at = end + 1
    rest = todo[at] if at < len(todo) and todo[at] is not blocks[at] else None
    return FilledColumns(tuple(items), at, rest, lowest)


def balance(blocks: Sequence[Block], columns: Sequence[PageBox]) -> FilledColumns:
    """The same, in the shortest columns that hold everything."""
    whole = fill_columns(blocks, columns)
    if whole.placed < len(blocks) or len(columns) == 1:
        return whole
    low, high = columns[0].height / len(columns) / 2, columns[0].height
    best = whole
    while high - low > _NEAR:
        middle = (low + high) / 2
        found = fill_columns(blocks, [replace(box, height=middle) for box in columns])
        if found.placed == len(blocks) and not _is_divided(blocks, middle):
            best, high = found, middle
        else:
            low = middle
    return best


def _is_divided(blocks: Sequence[Block], height: float) -> bool:
    """Whether columns of this height may divide blocks that fit whole into taller ones."""
    return any(block.height > height * _LONG and block.cuts for block in blocks)


def _unit(blocks: Sequence[Block], at: int) -> int:
    """The index of the last block to be kept with this one: headings stay with what follows."""
    while blocks[at].leads and at + 1 < len(blocks):
        at += 1
    return at


def _height(unit: Sequence[Block]) -> float:
    return sum(block.before + block.height for block in unit)


def _divided(
    unit: list[Block], available: float, height: float, *, is_first: bool
) -> tuple[list[Block], Block] | None:
    *leading, last = unit
    available -= _height(leading) + last.before
    found = last.cut(available) if is_first or last.height > height * _LONG else None
    if found is not None:
        return [*leading, found[0]], found[1]
    # It cannot be divided: it gets a column of its own and may overflow it.
    return (unit, Block(0.0)) if is_first and not last.cuts else None


def _set(unit: Sequence[Block], box: PageBox, y: float) -> list[Item]:
    items: list[Item] = []
    for block in unit:
        y += block.before
        items.extend(move(item, box.left, box.top + y) for item in block.items)
        y += block.height
    return items
