"""Which provinces a text is about, by the places that it mentions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from geo.places.locations import Location
from geo.reports.mentions import Mention, PlaceMention

_STATED: Final = 3.0
"""Weight of a place whose kind the words state, against 1 for a bare name."""


@dataclass(frozen=True, slots=True)
class ProvinceVote:
    """How much of a text is about a province.

    Parameters
    ----------
    code
        ISO 3166-2.
    score
        The sum of the weights of the mentions: three where the words state the kind, else one; an
        ambiguous name shares its weight among its provinces.
    mentions
        The mentions behind it.
    """

    code: str
    score: float
    mentions: tuple[Mention, ...]


def province_vote(mentions: Iterable[Mention]) -> tuple[ProvinceVote, ...]:
    """How much of a text is about each province, by the places that it mentions.

    Parameters
    ----------
    mentions
        Of any kind; only places outside datelines count.

    Returns
    -------
    tuple
        The provinces with the mentions behind each, the highest score first.

    Examples
    --------
    >>> province_vote(())
    ()
    """
    scores: dict[str, float] = {}
    behind: dict[str, list[Mention]] = {}
    for mention in mentions:
        value = mention.value
        if not isinstance(value, PlaceMention) or value.in_dateline:
            continue
        codes = province_codes(value.location)
        weight = _STATED if value.states_kind else 1.0
        for code in codes:
            scores[code] = scores.get(code, 0.0) + weight / len(codes)
            behind.setdefault(code, []).append(mention)
    # Of two with the same score, the one that the text names first: scores keep that order.
    order = sorted(scores, key=lambda code: -scores[code])
    return tuple(ProvinceVote(code, scores[code], tuple(behind[code])) for code in order)


def province_codes(location: Location) -> tuple[str, ...]:
    """The provinces that a location may be in; none for regions and the country."""
    if location.kind in {"region", "country"}:
        return ()
    if location.status == "ambiguous":
        codes = (code for place in location.candidates for code in place.provinces)
        return tuple(dict.fromkeys(codes))
    return location.provinces
