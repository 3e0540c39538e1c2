"""Blocks into columns, in order: what finds no room in the last one is handed back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.snapshot.content.sizes import PageBox
from geo.snapshot.layout.typesetting import Block, Item, move

_LONG: Final = 0.4
"""By the height of a column: what is longer may be divided, even where another column is free."""

_NEAR: Final = 4.0
"""Points to which the height of balanced columns is found: less than half a line."""


@dataclass(frozen=True, slots=True)
class FilledColumns:
    """Columns with what they hold.

    Parameters
    ----------
    items
        Where they stand on the page.
    placed
        How many blocks are set entirely.
    rest
        What is left of the next one, where it has been divided.
    """

    items: tuple[Item, ...]
    placed: int
    rest: Block | None
    bottom: float


def columns_of(box: PageBox, number: int, gutter: float) -> list[PageBox]:
    """A box in columns of one width."""
    width = (box.width - (number - 1) * gutter) / number
    return [
        replace(box, left=box.left + at * (width + gutter), width=width) for at in range(number)
    ]


def fill_columns(blocks: Sequence[Block], columns: Sequence[PageBox]) -> FilledColumns:
    """Set as many blocks as the columns take, one after the other.

    A heading stands with what follows it. A block is divided only where it has a column to itself
    or is long.
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
            if y + _height(unit) > box.height + 0.01:
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
    """The same in columns as short as they can be, where everything fits."""
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
    """Whether columns of a height divide what could stand together in taller ones."""
    return any(block.height > height * _LONG and block.cuts for block in blocks)


def _unit(blocks: Sequence[Block], at: int) -> int:
    """The last of the blocks that stand together with one: headings with what they head."""
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
    # Nothing can be done: it stands in a column of its own, as high as it is.
    return (unit, Block(0.0)) if is_first and not last.cuts else None


def _set(unit: Sequence[Block], box: PageBox, y: float) -> list[Item]:
    items: list[Item] = []
    for block in unit:
        y += block.before
        items.extend(move(item, box.left, box.top + y) for item in block.items)
        y += block.height
    return items
