"""Claims and places, the parts of a record without ids, matched with their earlier versions.

They are paired by what they have in common, the most similar first, so that neither a new order
nor an added part makes the others look changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from pydantic import BaseModel

T = TypeVar("T")
_Entry = BaseModel | None
_MOST_COMPARED: Final = 10_000
"""Most pairs that are compared by similarity, 100 parts on each side; beyond it parts are paired in
their order, because the time grows with the number of pairs."""


def pair(
    old: Sequence[T],
    new: Sequence[T],
    part_of: Callable[[T], _Entry],
    keys: Iterable[tuple[str, ...]],
) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """Pair equal parts, then parts that agree in some fields.

    Parameters
    ----------
    part_of
        Gives the part of a record that an item holds.
    keys
        Names of the fields in which a pair must agree, the strictest first. Of several parts that
        agree, the most similar are paired.

    Returns
    -------
    tuple
        The pairs (old, new), the old items that are left, and the new items that are left.
    """
    pairs: list[tuple[T, T]] = []
    gone, come = dict(enumerate(old)), dict(enumerate(new))
    for key in (None, *keys):
        befores, afters = _by_key(gone, part_of, key), _by_key(come, part_of, key)
        for signature, before in befores.items():
            for was, now in _closest(before, afters.get(signature, {})):
                pairs.append((gone.pop(was), come.pop(now)))
    return pairs, list(gone.values()), list(come.values())


def _by_key(
    items: Mapping[int, T], part_of: Callable[[T], _Entry], key: tuple[str, ...] | None
) -> dict[object, dict[int, _Entry]]:
    """The parts by their values of the fields in `key`, by the whole part if that is ``None``."""
    found: dict[object, dict[int, _Entry]] = {}
    for number, item in items.items():
        part = part_of(item)
        values = part if key is None else tuple(getattr(part, name, None) for name in key)
        if not isinstance(values, tuple) or any(value is not None for value in values):
            found.setdefault(values, {})[number] = part
    return found


def _closest(befores: Mapping[int, _Entry], afters: Mapping[int, _Entry]) -> list[tuple[int, int]]:
    """Pairs of numbers, the most similar first; of very many, those in the same place."""
    if len(befores) * len(afters) > _MOST_COMPARED:
        return list(zip(befores, afters, strict=False))
    scored = sorted(
        (-_alike(was, now), before, after)
        for before, was in befores.items()
        for after, now in afters.items()
    )
    found: dict[int, int] = {}
    for _, before, after in scored:
        if before not in found and after not in found.values():
            found[before] = after
    return list(found.items())


def _alike(was: _Entry, now: _Entry) -> int:
    names = type(was).model_fields if was is not None else ()
    return sum(getattr(was, name) == getattr(now, name, None) for name in names)
