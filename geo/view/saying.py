"""A View and its ledger in words, the same in the app, below a figure and on the command line."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from geo.dossier.records import CIVILIANS, Dossier
from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.text import counted, listed
from geo.view.ledger import Ledger
from geo.view.question import ALL, EXCLUDED, UNNAMED, View
from geo.wording import vocabulary

_SCALES: Final = frozenset({"verification status", "attribution", "location precision"})
"""Filters whose values are all known, so that what is missing can be named."""
_KINDS: Final[Mapping[str, str]] = {kind.key: kind.label.lower() for kind in vocabulary.KINDS}


def say_ledger(ledger: Ledger, country: str) -> str:
    """The ledger in one line that adds up.

    Parameters
    ----------
    country
        The country's name, for the records outside it.

    Examples
    --------
    >>> beside = dict(country=2, outside=1, unknown=0, not_stated=1)
    >>> say_ledger(Ledger(11, 4, beside, dict(layer=2, period=1), left_out=1), "Kenya")
    '4 of 11 drawn · 2 country-wide · 1 outside Kenya · 1 with no location given · \
2 switched off · 1 not known to fall within the dates · 1 more could not be read'
    """
    beside = {standing.key: standing.label for standing in vocabulary.standings(country)}
    out = {reason.key: reason.label for reason in vocabulary.REASONS}
    parts = [f"{ledger.drawn} of {ledger.total} drawn"]
    parts += [f"{count} {beside[where]}" for where, count in ledger.beside.items() if count]
    parts += [f"{count} {out[why]}" for why, count in ledger.out.items() if count]
    if ledger.left_out:
        parts.append(f"{ledger.left_out} more could not be read")
    if ledger.unread_drafts:
        parts.append(f"{counted(ledger.unread_drafts, 'draft')} cannot be shown yet")
    if ledger.approved is not None:
        parts.append(f"{ledger.approved} of {ledger.shown} approved")
    return " · ".join(parts)


def say_period(view: View) -> str:
    """The dates to which a View is limited.

    Examples
    --------
    >>> say_period(View(first=date(2022, 5, 1), last=date(2022, 5, 31), certain=True))
    'certainly between 1 May 2022 and 31 May 2022'
    >>> say_period(View(last=date(2024, 12, 31)))
    'until 31 December 2024'
    >>> say_period(View())
    'all dates'
    """
    first, last = view.first, view.last
    if first is None and last is None:
        return "all dates"
    if last is None:
        words = f"from {say_day(first)}" if first else ""
    elif first is None:
        words = f"until {say_day(last)}"
    elif first == last:
        words = f"on {say_day(first)}"
    else:
        words = f"between {say_day(first)} and {say_day(last)}"
    return f"certainly {words}" if view.certain else words


def say_day(day: date) -> str:
    """A day that cannot be misread: day, month in words, year."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def say_groups(view: View, dossier: Dossier) -> str:
    """Which groups a View shows, and which of them only in part.

    Examples
    --------
    With the groups NRF and Taliban, ``View(off=("nrf",))`` says "groups: Taliban".
    """
    names = {key: group.short for key, group in dossier.groups.items()}
    if any(not record.groups for record in dossier.records):
        names[UNNAMED] = "group not named"
    on = [name for key, name in names.items() if key not in view.off and ALL not in view.off]
    in_part = sorted({key.split("/")[0] for key in view.off if "/" in key} - set(view.off))
    is_whole = len(on) == len(names) and EXCLUDED not in view.off
    words = "all groups" if is_whole else f"groups: {listed(on) or 'none'}"
    part = listed([names.get(key, key) for key in in_part])
    return f"{words} ({part} in part)" if part else words


def say_filters(view: View, workspace: Workspace) -> tuple[str, ...]:
    """The other filters of a View, one phrase for each filter that is set.

    Most of the values of a scale are named by what is missing.

    Examples
    --------
    With five of the six statuses in ``View.statuses``, "verification status all but Disputed".
    """
    return tuple(_filters(view, workspace.reading.dossier, workspace.country))


def _filters(view: View, dossier: Dossier, country: Country) -> Iterator[str]:
    shorts = {key: group.short for key, group in dossier.groups.items()}
    shorts[CIVILIANS] = "civilians"
    statuses = {meaning.key: meaning.label for meaning in vocabulary.STATUSES}
    precisions = {meaning.key: meaning.label for meaning in vocabulary.PRECISIONS}
    titles = {key: source.title for key, source in dossier.sources.items()}
    provinces = {province.code: province.name for province in country.provinces}
    districts = {key: district.name for key, district in country.districts.items()}
    lists: tuple[tuple[str, tuple[str, ...], Mapping[str, str]], ...] = (
        ("only", view.kinds, _KINDS),
        ("type", view.events, {}),
        ("against", view.against, shorts),
        ("verification status", view.statuses, statuses),
        ("attribution", view.attributions, vocabulary.ATTRIBUTIONS),
        ("review", view.reviews, {one.key: one.label.lower() for one in vocabulary.REVIEWS}),
        ("source", view.sources, titles),
        ("location precision", view.precisions, precisions),
        ("in", view.provinces, provinces),
        ("district", view.districts, districts),
    )
    for head, values, names in lists:
        if values:
            region = _region(view, country) if head == "in" else ""
            yield f"{head} {_values(values, names, is_scale=head in _SCALES)}{region}"
    yield from _grades(view)
    yield from _figures_and_words(view)


def _region(view: View, country: Country) -> str:
    """The region of which a View has all provinces and no others, in parentheses, or nothing."""
    asked = set(view.provinces)
    named = (one.name for one in country.named_areas if set(one.provinces) == asked)
    return f" ({found})" if (found := next(named, "")) else ""


def _values(values: tuple[str, ...], names: Mapping[str, str], *, is_scale: bool) -> str:
    rest = [name for key, name in names.items() if key not in values]
    if is_scale and 0 < len(rest) < len(values):
        return f"all but {listed(rest)}"
    return " or ".join(names.get(value, value) for value in values)


def _grades(view: View) -> Iterator[str]:
    if view.grade == "F":
        yield "unrated sources (F)"
    elif view.grade:
        yield f"source reliability {view.grade} or better ({vocabulary.RELIABILITY[view.grade]})"
    if view.credibility == max(vocabulary.CREDIBILITY):
        yield "unrated claims (6)"
    elif view.credibility:
        said = vocabulary.CREDIBILITY[view.credibility]
        yield f"information credibility {view.credibility} or better ({said})"


def _figures_and_words(view: View) -> Iterator[str]:
    match view.deaths:
        case "stated":
            yield "fatalities stated"
        case "not_stated":
            yield "fatalities not stated"
        case int(least):
            yield f"at least {least} fatalities by the lowest figure"
    if view.drafts:
        yield "drafts included"
    if view.text:
        yield f"containing “{view.text}”"
