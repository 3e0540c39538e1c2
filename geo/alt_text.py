"""A map in words, for whoever cannot see it.

Charts and maps of a briefing need a text alternative (WCAG 2.2, 1.1.1). This one is built from the
same View and ledger as the picture, so that the two cannot drift apart.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from geo.country import Country
from geo.records import Dossier
from geo.sentences import listed
from geo.view import UNNAMED, Shown, View, say_filters, say_groups, say_period

_MOST_PROVINCES: Final = 3


def alt_text(
    shown: Shown, view: View, dossier: Dossier, country: Country, *, title: str = ""
) -> str:
    """Title, period, filters, what is drawn and left out, counts for each group, and most where.

    Parameters
    ----------
    shown
        What `view` keeps of the located table.
    title
        Of the figure; else that of the dossier.

    Examples
    --------
    For a View that keeps nothing the text ends with "Nothing is shown."
    """
    ledger = shown.ledger
    beside = ledger.shown - ledger.drawn
    parts = [
        f"Map of {country.name}: {title or dossier.title}",
        _period(view),
        _asked(view, dossier, country),
        f"{ledger.drawn} of {ledger.total} records drawn, {beside} listed beside the map",
        _left_out(shown),
        _groups(shown, dossier) if ledger.shown else "Nothing is shown",
        _provinces(shown, country),
    ]
    return "".join(f"{part}. " for part in parts if part).strip()


def _period(view: View) -> str:
    said = say_period(view)
    return said[:1].upper() + said[1:]


def _asked(view: View, dossier: Dossier, country: Country) -> str:
    groups = say_groups(view, dossier) if view.off else ""
    asked = [part for part in (groups, *say_filters(view, dossier, country)) if part]
    return f"Filtered: {'; '.join(asked)}" if asked else ""


def _left_out(shown: Shown) -> str:
    count = sum(shown.ledger.out.values())
    return f"{count} left out by dates and filters" if count else ""


def _groups(shown: Shown, dossier: Dossier) -> str:
    rows = shown.table.drop_duplicates("record")
    counts = Counter(key for groups in rows["groups"] for key in groups or (UNNAMED,))
    names = {key: group.short for key, group in dossier.groups.items()} | {
        UNNAMED: "group not named"
    }
    return listed([f"{names[key]} {counts[key]}" for key in names if counts[key]])


def _provinces(shown: Shown, country: Country) -> str:
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
    said = [f"{country.provinces[code].name} ({counts[code]})" for code in most]
    return f"Most records in {listed(said)}" if said else ""
