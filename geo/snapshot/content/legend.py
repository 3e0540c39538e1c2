"""The legend of a figure: only what the figure shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from geo.counts.origin_counts import OriginCount
from geo.snapshot.content.content import (
    Badge,
    LegendItem,
    LegendPart,
    RecordNote,
    Sign,
    SignRow,
    Spot,
)
from geo.table.tallies import TALLIES, ShadeStep
from geo.view import UNNAMED
from geo.wording import symbology, vocabulary
from geo.wording.ageing import AGES
from geo.wording.symbology import Form

_FORMS: Final[Mapping[Form, str]] = {
    "pin": "At this place, known to 150 m",
    "dot": "In this town; the halo is as wide as the town",
    "disc": "Somewhere within the disc, drawn to scale",
    "area": "Somewhere in the hatched area",
    "region": "Somewhere in the outlined provinces",
}


def legend_parts(
    entries: Sequence[RecordNote],
    spots: Sequence[Spot],
    badges: Sequence[Badge],
    names: Mapping[str, str],
    steps: Iterable[ShadeStep],
    mode: str,
    origins: Mapping[str, OriginCount] | None = None,
) -> tuple[LegendPart, ...]:
    """The parts of the legend, each with only the rows that the figure needs.

    Parameters
    ----------
    names
        Name of each group by its key, in the order of the dossier.
    steps
        Steps of the shading of province totals.
    origins
        Known origins of each group, by its key, to be counted instead of records.
    """
    signs = [entry.sign for entry in entries]
    parts = [
        ("Groups", _groups(signs, names))
        if origins is None
        else ("Groups, by known origin", _group_origins(origins, names)),
        (
            vocabulary.FIELDS["statuses"],
            _tallies(badges) if mode == "provinces" else _statuses(entries),
        ),
        ("Records in a province", _shades(badges, steps)),
        (vocabulary.FIELDS["kinds"], _kinds(signs)),
        (vocabulary.FIELDS["precisions"], _forms(spots, badges)),
        ("Fatalities, lowest figure", _deaths(spots)),
        ("Presence last reported", _ages(signs)),
    ]
    found = ((heading, tuple(items)) for heading, items in parts)
    return tuple(LegendPart(heading, items) for heading, items in found if items)


def _groups(signs: Iterable[Sign], names: Mapping[str, str]) -> Iterator[LegendItem]:
    counts = Counter(key for sign in signs for key in sign.groups)
    for key, name in names.items():
        if counts[key]:
            sign = Sign((key,), "incident", "solid")
            yield LegendItem(f"{name} ({counts[key]})", sign, plain=False)


def _group_origins(
    origins: Mapping[str, OriginCount], names: Mapping[str, str]
) -> Iterator[LegendItem]:
    for key, name in names.items():
        if found := origins.get(key):
            unknown = f"{found.unknown} of unknown lineage" if found.unknown else ""
            said = ", ".join(filter(None, [str(found.origins or ""), unknown]))
            yield LegendItem(f"{name} ({said})", Sign((key,), "incident", "solid"), plain=False)


def _statuses(entries: Sequence[RecordNote]) -> Iterator[LegendItem]:
    """One row for each stroke that occurs, with its statuses."""
    counts: Counter[str] = Counter(entry.status for entry in entries)
    met = [one for one in vocabulary.STATUSES if counts[one.key]]
    for stroke in dict.fromkeys(symbology.STROKES[one.key] for one in met):
        alike = [one for one in met if symbology.STROKES[one.key] == stroke]
        said = "; ".join(f"{one.label} ({counts[one.key]})" for one in alike)
        yield LegendItem(said, Sign((UNNAMED,), "incident", stroke))


def _tallies(badges: Iterable[Badge]) -> Iterator[LegendItem]:
    found = [badge.counts for badge in badges if badge.counts is not None]
    for at, tally in enumerate(TALLIES):
        if any(counts[at] for counts in found):
            yield LegendItem(tally.label, Sign((UNNAMED,), "incident", tally.stroke))


def _shades(badges: Iterable[Badge], steps: Iterable[ShadeStep]) -> Iterator[LegendItem]:
    most = max((badge.shade for badge in badges), default=0)
    for step in steps:
        if step.shade <= most:
            last = "or more" if step.last is None else f"to {step.last}"
            said = str(step.first) if step.first == step.last else f"{step.first} {last}"
            yield LegendItem(said, shade=step.shade)


def _kinds(signs: Iterable[Sign]) -> Iterator[LegendItem]:
    counts: Counter[str] = Counter(sign.kind for sign in signs)
    for kind in vocabulary.KINDS:
        if count := counts[kind.key]:
            said = kind.label if count > 1 else kind.one.capitalize()
            yield LegendItem(f"{said} ({count})", Sign((UNNAMED,), kind.key, "solid"))


def _forms(spots: Iterable[Spot], badges: Iterable[Badge]) -> Iterator[LegendItem]:
    shown = {spot.form for spot in spots}
    shown |= {badge.form for badge in badges if badge.counts is None}
    for form, label in _FORMS.items():
        if form in shown:
            yield LegendItem(label, form=form)


def _deaths(spots: Iterable[Spot]) -> Iterator[LegendItem]:
    """Size shows fatalities only for incidents mapped at a point."""
    rows: Iterable[SignRow] = (row for spot in spots for row in spot.rows)
    sizes = {row.sign.deaths for row in rows if row.sign.kind == "incident"} - {None}
    for size in sorted(size for size in sizes if size is not None):
        label = "not stated" if size < 0 else vocabulary.DEATH_SIZES[size]
        yield LegendItem(label, replace(Sign((UNNAMED,), "incident", "solid"), deaths=size))


def _ages(signs: Iterable[Sign]) -> Iterator[LegendItem]:
    shown = {sign.age for sign in signs}
    for age in AGES:
        if age.key in shown:
            yield LegendItem(age.label, Sign((UNNAMED,), "presence", "solid", age=age.key))
