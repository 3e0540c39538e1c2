"""The imported events of a figure: added to its content, legend and alternative text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from geo.errors import FigureError
from geo.snapshot.content.content import Content, LegendItem, LegendPart
from geo.snapshot.content.event_counts import count_events
from geo.snapshot.content.event_file import EventFile, events_for
from geo.snapshot.content.event_marks import EventsShown
from geo.snapshot.content.events_kept import EventLayers
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace

_BEFORE: Final = 2
"""Parts of the legend before that of the events: groups and verification status, without which the
records cannot be read. Those after it may be on another page."""
_NAMES_DATA: Final = ("sources", "against", "text", "reviews")
"""Fields of a View that are reduced with the data, because they name what is not in them."""


def with_events(
    content: Content, workspace: Workspace, recipe: Recipe, events: EventFile | None
) -> Content:
    """The content with the events that its recipe names; the same if it names none.

    Raises
    ------
    FigureError
        The events are not given, or are others.
    """
    choice = recipe.events
    if choice is None:
        return content
    given = events_for(choice, events)
    shown = count_events(given, choice, recipe.view, workspace, content.frame)
    items = tuple(_legend_items(shown))
    parts = (LegendPart(f"Events ({shown.heading})", items),) if items else ()
    return replace(
        content,
        events=shown,
        legend=(*content.legend[:_BEFORE], *parts, *content.legend[_BEFORE:]),
        alt_text=f"{content.alt_text} {shown.in_words}",
    )


def fixed_events(whole: Recipe, reduced: Recipe, events: EventFile | None) -> Recipe:
    """The recipe of reduced data, with the events that the View of the whole switches off.

    The reduced View does not name the groups that are not in it, so the recipe has the numbers of
    their events instead, which say nothing without the events.

    Raises
    ------
    FigureError
        The events are not given, or depend on a filter that the reduced View no longer has.
    """
    choice = whole.events
    if choice is None or whole.view == reduced.view or choice.left_out is not None:
        return reduced
    given = events_for(choice, events)
    for name in _NAMES_DATA:
        if getattr(whole.view, name) != getattr(reduced.view, name):
            raise FigureError(
                f"events cannot be filtered by {name} in a figure that holds only what is shown; "
                "remove the filter, or include all records"
            )
    left_out = EventLayers.of(given.table).switched_off(whole.view)
    return replace(reduced, events=replace(choice, left_out=left_out))


def _legend_items(events: EventsShown) -> Iterator[LegendItem]:
    scale = events.scale
    for count in scale.examples:
        yield LegendItem(scale.label(count), ring=scale.radius(count))
    if events.rings:
        yield LegendItem(
            "Area of a ring: number of events; places within "
            f"{events.apart_km}\u00a0km may share one"
        )
    if events.counted:
        known = "known only by district or province" if events.form == "rings" else "in a province"
        yield LegendItem(f"Number of events {known}; not a place", ring=0.0)
