"""Texts of a slide beside its figure: the size of its title, and what fits of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from geo.briefing import powerpoint as decks
from geo.briefing.measuring import height_of
from geo.briefing.wording import Paragraph

_TITLES: Final = (26.0, 22.0, 18.0, 16.0)
"""Sizes of a title in points; the first that fits is used."""
CREDITS: Final = 9.0
"""Size of credits in points, the least in print; they are for readers of the file."""
ABOUT: Final = "About this figure"
_MORE: Final = Paragraph(f"More on another slide: {ABOUT}")


def title_size(title: str, width: float, room: float, most: float = _TITLES[0]) -> float:
    """Return the largest type size at which a title fits into `room` millimetres."""
    fits = (
        size for size in _TITLES if size <= most and decks.title_height(title, size, width) <= room
    )
    return next(fits, _TITLES[-1])


def fitting(
    lines: Sequence[Paragraph], size: float, width: float, room: float
) -> tuple[list[Paragraph], list[Paragraph]]:
    """Split the lines into those that fit into `room` millimetres, and the others.

    If some do not fit, the last line says where they are.

    Returns
    -------
    The lines that fit, and the others.
    """
    if height_of(lines, size, width) <= room:
        return list(lines), []
    kept: list[Paragraph] = []
    for line in lines:
        if height_of([*kept, line, _MORE], size, width) > room:
            break
        kept.append(line)
    if kept and kept[-1].kind == "heading":
        kept.pop()
    return [*kept, _MORE], list(lines[len(kept) :])
