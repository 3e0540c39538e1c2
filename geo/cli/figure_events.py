"""The imported events of a figure, as its options on the command line choose them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.cli.option_words import must, require_word
from geo.cli.snapshot_options import FigureOptions
from geo.cli.view_options import day_of
from geo.snapshot.content.event_choice import EVENT_FORMS, EventForm
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace

if TYPE_CHECKING:
    from geo.snapshot.content.event_file import EventFile


def opened_events(
    options: FigureOptions, workspace: Workspace, forms: Sequence[str]
) -> EventFile | None:
    """Return the events, if there are any.

    Raises
    ------
    GeoError
        They cannot be read, or another option does not fit them.
    """
    if options.event_table is None:
        for name in ("events_as", "events_accessed", "events_credit"):
            must(name.replace("_", "-"), not getattr(options, name), "needs --event-table")
        return None
    must(
        "event-table", "html" not in forms,
        "the web page of a figure shows records only; write the page with: incident-map map "
        f"--event-table {options.event_table} --out FILE.html",
    )  # fmt: skip
    from geo.snapshot.content.event_file import open_event_file  # noqa: PLC0415 - slow to load

    return open_event_file(options.event_table, workspace)


def showing_events(
    options: FigureOptions, recipe: Recipe, events: EventFile | None, *, is_new: bool = True
) -> Recipe:
    """Return the recipe with these events.

    Parameters
    ----------
    is_new
        Whether the figure is made of these events whatever those of the recipe were.

    Raises
    ------
    OptionError
        Naming the option at fault.
    """
    if events is None:
        return recipe
    given = recipe.events
    if given is None:
        choice = events.chosen("rings")
    else:
        choice = given.for_events(events.digest, events.name) if is_new else given
    changed: dict[str, Any] = {}
    if options.events_as:
        form: EventForm = require_word("events-as", options.events_as, EVENT_FORMS)  # type: ignore[assignment] # one of them
        changed["form"] = form
    if options.events_accessed:
        changed["accessed"] = day_of("events-accessed", options.events_accessed)
    if options.events_credit:
        changed["credit"] = options.events_credit
    return replace(recipe, events=replace(choice, **changed))
