"""Order and wording of the legend, by the editor's choice.

Each entry keeps the words of the product beside the editor's: "National Resistance Front [NRF]".
Without them, a reworded status, precision or type of record could make a fact of a claim. Headings
are not reworded for the same reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Self

from geo import limits
from geo.errors import RecipeError
from geo.snapshot.content.editorial.plain_fields import PlainFields, short_line

if TYPE_CHECKING:
    from geo.snapshot.content.content import LegendItem, LegendPart

_COUNTED: Final = re.compile(r"(.*?)( \([\d,]+\))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LegendEdits:
    """The editor's choices for the legend.

    Parameters
    ----------
    order
        Headings in the order in which they come; the others follow in the usual order.
    wording
        An entry as the legend has it, without its count, and the editor's words for it.
    """

    order: tuple[str, ...] = ()
    wording: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Tidy the texts, and refuse what is too long or too many."""
        most = limits.MAX_EDITORIAL_ENTRIES
        if max(len(self.order), len(self.wording)) > most:
            raise RecipeError(f"legend: has more than {most:,} entries")
        order = (short_line("legend: order", said, limits.MAX_LINE) for said in self.order)
        wording = {
            short_line("legend: entry", key, limits.MAX_LINE): short_line(
                f"legend: the wording of {key[:80]!r}", said, limits.MAX_LEGEND_WORDING
            )
            for key, said in self.wording
        }
        object.__setattr__(self, "order", tuple(dict.fromkeys(filter(None, order))))
        kept = tuple((key, said) for key, said in wording.items() if key and said)
        object.__setattr__(self, "wording", kept)

    @classmethod
    def from_plain(cls, value: object, where: str) -> Self:
        """Read the choices from JSON or YAML.

        Raises
        ------
        RecipeError
            They are not a list of headings and texts by entry.
        """
        given = PlainFields.of(value, where, ("order", "wording"))
        return cls(given.texts("order"), given.text_by_key("wording"))

    def to_plain(self) -> dict[str, Any]:
        """The choices for a recipe.

        Returns
        -------
        Those that are made.
        """
        order = {"order": list(self.order)} if self.order else {}
        return order | ({"wording": dict(self.wording)} if self.wording else {})

    def applied(self, parts: Sequence[LegendPart]) -> tuple[LegendPart, ...]:
        """The parts of a legend in the editor's order and words.

        Returns
        -------
        The same parts with the same symbols and counts.
        """
        wording = {key.casefold(): said for key, said in self.wording}
        order = [said.casefold() for said in self.order]
        last = len(order)

        def rank(part: LegendPart) -> int:
            key = part.heading.casefold()
            return order.index(key) if key in order else last

        return tuple(
            replace(part, items=tuple(_reworded(item, wording) for item in part.items))
            for part in sorted(parts, key=rank)
        )

    def unmatched(self, parts: Sequence[LegendPart]) -> tuple[str, ...]:
        """The headings and entries that are named, and that this legend does not have.

        Returns
        -------
        Each as it was written.
        """
        headings = {part.heading.casefold() for part in parts}
        entries = {_split(item.label)[0].casefold() for part in parts for item in part.items}
        return (
            *(said for said in self.order if said.casefold() not in headings),
            *(key for key, _ in self.wording if key.casefold() not in entries),
        )


def _reworded(item: LegendItem, wording: dict[str, str]) -> LegendItem:
    own, count = _split(item.label)
    said = wording.get(own.casefold())
    if not said:
        return item
    kept = "" if own.casefold() in said.casefold() else f" [{own}]"
    return replace(item, label=f"{said}{kept}{count}")


def _split(label: str) -> tuple[str, str]:
    """A label without its count, and the count."""
    found = _COUNTED.fullmatch(label)
    return (label, "") if found is None else (found[1], found[2] or "")
