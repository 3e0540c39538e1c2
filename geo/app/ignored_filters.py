"""Notes on pages that do not follow the View of the map."""

from __future__ import annotations

from dataclasses import replace

from geo.places.country import Country
from geo.snapshot.content.frame import not_in_figure
from geo.view import View, say_period


def comparison_note(view: View, what: str) -> str:
    """Say that only the first of two periods is shown; empty if the View has one.

    Examples
    --------
    >>> from datetime import date
    >>> said = View(last=date(2022, 12, 31), compare=(date(2024, 1, 1), date(2024, 6, 30)))
    >>> comparison_note(said, "This figure shows")
    'The map compares two periods. This figure shows the first: until 31 December 2022. The \
second, between 1 January 2024 and 30 June 2024, is shown only on the interactive map of the \
Map page.'
    >>> comparison_note(View(), "This figure shows")
    ''
    """
    if view.compare is None:
        return ""
    first, last = view.compare
    second = say_period(replace(view, first=first, last=last))
    return (
        f"The map compares two periods. {what} the first: {say_period(view)}. The second, "
        f"{second}, is shown only on the interactive map of the Map page."
    )


def open_card_note(view: View) -> str:
    """Say that a figure shows neither the card nor the list that is open on the map."""
    open_now = "card" if view.chosen else "list" if view.province else ""
    return f"The {open_now} that is open on the map is not part of a figure." if open_now else ""


def extent_note(view: View, country: Country) -> str:
    """Say that a figure cannot show the map's part of the country; empty if it can."""
    if view.viewport is None or not not_in_figure(view.viewport, country):
        return ""
    return (
        "The map shows a part of the country, or a zoom, that a figure cannot. Check what the "
        "figure shows, or move the map."
    )


def filters_note(view: View, what: str) -> str:
    """Say that the filters do not apply here; empty if the View has none.

    Examples
    --------
    >>> filters_note(View(deaths=0), "This page lists every record.")
    'This page lists every record. The groups, filters and dates set on the map do not apply here.'
    >>> filters_note(View(chosen="kabul-2022", mode="provinces"), "This page lists every record.")
    ''
    """
    plain = replace(view, mode="precise", chosen=None, province=None, viewport=None)
    if plain == View():
        return ""
    return f"{what} The groups, filters and dates set on the map do not apply here."
