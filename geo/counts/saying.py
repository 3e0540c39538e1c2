"""Statements, counts and decisions in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import singledispatch
from typing import Final

from geo.counts.bounds import BoundedCount, FatalityRange
from geo.counts.cells import CountCell
from geo.counts.deciding import Decision, RecordReading
from geo.counts.period_units import day_at, say_days
from geo.counts.statements import (
    AtLeast,
    AtMost,
    CheckedStatement,
    HasMost,
    IsFirst,
    MoreIn,
    Rises,
    ShareAbove,
)
from geo.table.workspace import Workspace
from geo.text import capitalised, counted, listed
from geo.view import UNNAMED
from geo.view.saying import say_day
from geo.wording import vocabulary

_STATUS: Final = {one.key: one.label.lower() for one in vocabulary.STATUSES}
_KIND: Final[Mapping[str, str]] = {one.key: one.label.lower() for one in vocabulary.KINDS}
_VERDICT: Final = {
    "always": "Always true: in every reading of the records.",
    "never": "Never true: in no reading of the records.",
}


class CellNames:
    """The names of groups and provinces, by key and code."""

    def __init__(self, groups: Mapping[str, str], provinces: Mapping[str, str]) -> None:
        self._groups = {UNNAMED: vocabulary.UNNAMED_NAME.lower(), **groups}
        self._provinces = provinces

    @classmethod
    def of(cls, workspace: Workspace) -> CellNames:
        """The names of a country and its dossier."""
        groups = workspace.reading.dossier.groups
        return cls(
            {key: group.short for key, group in groups.items()},
            {one.code: one.name for one in workspace.country.provinces},
        )

    def group(self, key: str) -> str:
        """The short name of a group; a key that is not known is its own name."""
        return self._groups.get(key, key)

    def province(self, code: str) -> str:
        """The name of a province."""
        return self._provinces.get(code, code)

    def value(self, name: str, value: str) -> str:
        """The name of a value that has the most."""
        readers: dict[str, Callable[[str], str]] = {
            "province": self.province, "group": self.group,
            "status": lambda key: f"“{_STATUS[key]}”",
        }  # fmt: skip
        return readers.get(name, str)(value)


def say_cell(cell: CountCell, names: CellNames) -> str:
    """A cell in words.

    Examples
    --------
    >>> from datetime import date
    >>> say_cell(CountCell(provinces=("XX-AL",), first=date(2022, 1, 1), last=date(2022, 12, 31),
    ...                    kinds=("incident",)), CellNames({}, {"XX-AL": "Alder"}))
    'incidents in Alder in 2022'
    """
    kinds = [_KIND[kind] for kind in cell.kinds]
    words = [listed(kinds) if len(kinds) == 1 else "records"]
    if cell.groups:
        words.append(f"of {listed([names.group(key) for key in cell.groups])}")
    if cell.statuses:
        words.append(f"with the status {listed([f'“{_STATUS[key]}”' for key in cell.statuses])}")
    if cell.provinces:
        words.append(f"in {listed([names.province(code) for code in cell.provinces])}")
    if cell.first or cell.last:
        words.append(say_days(cell.first, cell.last))
    return " ".join(words)


@singledispatch
def say_statement(statement: CheckedStatement, names: CellNames) -> str:
    """A statement as one sentence."""
    raise NotImplementedError(type(statement).__name__)


@say_statement.register
def _(statement: MoreIn, names: CellNames) -> str:
    margin = f" at least {statement.margin} more" if statement.margin > 1 else " more"
    return (
        f"There are{margin} {say_cell(statement.cell, names)} than "
        f"{say_cell(statement.than, names)}."
    )


@say_statement.register
def _(statement: AtLeast, names: CellNames) -> str:
    return f"There are at least {statement.number:,} {say_cell(statement.cell, names)}."


@say_statement.register
def _(statement: AtMost, names: CellNames) -> str:
    return f"There are at most {statement.number:,} {say_cell(statement.cell, names)}."


@say_statement.register
def _(statement: ShareAbove, names: CellNames) -> str:
    statuses = listed([f"“{_STATUS[key]}”" for key in statement.statuses])
    percent = f"{float(statement.share * 100):g}"
    return f"More than {percent}% of the {say_cell(statement.cell, names)} are {statuses}."


@say_statement.register
def _(statement: Rises, names: CellNames) -> str:
    verb = "falls" if statement.falls else "rises"
    when = say_days(day_at(statement.days.first), day_at(statement.days.last))
    return (
        f"The number of {say_cell(statement.cell, names)} {verb} from each {statement.unit} to the "
        f"next, {when}."
    )


@say_statement.register
def _(statement: HasMost, names: CellNames) -> str:
    value = names.value(statement.by, statement.value)
    return (
        f"Of the {say_cell(statement.cell, names)}, {value} has more than any other {statement.by}."
    )


@say_statement.register
def _(statement: IsFirst, names: CellNames) -> str:
    order = "last" if statement.last else "first"
    return f"{statement.record} is the {order} of the {say_cell(statement.cell, names)}."


def say_bounds(found: BoundedCount) -> str:
    """The fewest and the most records in words.

    Examples
    --------
    >>> say_bounds(BoundedCount(CountCell(), 2, 5)), say_bounds(BoundedCount(CountCell(), 2, 2))
    ('2 to 5', '2')
    """
    return f"{found.low:,}" if found.low == found.high else f"{found.low:,} to {found.high:,}"


def say_fatalities(found: FatalityRange) -> str:
    """The fewest and the most fatalities in words; an open end stays open.

    Examples
    --------
    >>> say_fatalities(FatalityRange(20, None, 1, 2)), say_fatalities(FatalityRange())
    ('at least 20', 'none stated')
    """
    if not found.incidents_high:
        return "none stated"
    if found.high is None:
        return f"at least {found.low:,}" if found.low else "0 or more"
    return f"{found.low:,}" if found.low == found.high else f"{found.low:,} to {found.high:,}"


def say_verdict(decision: Decision) -> str:
    """What was decided, in one sentence."""
    if decision.verdict != "depends":
        return _VERDICT[decision.verdict]
    return f"It depends on {counted(decision.depends_count, 'record')}."


def say_reading(reading: RecordReading, names: CellNames) -> str:
    """One reading of a record in words.

    Examples
    --------
    >>> say_reading(RecordReading("an-attack", None, None, ()), CellNames({}, {}))
    'an-attack: outside the periods compared, in no province'
    """
    if reading.first is None or reading.last is None:
        when = "outside the periods compared"
    elif reading.first == reading.last:
        when = f"on {say_day(reading.first)}"
    else:
        when = f"from {say_day(reading.first)} to {say_day(reading.last)}"
    where = [names.province(code) for code in reading.provinces]
    return f"{reading.id}: {when}, {f'in {listed(where)}' if where else 'in no province'}"


def say_not_counted(decision: Decision, country: str) -> str:
    """What no reading can count, in one line; empty where everything is counted."""
    beside = {one.key: one.label for one in vocabulary.standings(country)}
    words = {
        **beside,
        "out_of_view": "filtered out",
        "unreadable": "that could not be read",
    }
    parts = [f"{number} {words.get(why, why)}" for why, number in decision.not_counted.items()]
    if parts:
        parts[0] = f"Not counted: {parts[0]}"
    if decision.loose:
        dates = counted(decision.loose, "record has", "records have")
        parts.append(f"{dates} an approximate or uncertain date, certain in no period")
    if decision.unsourced:
        parts.append(f"{counted(decision.unsourced, 'record has', 'records have')} no known source")
    return capitalised(" · ".join(parts))
