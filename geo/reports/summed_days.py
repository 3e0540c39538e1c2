"""The day that a sentence gives to several events at once: "Two attacks on Tuesday killed 40"."""

from __future__ import annotations

from collections.abc import Sequence

from geo.dossier.periods import period
from geo.reports.mentions import DateMention, Mention
from geo.reports.sameness import locations_of, possible_provinces
from geo.reports.scene import Scene
from geo.reports.scene_words import are_in_general
from geo.reports.wordlists import word_set


def summed_days(scenes: Sequence[Scene]) -> dict[int, Mention]:
    """The days of sums, by where the scenes after them begin that have no day of their own.

    A sum tells of several events on one day, and of no place where they were. Its day is that of
    what follows, up to a scene with another one; in a list, that is only of its own entry.

    Returns
    -------
    dict of int to Mention
        Only scenes to which a sum gives its day.
    """
    found: dict[int, Mention] = {}
    day: Mention | None = None
    for scene in scenes:
        summed = _day_of_sum(scene)
        if summed is not None:
            day = summed
        elif day is None:
            continue
        elif any(one.value != day.value for one in scene.dates):
            day = day if scene.in_entry else None
        else:
            found[scene.span.start] = day
    return found


def _day_of_sum(scene: Scene) -> Mention | None:
    """The one day of a scene that tells of several events without a place."""
    days = {
        one.value.edtf: one for one in scene.dates if isinstance(one.value, DateMention)
    }  # fmt: skip
    if len(days) != 1 or any(possible_provinces(one) for one in locations_of(scene.places)):
        return None
    (edtf, day), *_ = days.items()
    known = period(edtf) if edtf else None
    if known is None or known.earliest is None or known.earliest != known.latest:
        return None
    said = {one.mention.text.casefold() for one in scene.incidents}
    is_sum = any(are_in_general([one]) for one in scene.incidents)
    return day if is_sum or said & word_set("dates", "several_events") else None
