"""The day that a sentence gives to several events at once: "Two attacks on Tuesday killed 40"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from geo.dossier.periods import period
from geo.reports.mentions import DateMention, Mention
from geo.reports.sameness import locations_of, possible_provinces
from geo.reports.scene import Scene
from geo.reports.scene_words import are_in_general
from geo.reports.wordlists import word_set


def summed_days(scenes: Sequence[Scene]) -> dict[int, Mention]:
    """The days of sums, by where the scenes after them begin that have no day of their own.

    A sum tells of several events on one day, and of no place where they were. Its day is that of
    what follows, up to a scene with another one; in a list, that is only of its own entry. In front
    of a list it can be the day of the sentence before: "the incidents of the day".

    Returns
    -------
    dict of int to Mention
        Only scenes to which a sum gives its day.
    """
    found: dict[int, Mention] = {}
    day: Mention | None = None
    before: tuple[Scene, ...] = ()
    for scene, following in zip_longest(scenes, scenes[1:]):
        opens_list = following is not None and following.in_entry and not scene.in_entry
        beside = [one for one in before if opens_list and one.paragraph == scene.paragraph]
        dates = scene.dates or [day for one in beside for day in one.dates]
        before = (scene,)
        if _is_sum(scene) and (summed := _one_day(dates)):
            day = summed
        elif day is None:
            continue
        elif any(one.value != day.value for one in scene.dates):
            day = day if scene.in_entry else None
        else:
            found[scene.span.start] = day
    return found


def _is_sum(scene: Scene) -> bool:
    """Whether a scene tells of several events, and of no place."""
    if any(possible_provinces(one) for one in locations_of(scene.places)):
        return False
    said = {one.mention.text.casefold() for one in scene.incidents}
    is_plural = any(are_in_general([one]) for one in scene.incidents)
    return is_plural or bool(said & word_set("dates", "several_events"))


def _one_day(dates: Sequence[Mention]) -> Mention | None:
    """The only one of some dates, if it is a day."""
    days = {one.value.edtf: one for one in dates if isinstance(one.value, DateMention)}
    if len(days) != 1:
        return None
    (edtf, day), *_ = days.items()
    known = period(edtf) if edtf else None
    is_day = known is not None and known.earliest and known.earliest == known.latest
    return day if is_day else None
