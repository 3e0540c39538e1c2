"""The place and the date that a head, a heading or the head of a list gives to what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from geo.reports.mentions import Mention, PlaceMention
from geo.reports.scene import Scene

_BOTH: Final = 2
"""Provinces that "both provinces" are."""
_SIGNS: Final = 2
"""Characters beside the name of a place in the head of a section: "NAME:", "[NAME]"."""
_HEAD: Final = 60
"""Characters of a head such as "Night of 4 July: NAME, district NAME."."""


def with_context(scenes: Sequence[Scene]) -> Iterator[Scene]:
    """The scenes, those of a paragraph with the place and date that its head or heading gives.

    A head tells of nothing: "Night of 4 July: NAME." It counts for the scenes after it without a
    place or a date of their own, to the end of the paragraph; a heading, for the next paragraph. A
    place that nobody knows, or one outside the country, counts as none.
    """
    context: Scene | None = None
    listed = _ListDates()
    for scene in _with_days_of_sections(listed.dated(one) for one in scenes):
        if scene.heads and not scene.speakers and (scene.places or scene.dates):
            context = _under_head(replace(scene, places=_within_country(scene.places)), context)
            yield scene
            continue
        if context is not None and _goes_on_with_title(context, scene):
            context = replace(context, paragraph=scene.paragraph)
            yield scene
            continue
        if _is_context(scene):
            if context is not None and _is_section(context) and not scene.places:
                yield replace(scene, places=context.places)
            else:
                context = _below_head(scene, context)
                yield context
            continue
        if context is None or not _reaches(context, scene):
            context = None
            yield scene
            continue
        if _only_claims(scene):
            yield scene
            continue
        yield _told_below(context, scene)
        if scene.places and not _is_short_head(context):
            # What follows goes on with this place, not with one that was only spoken of before.
            context = replace(context, places=())


def _under_head(head: Scene, before: Scene | None) -> Scene:
    """A heading that gives a place only, with the date that the line before it gives only."""
    if before is None or not before.is_heading or before.paragraph != head.paragraph - 1:
        return head
    if before.dates and not before.places and not head.dates:
        return replace(head, dates=before.dates)
    return head


def _told_below(context: Scene, scene: Scene) -> Scene:
    """The scene with the place and date of a head, where it has none of its own."""
    given = () if scene.is_of_country else context.places
    places = scene.places if is_any_inside(scene.places) else given or scene.places
    in_section = _is_section(context) and places == context.places
    dates = scene.dates or context.dates
    return replace(scene, places=places, dates=dates, in_section=in_section)


def _only_claims(scene: Scene) -> bool:
    """Whether a scene is a claim of what was told before it: "GROUP claims it"."""
    is_claim = any(getattr(one.value, "says", "") == "responsibility" for one in scene.speakers)
    return is_claim and not (scene.tells_incident or scene.tells_presence)


def _goes_on_with_title(title: Scene, scene: Scene) -> bool:
    """Whether a line after a title only names a part of the text, such as "Summary"."""
    is_next = title.is_heading and scene.paragraph == title.paragraph + 1
    is_bare = not (scene.places or scene.dates or scene.speakers or scene.tells_incident)
    return is_next and scene.is_heading and is_bare


def _reaches(context: Scene, scene: Scene) -> bool:
    """Whether a head counts for a scene: in its paragraph, the next one, or all of a section."""
    if _is_section(context):
        return True
    return scene.paragraph == context.paragraph + context.is_heading


def _is_section(scene: Scene) -> bool:
    """Whether a scene is the head of a section: nothing but the name of a place, in the country."""
    named = sum(one.end - one.start for one in scene.places)
    is_bare = scene.span.end - scene.span.start - named <= _SIGNS
    return is_bare and (scene.is_heading or scene.opens_list) and _is_any_area(scene.places)


def _with_days_of_sections(scenes: Iterable[Scene]) -> Iterator[Scene]:
    """The scenes; a heading of nothing but a day dates all up to the next one with a date.

    A word such as "earlier" can move a scene to another day, and so does a day alone at the head of
    its paragraph: "3 June."
    """
    head: Scene | None = None
    dated = -1
    for scene in scenes:
        if scene.is_heading and scene.dates:
            named = sum(one.end - one.start for one in scene.dates)
            is_bare = scene.span.end - scene.span.start - named <= _SIGNS
            head = scene if is_bare and len(scene.dates) == 1 else None
        if scene.dates and not scene.is_heading and not scene.tells_incident:
            dated = scene.paragraph
        is_open = not (scene.dates or scene.stated_on or scene.may_be_earlier or scene.is_heading)
        is_open = is_open and scene.paragraph != dated
        yield replace(scene, dates=head.dates) if head is not None and is_open else scene


def _is_any_area(places: Sequence[Mention]) -> bool:
    """Whether one of some places is, or can be, a province or district of the country."""
    known = [one.value.location for one in places if isinstance(one.value, PlaceMention)]
    kinds = {kind for one in known for kind in (one.kind, *(each.kind for each in one.candidates))}
    return bool(kinds & {"province", "district"})


def with_both(scenes: Sequence[Scene]) -> Iterator[Scene]:
    """The scenes; "both provinces" are the two that were named last."""
    last: list[Mention] = []
    for scene in scenes:
        is_told = scene.means_both and not scene.places and len(last) == _BOTH
        yield replace(scene, places=tuple(last)) if is_told else scene
        for one in (*scene.places, *scene.background_places):
            codes = _codes(one)
            last = [each for each in last if _codes(each) != codes]
            last = [*last, one][-_BOTH:] if len(codes) == 1 else last


def with_places_before(scenes: Sequence[Scene]) -> Iterator[Scene]:
    """The scenes; "the district" or "there" is the place named last, in its paragraph."""
    last: tuple[Mention, ...] = ()
    paragraph = -1
    for scene in scenes:
        if scene.paragraph != paragraph:
            last, paragraph = (), scene.paragraph
        here = [*scene.places, *scene.speaker_places, *scene.background_places]
        is_told = scene.points_back and not here and bool(last) and scene.tells_incident
        yield replace(scene, places=last) if is_told else scene
        inside = tuple(one for one in scene.places if is_any_inside([one]))
        last = inside or last


def _codes(place: Mention) -> tuple[str, ...]:
    value = place.value
    return value.location.provinces if isinstance(value, PlaceMention) else ()


def is_any_inside(places: Sequence[Mention]) -> bool:
    """Whether the gazetteer knows one of some places in the country."""
    known = [one.value.location for one in places if isinstance(one.value, PlaceMention)]
    return any(one.status not in {"unknown", "outside"} for one in known)


def _is_short_head(scene: Scene) -> bool:
    """Whether a scene is short enough to head all of what follows."""
    return scene.span.end - scene.span.start <= _HEAD


def _within_country(places: Sequence[Mention]) -> tuple[Mention, ...]:
    """The places without the country and its regions, too wide for what is told below a head."""
    return tuple(
        one
        for one in places
        if isinstance(one.value, PlaceMention)
        and one.value.location.precision not in {"country", "region"}
    )


class _ListDates:
    """The dates of a paragraph that ends with a colon, for the entries of the list after it."""

    def __init__(self) -> None:
        self.paragraph, self.entry, self.dates = -1, -1, tuple[Mention, ...]()
        self.is_list = False

    def dated(self, scene: Scene) -> Scene:
        """The scene; an entry of a list without a date has those of the head of the list."""
        if self.is_list and scene.paragraph == self.entry and not scene.is_entry:
            return scene  # It goes on with an entry.
        if scene.is_entry and self.is_list:
            self.entry = scene.paragraph
            return scene if scene.dates else replace(scene, dates=self.dates)
        if scene.paragraph != self.paragraph:
            self.dates = ()
        self.paragraph, self.is_list = scene.paragraph, scene.opens_list
        self.dates = scene.dates or self.dates
        return scene


def _below_head(scene: Scene, head: Scene | None) -> Scene:
    """The scene, with the place of a short head before it: "Night of 4 July: NAME, NAME."."""
    if head is None or head.paragraph != scene.paragraph or not head.places:
        return scene
    if head.span.end - head.span.start > _HEAD or _is_elsewhere(scene, head):
        return scene
    return replace(scene, places=head.places, dates=scene.dates or head.dates)


def _is_elsewhere(scene: Scene, head: Scene) -> bool:
    """Whether a scene names places, all of them in other provinces than those of a head."""
    codes, others = (
        {code for one in each.places for code in _codes(one)} for each in (scene, head)
    )
    return bool(codes and others) and not codes & others


def _is_context(scene: Scene) -> bool:
    stated = bool(scene.places or (scene.dates and not scene.is_heading))
    return stated and not scene.is_part and not (scene.events or scene.numbers)
