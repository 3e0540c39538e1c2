"""From the filtered table to the content of a figure: numbers, notes, sources and warnings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from geo.counts.origin_counts import OriginCount, origins_by_group
from geo.dossier.intake import Reading
from geo.dossier.records import Dossier, Record
from geo.snapshot.content.base_context import base_credits, base_legend, cut_for_figure
from geo.snapshot.content.content import (
    Content,
    RecordNote,
    Reference,
    Sign,
    SourceNote,
    say_numbers,
)
from geo.snapshot.content.coverage import coverage_for_figure
from geo.snapshot.content.editorial.applying import with_editorial
from geo.snapshot.content.event_file import EventFile
from geo.snapshot.content.event_parts import with_events
from geo.snapshot.content.figure_chart import FigureChart, chart_for_figure
from geo.snapshot.content.frame import frame_of
from geo.snapshot.content.glyphs import missing_glyphs
from geo.snapshot.content.legend import legend_parts
from geo.snapshot.content.numbering import MapItems, Numbering, stroke_order
from geo.snapshot.content.recipe import Recipe, clean_line, file_name
from geo.snapshot.content.sizes import SIZES
from geo.table.tallies import shade_steps
from geo.table.workspace import Workspace
from geo.text import listed
from geo.view import (
    UNNAMED,
    apply_view,
    say_filters,
    say_groups,
    say_ledger,
    say_period,
    select,
    workspace_for,
)
from geo.view.alt_text import alt_text
from geo.wording import symbology, vocabulary
from geo.wording.ageing import age_of, latest_report
from geo.wording.cards import say_passages
from geo.wording.sentences import sentence

_LAST: Final = date.max


def with_digests(workspace: Workspace, recipe: Recipe) -> Recipe:
    """The recipe with digests of the current data and of the records that it shows."""
    workspace = workspace_for(recipe.view, workspace)
    reading, country = workspace.reading, workspace.country
    shown = apply_view(recipe.view, workspace.located.table).table
    return recipe.for_data(reading.digest, country.digest, record_digests(reading, shown["record"]))


def record_digests(reading: Reading, ids: Iterable[str]) -> dict[str, str]:
    """A digest of each of these records that changes whenever the record changes.

    Its sources and groups are included, so that regrading a source changes the records citing it.

    Returns
    -------
    Id of the record to the first eight hexadecimal digits of a SHA-256 hash.
    """
    wanted, dossier = set(ids), reading.dossier

    def said(record: Record) -> str:
        sources = [dossier.sources[claim.source] for claim in record.claims]
        groups = [dossier.groups.get(key) for key in record.groups]
        return hashlib.sha256(repr((record, sources, groups)).encode()).hexdigest()[:8]

    return {record.id: said(record) for record in dossier.records if record.id in wanted}


def compose(workspace: Workspace, recipe: Recipe, events: EventFile | None = None) -> Content:
    """All content of a figure.

    Parameters
    ----------
    recipe
        From :func:`with_digests`; its size decides the frame of the map.
    events
        The events that the recipe names, if it does.

    Raises
    ------
    FigureError
        The recipe names events that are not given.
    """
    composer = _Composer(workspace, recipe)
    content = with_editorial(composer.content(), recipe.editorial, composer.by_id)
    content = with_events(content, workspace, recipe, events)
    return replace(content, warnings=(*content.warnings, *missing_glyphs(content)))


class _Composer:
    def __init__(self, workspace: Workspace, recipe: Recipe) -> None:
        workspace = workspace_for(recipe.view, workspace)
        self.workspace, self.recipe = workspace, recipe
        self.reading, self.located = workspace.reading, workspace.located
        self.country = workspace.country
        self.dossier, self.view = workspace.reading.dossier, recipe.view
        self.size = SIZES[recipe.size]
        self.shown = select(recipe.view, workspace)
        self.frame = frame_of(recipe.view, self.country, self.size.map_aspect)
        self.by_id = {record.id: record for record in self.dossier.records}
        self.rank = {record.id: at for at, record in enumerate(self.dossier.records)}
        self.groups = [*self.dossier.groups, UNNAMED]

    def content(self) -> Content:
        items = self._items()
        steps = shade_steps(self.located.table) if self.view.mode == "provinces" else ()
        entries, sources = self._entries(items)
        own = cut_for_figure(self.country.base_map, self.view.base_off, self.frame, self.size)
        base_sources, base_notes = base_credits(self.country.base_map, self.view.base_off, own)
        coverage = coverage_for_figure(self.workspace, self.view)
        title = self.recipe.title or clean_line(self.dossier.title) or "Incident map"
        chart = chart_for_figure(self.workspace, self.view, self.recipe.chart)
        return Content(
            title=title,
            subtitle=tuple(self._subtitle()),
            note=self.recipe.note,
            since=self.recipe.since,
            frame=self.frame,
            mode=self.view.mode,
            base_off=self.view.base_off,
            language=self.view.language,
            spots=items.spots,
            badges=items.badges,
            entries=entries,
            sources=sources,
            legend=(
                *legend_parts(
                    entries,
                    items.spots,
                    items.badges,
                    self._names(),
                    steps,
                    self.view.mode,
                    self._origins(entries),
                ),
                *coverage.legend,
                *base_legend(self.country.base_map, self.view.base_off, self.frame, self.size),
            ),
            styles=symbology.group_styles(self.dossier.groups)
            | {UNNAMED: symbology.unnamed_style()},
            letters={key: group.letter for key, group in self.dossier.groups.items()}
            | {UNNAMED: "?"},
            names=self._names(),
            ledger=self._ledger(items),
            about_country=frozenset(
                self.shown.table.loc[self.shown.table["off"] == "country", "record"]
            ),
            elsewhere=len(items.elsewhere),
            warnings=(*self._warnings(entries), *coverage.notes),
            credits=tuple(dict.fromkeys((*self.country.credits, *base_sources))),
            base_notes=base_notes,
            own_map=own,
            disclaimer=self.workspace.disclaimer,
            projection=self.frame.projection.text,
            data_version=self.reading.digest[:12],
            as_of=self.recipe.as_of,
            alt_text=" ".join((self._alt_text(title, items, chart), *coverage.notes)),
            name=file_name(self.recipe, self.country.code3, title),
            chart=chart,
            coverage=coverage.steps,
        )

    def _alt_text(self, title: str, items: MapItems, chart: FigureChart | None) -> str:
        said = alt_text(
            self.shown,
            self.view,
            self.workspace,
            title=title,
            elsewhere=items.elsewhere,
            is_part=self.frame.is_detail,
        )
        return f"{said} {chart.alt_text}" if chart else said

    def _items(self) -> MapItems:
        order = {key: self._order(record) for key, record in self.by_id.items()}
        numbering = Numbering(self.located.table, self.country, self.frame, self._spot_sign, order)
        return numbering.items(self.shown.table, self.view.mode)

    def _origins(self, entries: Sequence[RecordNote]) -> Mapping[str, OriginCount] | None:
        """The known origins of each group, if the View counts them."""
        if self.view.counting != "origins":
            return None
        evidence = [self.located.evidence[entry.record] for entry in entries]
        return origins_by_group(evidence, self.dossier.sources)

    def _order(self, record: Record) -> tuple[object, ...]:
        """The sort key of a record within a spot or badge."""
        sign = self._sign(record)
        group = self.groups.index(sign.groups[0])
        kind = ("incident", "presence").index(sign.kind)
        when = record.period.earliest or record.period.latest or _LAST
        return group, kind, stroke_order(sign.stroke), when, self.rank[record.id]

    def _sign(self, record: Record) -> Sign:
        meaning = vocabulary.status_meaning(self.located.evidence[record.id].status)
        cited = latest_report(self.located.evidence[record.id], self.dossier)
        day = self.recipe.as_of
        return Sign(
            groups=record.groups or (UNNAMED,),
            kind=record.kind,
            stroke=symbology.STROKES[meaning.key],
            age=age_of(cited, day) if cited and day else None,
        )

    def _spot_sign(self, record: str) -> Sign:
        found = self.by_id[record]
        sign = self._sign(found)
        if found.kind != "incident":
            return sign
        killed = self.located.evidence[record].killed
        return replace(sign, deaths=symbology.death_size(killed.low, killed.best, killed.high))

    def _entries(self, items: MapItems) -> tuple[tuple[RecordNote, ...], tuple[SourceNote, ...]]:
        places = self.located.places
        names = {province.code: province.name for province in self.country.provinces}
        numbered = sorted(items.numbers, key=items.numbers.__getitem__)
        headings = dict(self._beside())
        sources: dict[str, int] = {}
        entries = []
        for number, key in enumerate([*numbered, *headings], start=1):
            record = self.by_id[key]
            for claim in record.claims:
                sources.setdefault(claim.source, len(sources) + 1)
            entries.append(
                RecordNote(
                    number=number,
                    record=key,
                    sign=self._sign(record),
                    status=self.located.evidence[record.id].status,
                    title=clean_line(record.title),
                    line=self._line(record),
                    sentence=clean_line(
                        sentence(self.located.evidence[key], places.get(key, ()),
                                 self.dossier, names, self.country.name)
                    ),
                    references=_references(record, self.dossier, sources),
                    where="beside" if key in headings else "map",
                    beside=headings.get(key, ""),
                )
            )  # fmt: skip
        return tuple(entries), tuple(source_notes(self.dossier, sources))

    def _beside(self) -> Iterator[tuple[str, str]]:
        """Ids of the records that are not mapped, each with its heading, in order."""
        first = self.shown.table.drop_duplicates("record")
        drawn = set(self.shown.table.loc[self.shown.table["off"] == "", "record"])
        pairs = list(zip(first["record"], first["off"], strict=True))
        for standing in vocabulary.standings(self.country.name):
            for key, off in pairs:
                if off == standing.key and key not in drawn:
                    yield key, standing.title

    def _line(self, record: Record) -> str:
        groups = [self._short(key) for key in record.groups] or ["group not named"]
        status = vocabulary.status_meaning(self.located.evidence[record.id].status).short
        held = say_passages(record.claims)
        said = (listed(groups), status, record.period.text, held[:1].lower() + held[1:])
        return clean_line(f"{record.title} ({'; '.join(filter(None, said))})")

    def _short(self, key: str) -> str:
        return self.dossier.groups[key].short if key in self.dossier.groups else key

    def _names(self) -> dict[str, str]:
        """The short name of each group, for legend and layers."""
        return {key: clean_line(group.short) for key, group in self.dossier.groups.items()} | {
            UNNAMED: vocabulary.UNNAMED_NAME
        }

    def _subtitle(self) -> Iterator[str]:
        view, country = self.view, self.country
        yield f"Part of {country.name}" if self.frame.is_detail else country.name
        yield say_period(view)
        yield say_groups(view, self.dossier)
        yield from say_filters(view, self.workspace)
        if view.mode == "provinces":
            yield "province totals"

    def _ledger(self, items: MapItems) -> str:
        said = say_ledger(self.shown.ledger, self.country.name)
        if not items.elsewhere:
            return said
        head, _, rest = said.partition(" · ")
        outside = f"{len(items.elsewhere)} of these outside the frame"
        return " · ".join(part for part in (head, outside, rest) if part)

    def _warnings(self, entries: Sequence[RecordNote]) -> Iterator[str]:
        left_out = self.reading.left_out
        if left_out:
            entry = "entry" if left_out == 1 else "entries"
            said = f"{left_out} {entry} of the data could not be read and {_is(left_out)}"
            yield f"{said} not included."
        unsourced = [entry.number for entry in entries if not entry.references]
        if unsourced:
            numbers = "number" if len(unsourced) == 1 else "numbers"
            yield f"No source is named for {numbers} {say_numbers(unsourced)}."
        unknown = self.shown.ledger.beside["unknown"]
        if unknown:
            records = "record names" if unknown == 1 else "records name"
            them = "it is" if unknown == 1 else "they are"
            listed_ = f"{them} listed but not mapped"
            yield f"{unknown} {records} a place that could not be found; {listed_}."
        if not self.country.neighbours:
            yield "The neighbouring countries are missing from the data."
        if not entries:
            yield "No record is shown."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _references(
    record: Record, dossier: Dossier, sources: Mapping[str, int]
) -> tuple[Reference, ...]:
    found = {
        Reference(
            sources[claim.source], dossier.sources[claim.source].reliability, claim.credibility
        )
        for claim in record.claims
    }
    return tuple(sorted(found, key=lambda one: (one.source, one.reliability, one.credibility)))


def source_notes(dossier: Dossier, numbers: Mapping[str, int]) -> Iterator[SourceNote]:
    """The notes on sources, given the key and the number of each."""
    for key, number in numbers.items():
        about: Any = dossier.sources[key]
        yield SourceNote(
            number=number,
            key=key,
            title=clean_line(about.title),
            publisher=clean_line(about.publisher),
            author=clean_line(about.author or ""),
            published=about.published.text,
            grade=about.reliability,
            grade_text=vocabulary.RELIABILITY[about.reliability],
            url=about.url or "",
        )
