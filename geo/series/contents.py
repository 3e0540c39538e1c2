"""The contents of a series: one for all of it, and one for each map, with numbers in common.

A record has the same number on every map, and one note in the list at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo import limits
from geo.errors import OptionError
from geo.series.pair import say_pair
from geo.series.series_recipe import PERIODS, SeriesRecipe
from geo.series.tally import PanelCount, SeriesTally, say_panel, say_tally
from geo.snapshot.content.base_context import base_legend
from geo.snapshot.content.composing import compose, record_digests
from geo.snapshot.content.content import (
    Content,
    RecordNote,
    Reference,
    SignRow,
    say_numbers,
)
from geo.snapshot.content.legend import legend_parts
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.content.sizes import SIZES
from geo.table.tallies import shade_steps
from geo.table.workspace import Workspace
from geo.text import counted
from geo.view import BASE_PARTS, View, keep, say_period, select, workspace_for
from geo.view.parts import PartStep, ViewPart, view_parts

_EACH: Final[Mapping[PartStep, str]] = {
    step: f"one map for each {step}" for step in ("month", "quarter", "year", "group", "province")
}
_FEW_NAMES: Final = 12
"""Names of maps without records that one line lists; more are only counted."""
_IN_NO_MAP: Final = "on none of the maps"


@dataclass(frozen=True, eq=False)
class SeriesPanel:
    """One map of a series: its name, what it shows, and its record count.

    Parameters
    ----------
    section
        Position of its section among those of the series, from 0.
    """

    name: str
    view: View
    content: Content
    count: PanelCount
    section: int = 0

    @property
    def ledger(self) -> str:
        """The record count in one line that adds up."""
        beside = [entry.number for entry in self.content.entries if entry.beside]
        return say_panel(self.count, say_numbers(beside))

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of its records."""
        return tuple(entry.number for entry in self.content.entries)


@dataclass(frozen=True, eq=False)
class SeriesContents:
    """All that a series shows.

    Parameters
    ----------
    series
        With the digests of the data that it is made from.
    whole
        Title, notes, sources, legend and record count of the whole series; without any map.
    base
        All records of the View on one map.
    sections
        Names of the sections; one without a name where nothing varies within sections.
    comparison
        What is new and gone in the second of two periods, in sentences.
    left_out
        Names of the maps left out because they have no record.
    """

    series: SeriesRecipe
    whole: Content
    panels: tuple[SeriesPanel, ...]
    base: Content
    sections: tuple[str, ...]
    tally: SeriesTally
    comparison: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """File name without suffix."""
        code = self.whole.frame.country.code3
        return self.series.file_name(code, self.whole.title)


def contents_of(workspace: Workspace, series: SeriesRecipe) -> SeriesContents:
    """Compose the contents of all maps.

    Raises
    ------
    OptionError
        There is no map to show, or there are more than the limit.
    """
    parts = [*parts_of_series(workspace, series)]
    names = tuple(dict.fromkeys(section for section, _ in parts))
    base = compose(workspace, replace(series.recipe, view=_drawn(series, _whole_view(series))))
    numbers = SharedNumbers(base)
    panels, left_out = [], []
    for section, part in parts:
        panel = _panel(workspace, series, part, numbers, names.index(section))
        if series.skip_empty and not panel.count.shown:
            left_out.append(f"{section}, {part.name}" if section else part.name)
        else:
            panels.append(panel)
    if not panels:
        raise OptionError("--skip-empty: no map of this series has a record; remove it")
    table = workspace_for(series.recipe.view, workspace).located.table
    why = keep(_whole_view(series), table)
    counts = [panel.count for panel in panels]
    tally = SeriesTally.of(counts, {str(key): str(said) for key, said in why.items()})
    whole = _whole(workspace, series, base, panels, tally, left_out)
    said: tuple[str, ...] = ()
    if series.form == "pair":
        first, second = (panel.content.entries for panel in panels)
        said = tuple(say_pair(first, second, base.names))
        whole = replace(whole, alt_text=" ".join((whole.alt_text, *said)))
    made = _with_digests(workspace, series, {key for count in counts for key in count.shown})
    return SeriesContents(made, whole, tuple(panels), base, names, tally, said, tuple(left_out))


class SharedNumbers:
    """The numbers of records and sources that all maps of a series share."""

    def __init__(self, base: Content) -> None:
        self._records = {entry.record: entry.number for entry in base.entries}
        self._sources = {source.key: source.number for source in base.sources}

    def on(self, content: Content) -> Content:
        """The same content with the shared numbers."""
        old = {entry.number: self._of(self._records, entry.record) for entry in content.entries}
        cited = {source.number: self._of(self._sources, source.key) for source in content.sources}
        return replace(
            content,
            entries=tuple(
                sorted((_renumbered(one, old, cited) for one in content.entries), key=_number)
            ),
            sources=tuple(replace(one, number=cited[one.number]) for one in content.sources),
            spots=tuple(replace(one, rows=_rows(one.rows, old)) for one in content.spots),
            badges=tuple(replace(one, rows=_rows(one.rows, old)) for one in content.badges),
        )

    def _of(self, numbers: dict[str, int], key: str) -> int:
        return numbers.setdefault(key, len(numbers) + 1)


def _number(entry: RecordNote) -> int:
    return entry.number


def _renumbered(entry: RecordNote, old: Mapping[int, int], cited: Mapping[int, int]) -> RecordNote:
    references = (
        Reference(cited[one.source], one.reliability, one.credibility) for one in entry.references
    )
    by_source = sorted(references, key=lambda one: (one.source, one.reliability, one.credibility))
    return replace(entry, number=old[entry.number], references=tuple(by_source))


def _rows(rows: Iterable[SignRow], old: Mapping[int, int]) -> tuple[SignRow, ...]:
    return tuple(
        replace(row, numbers=tuple(sorted(old[number] for number in row.numbers))) for row in rows
    )


def parts_of_series(workspace: Workspace, series: SeriesRecipe) -> Iterator[tuple[str, ViewPart]]:
    """Yield each map with the name of its section.

    Raises
    ------
    OptionError
        There is none, there are more than the limit, or what varies does not fit together.
    """
    view, most = series.recipe.view, limits.MAX_SERIES_MAPS
    if series.form == "pair":
        yield from (("", part) for part in _pair(view))
        return
    if series.then == series.each or {series.then, series.each} <= PERIODS:
        raise OptionError(f"--then {series.then}: cannot vary within each {series.each}")
    outer = view_parts(view, series.each, workspace, most)
    if series.then is None:
        yield from (("", part) for part in outer)
        return
    inner = view_parts(view, series.then, workspace, most)
    if len(outer) * len(inner) > most:
        raise OptionError(
            f"by {series.each} and {series.then}: makes {len(outer) * len(inner):,} maps; at most "
            f"{most} in a series"
        )
    for section in outer:
        for part in inner:
            yield section.name, ViewPart(part.name, _both(section.view, part.view, series.then))


def shown_by(views: Iterable[View], workspace: Workspace) -> frozenset[str]:
    """Ids of the records that any of the Views shows."""
    return frozenset(
        str(key)
        for view in views
        for key, why in keep(view, workspace_for(view, workspace).located.table).items()
        if not why
    )


def _both(outer: View, inner: View, step: PartStep) -> View:
    """The View of a part within another one of another kind."""
    if step == "province":
        return replace(outer, provinces=inner.provinces)
    if step == "group":
        return outer.without(inner.off)
    return replace(outer, first=inner.first, last=inner.last)


def _pair(view: View) -> Iterator[ViewPart]:
    if view.compare is None or (view.first is None and view.last is None):
        raise OptionError(
            "a pair needs two periods; give the first with --from and --to, the second with "
            "--compare"
        )
    first, last = view.compare
    for one in (view, replace(view, first=first, last=last)):
        yield ViewPart(_capital(say_period(one)), replace(one, compare=None))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _whole_view(series: SeriesRecipe) -> View:
    """The View of everything that may be on a map; that of a pair spans both periods."""
    view = series.recipe.view
    if series.form != "pair":
        return replace(view, compare=None)
    first, last = view.days()
    return replace(view, first=first, last=last, compare=None)


def _drawn(series: SeriesRecipe, view: View) -> View:
    """The View as its map is drawn: many small maps have no base map below their marks."""
    is_small = series.form == "multiples" or series.then is not None
    return replace(view, base_off=BASE_PARTS) if is_small else view


def _panel(
    workspace: Workspace,
    series: SeriesRecipe,
    part: ViewPart,
    numbers: SharedNumbers,
    section: int,
) -> SeriesPanel:
    recipe = replace(series.recipe, view=_drawn(series, part.view))
    content = numbers.on(compose(workspace, recipe))
    selection = select(part.view, workspace)
    ledger = selection.ledger
    count = PanelCount(
        shown=frozenset(map(str, selection.table["record"])),
        total=ledger.total,
        drawn=ledger.drawn - content.elsewhere,
        beside=sum(ledger.beside.values()),
        outside=content.elsewhere,
    )
    return SeriesPanel(part.name, part.view, content, count, section)


def _whole(
    workspace: Workspace,
    series: SeriesRecipe,
    base: Content,
    panels: Sequence[SeriesPanel],
    tally: SeriesTally,
    left_out: Sequence[str],
) -> Content:
    """The content of the whole series, whose notes are those of all maps, and of no map."""
    found = {entry.record: entry for entry in base.entries}
    on_maps = {entry.record: entry for panel in panels for entry in panel.content.entries}
    nowhere = [
        replace(entry, where="beside", beside=_IN_NO_MAP)
        for key, entry in found.items()
        if key not in on_maps
    ]
    entries = (*sorted(on_maps.values(), key=_number), *nowhere)
    sources = {source.key: source for panel in panels for source in panel.content.sources}
    sources |= {source.key: source for source in base.sources}
    spots = [spot for panel in panels for spot in panel.content.spots]
    badges = [badge for panel in panels for badge in panel.content.badges]
    provinces = series.recipe.view.mode == "provinces"
    steps = shade_steps(workspace.located.table) if provinces else ()
    return replace(
        base,
        subtitle=(*base.subtitle, *_varies(series)),
        ledger=say_tally(tally, series),
        entries=entries,
        sources=tuple(sorted(sources.values(), key=lambda one: one.number)),
        spots=(),
        badges=(),
        about_country=frozenset(),
        legend=(
            *legend_parts(
                list(on_maps.values()), spots, badges, base.names, steps, series.recipe.view.mode
            ),
            *base_legend(
                workspace.country.base_map, base.base_off, base.frame, SIZES[series.recipe.size]
            ),
        ),
        warnings=(*base.warnings, *_say_left_out(left_out)),
        alt_text=say_maps(panels, say_tally(tally, series)),
    )


def _varies(series: SeriesRecipe) -> Iterator[str]:
    if series.form == "pair":
        yield "two periods, in the same extent and scale"
        return
    yield (
        _EACH[series.each]
        if series.then is None
        else (f"one map for each {series.then} of each {series.each}")
    )


def _say_left_out(names: Sequence[str]) -> Iterator[str]:
    if names:
        is_few = len(names) <= _FEW_NAMES
        said = f": {'; '.join(names)}" if is_few else ""
        yield f"{counted(len(names), 'map')} without any record omitted{said}."


def say_maps(panels: Sequence[SeriesPanel], ledger: str) -> str:
    """Maps in words, for readers who cannot see them: the record count of each."""
    said = " ".join(f"{panel.name}: {panel.ledger}." for panel in panels)
    return f"{counted(len(panels), 'map')}. {ledger}. {said}"


def _with_digests(workspace: Workspace, series: SeriesRecipe, shown: set[str]) -> SeriesRecipe:
    """The series with digests of the data and of the records on its maps."""
    asked = workspace_for(series.recipe.view, workspace)
    recipe: Recipe = series.recipe.for_data(
        asked.reading.digest, asked.country.digest, record_digests(asked.reading, shown)
    )
    return series.with_recipe(recipe)
