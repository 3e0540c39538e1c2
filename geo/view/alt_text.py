"""A map in words, for readers who cannot see it.

Charts and maps of a briefing need a text alternative (WCAG 2.2, 1.1.1). This one is built from the
same View and ledger as the picture, so that the two cannot differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from geo.dossier.evidence import Evidence
from geo.dossier.records import Dossier
from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.text import capitalised, listed
from geo.view import UNNAMED, Selection, View, say_filters, say_groups, say_period
from geo.wording.sentences import say_deaths

_MOST_PROVINCES: Final = 3
"""Most provinces that are named; a listener cannot skim."""
_MOST_DEATHS: Final = 3
"""Most records whose fatalities are stated; a listener cannot skim, and the notes have them all."""


def alt_text(
    shown: Selection, view: View, workspace: Workspace, *, title: str = "",
    elsewhere: Collection[str] = (), is_part: bool = False, quotes: bool = True,
) -> str:  # fmt: skip
    """Title, period, filters, what is drawn and excluded, groups, provinces and fatalities.

    Parameters
    ----------
    shown
        What `view` keeps of the located table.
    workspace
        The data to which `view` was applied.
    title
        Title of the figure; by default that of the dossier.
    elsewhere
        Ids of records with a place on the map, but none in a picture of a part of the country.
    is_part
        Whether the picture shows only a part of the country.
    quotes
        Whether the text may quote titles of records and names of speakers; in a map document it
        must not, because record text is encoded there.

    Examples
    --------
    If a View keeps nothing, the text ends with "Nothing is shown."
    """
    dossier, country, ledger = workspace.reading.dossier, workspace.country, shown.ledger
    not_mapped = ledger.shown - ledger.drawn
    outside = f", {len(elsewhere)} of these outside the frame" if elsewhere else ""
    seen = replace(shown, table=shown.table[~shown.table["record"].isin(list(elsewhere))])
    parts = [
        f"Map of {'a part of ' if is_part else ''}{country.name}: {title or dossier.title}",
        capitalised(say_period(view)),
        _filters(view, workspace),
        f"{ledger.drawn} of {ledger.total} records drawn{outside}, {not_mapped} not mapped",
        _left_out(shown),
        _groups(seen, dossier) if len(seen.table) else "Nothing is shown",
        _provinces(seen, country),
        _deaths(seen, workspace, quotes=quotes),
    ]
    return "".join(f"{part}. " for part in parts if part).strip()


def _filters(view: View, workspace: Workspace) -> str:
    groups = say_groups(view, workspace.reading.dossier) if view.off else ""
    filters = [part for part in (groups, *say_filters(view, workspace)) if part]
    return f"Filters: {'; '.join(filters)}" if filters else ""


def _left_out(shown: Selection) -> str:
    count = sum(shown.ledger.out.values())
    return f"{count} excluded by dates and filters" if count else ""


def _groups(shown: Selection, dossier: Dossier) -> str:
    rows = shown.table.drop_duplicates("record")
    counts = Counter(key for groups in rows["groups"] for key in groups or (UNNAMED,))
    names = {key: group.short for key, group in dossier.groups.items()} | {
        UNNAMED: "group not named"
    }
    return listed([f"{names[key]} {counts[key]}" for key in names if counts[key]])


def _provinces(shown: Selection, country: Country) -> str:
    rows = shown.table[shown.table["off"] == ""]
    pairs = {
        (record, code)
        for record, codes, precision in zip(
            rows["record"], rows["provinces"], rows["precision"], strict=True
        )
        for code in codes
        if precision != "region"
    }
    counts = Counter(code for _, code in pairs)
    most = sorted(counts, key=lambda code: (-counts[code], code))[:_MOST_PROVINCES]
    provinces = [f"{country.provinces[code].name} ({counts[code]})" for code in most]
    return f"Most records in {listed(provinces)}" if provinces else ""


def _deaths(shown: Selection, workspace: Workspace, *, quotes: bool) -> str:
    """For how many incidents fatalities are stated, and the highest figures with their sources."""
    ids = set(shown.table["record"])
    dossier, evidence = workspace.reading.dossier, workspace.located.evidence
    incidents = [evidence[one.id] for one in dossier.incidents if one.id in ids]
    stated = sorted(filter(_is_stated, incidents), key=_most_killed, reverse=True)
    if not incidents:
        return ""
    count = f"{len(stated) or 'none'} of {len(incidents)} incidents"
    if not quotes:
        return f"Fatalities are stated for {count}"
    said = [
        f"“{_line(one.record.title)}”, {say_deaths(one, dossier)}" for one in stated[:_MOST_DEATHS]
    ]
    first = "; the highest figures" if len(stated) > _MOST_DEATHS else ""
    figures = f"{first}: {'; '.join(said)}" if said else ""
    return f"Fatalities are stated for {count}{figures}"


def _is_stated(evidence: Evidence) -> bool:
    return evidence.killed.stated


def _most_killed(evidence: Evidence) -> int:
    """The highest number of fatalities that is stated, used for sorting and never printed."""
    killed = evidence.killed
    return max(each or 0 for each in (killed.low, killed.best, killed.high))


def _line(text: str) -> str:
    return " ".join(text.split())
