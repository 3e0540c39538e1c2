"""Make many snapshots: one for each province, month or group, or for each row of a list.

A request that fails does not stop the others, and its error names the row or unit it came from.
"""

from __future__ import annotations

import csv
import io
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, Literal

from geo import limits
from geo.briefing.formats import OutputFile
from geo.briefing.recreate import with_recipe
from geo.dossier.messages import meant
from geo.dossier.yaml_lines import YamlFile, YamlLimits, read_yaml
from geo.errors import FigureListError, GeoError, IntakeError, OptionError, fault_of_program
from geo.logs import log_fault
from geo.snapshot.content.event_file import EventFile
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.output.making import Snapshot, make
from geo.table.workspace import Workspace
from geo.view import keep, workspace_for
from geo.view.parts import view_parts

Each = Literal["province", "month", "group"]
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FigureRequest:
    """A requested snapshot.

    Parameters
    ----------
    where
        Its name in messages: ``Kunduz``, or ``list.csv row 3``.
    """

    where: str
    recipe: Recipe


@dataclass(frozen=True, eq=False)
class Outcome:
    """The result of a request: a snapshot with its files, or why there is none.

    Parameters
    ----------
    is_unexpected
        Whether the fault is one of the program; the log has its traceback.
    """

    request: FigureRequest
    snapshot: Snapshot | None = None
    files: tuple[OutputFile, ...] = ()
    fault: str = ""
    is_unexpected: bool = False


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list: its cells as text, by the name of the column."""

    where: str
    values: Mapping[str, str]


def make_each(
    workspace: Workspace,
    requests: Iterable[FigureRequest],
    forms: Sequence[str],
    *,
    dpi: int | None = None,
    as_picture: bool = False,
    events: EventFile | None = None,
) -> Iterator[Outcome]:
    """Make the figures one by one, and yield each, so that none is lost if another fails."""
    for request in requests:
        try:
            snapshot = make(workspace, request.recipe, events)
            made = with_recipe(snapshot, workspace, forms, dpi=dpi, as_picture=as_picture)
        except GeoError as error:
            yield Outcome(request, fault=f"{request.where}: {error}")
        except Exception as error:  # noqa: BLE001 - logged, and it must not cost the others
            log_fault(_LOG, f"making the figure of {request.where}", error)
            fault = f"{request.where}: {fault_of_program(error, 'making this figure')}"
            yield Outcome(request, fault=fault, is_unexpected=True)
        else:
            _LOG.debug("%s: %d files made", request.where, len(made))
            yield Outcome(request, snapshot, made)


def for_each(each: Each, workspace: Workspace, recipe: Recipe) -> tuple[FigureRequest, ...]:
    """Return one request for each province, month or group in a View.

    Months are those in which a record of the View may fall. A province or group without records
    gets a snapshot that says so.

    Raises
    ------
    OptionError
        There is none, or there are more than :data:`geo.limits.MAX_SNAPSHOTS`.
    """
    base = recipe.title or workspace.reading.dossier.title
    try:
        # Months without records are left out below, and so are not counted yet.
        parts = view_parts(recipe.view, each, workspace, limits.MAX_COUNTED_PERIODS)
    except OptionError as error:
        raise OptionError(f"--each {error.args[0].removeprefix('by ')}") from error
    table = workspace_for(recipe.view, workspace).located.table
    requests = [
        FigureRequest(part.name, replace(recipe, view=part.view, title=f"{part.name}: {base}"))
        for part in parts
        if each != "month" or (keep(part.view, table) == "").any()
    ]
    if not requests:
        raise OptionError(f"--each {each}: no record of these filters has one")
    if len(requests) > (most := limits.MAX_SNAPSHOTS):
        raise OptionError(f"--each {each}: makes {len(requests)} snapshots; at most {most} at once")
    return tuple(requests)


def read_list(
    data: bytes,
    name: str,
    columns: Sequence[str],
    renamed: Mapping[str, str] = MappingProxyType({}),
) -> tuple[list[ListRow], list[str]]:
    r"""Read a list of figures, CSV or YAML; a row with an error is reported and rejected.

    Parameters
    ----------
    name
        The file's name; its ending decides how the file is read.
    columns
        The columns that the list may have.
    renamed
        Old names of columns, which are read as the new ones.

    Returns
    -------
    The rows that can be used, and a message for each that cannot.

    Raises
    ------
    FigureListError
        Nothing in the list can be read.

    Examples
    --------
    >>> rows, faults = read_list(b"title,from\nKabul,2024\n\n,2023,x\n", "l.csv", ["title", "from"])
    >>> rows
    [ListRow(where='l.csv row 2', values={'title': 'Kabul', 'from': '2024'})]
    >>> faults
    ['l.csv row 4: has 3 cells; the first row names 2 columns']
    """
    if len(data) > (most := limits.MAX_LIST_BYTES):
        raise FigureListError(f"{name}: larger than {most:,} bytes; that is not a list")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FigureListError(
            f"{name}: is not UTF-8 text; save it as CSV UTF-8 or as YAML"
        ) from error
    is_yaml = name.lower().endswith((".yaml", ".yml"))
    rows, faults = (_yaml if is_yaml else _csv)(text, name, columns, renamed)
    if len(rows) > (most := limits.MAX_SNAPSHOTS):
        raise FigureListError(f"{name}: holds {len(rows)} rows; at most {most} at once")
    if not rows and not faults:
        raise FigureListError(f"{name}: holds no row; expected a snapshot in each")
    return rows, faults


def _csv(
    text: str, name: str, columns: Sequence[str], renamed: Mapping[str, str]
) -> tuple[list[ListRow], list[str]]:
    head_line = text.partition("\n")[0]
    comma = ";" if ";" in head_line and "," not in head_line else ","
    try:
        head, *rest = list(csv.reader(io.StringIO(text, newline=""), delimiter=comma)) or [[]]
    except csv.Error as error:
        raise FigureListError(f"{name}: cannot be read as CSV ({error})") from error
    head = [renamed.get(cell.strip(), cell.strip()) for cell in head]
    _check_head(head, name, columns)
    rows, faults = [], []
    for number, cells in enumerate(rest, start=2):
        where = f"{name} row {number}"
        if len(cells) > len(head):
            faults.append(
                f"{where}: has {len(cells)} cells; the first row names {len(head)} columns"
            )
        elif any(cell.strip() for cell in cells):
            rows.append(ListRow(where, dict(zip(head, map(str.strip, cells), strict=False))))
    return rows, faults


def _check_head(head: Sequence[str], name: str, columns: Sequence[str]) -> None:
    for column in head:
        if column not in columns:
            raise FigureListError(_unknown(f"{name} row 1", column, columns))
        if head.count(column) > 1:
            raise FigureListError(f"{name} row 1: names the column {column!r} twice")


def _yaml(
    text: str, name: str, columns: Sequence[str], renamed: Mapping[str, str]
) -> tuple[list[ListRow], list[str]]:
    try:
        file = read_yaml(text, YamlLimits(limits.MAX_LIST_DEPTH, limits.MAX_LIST_PARTS))
    except IntakeError as error:
        raise FigureListError(f"{name}: {error}") from error
    if not isinstance(file.value, list):
        raise FigureListError(
            f"{name}: is not a list; begin each snapshot with a dash and its options"
        )
    faults = [f"{name} line {line}: {said}" for line, _, said in file.faults]
    rows = []
    for at, item in enumerate(file.value):
        try:
            rows.append(_yaml_row(_current(item, renamed), at, file, name, columns))
        except FigureListError as error:
            faults.append(str(error))
    return rows, faults


def _current(item: Any, renamed: Mapping[str, str]) -> Any:
    """Return a row with its columns under their new names."""
    if not isinstance(item, dict):
        return item
    return {renamed.get(column, column): value for column, value in item.items()}


def _yaml_row(item: Any, at: int, file: YamlFile, name: str, columns: Sequence[str]) -> ListRow:
    where = f"{name} line {file.line_of((at,))}"
    if not isinstance(item, dict):
        raise FigureListError(
            f"{where}: is not a figure; write options such as title: Attacks in May"
        )
    values = {}
    for column, value in item.items():
        here = f"{name} line {file.line_of((at, column))}"
        if column not in columns:
            raise FigureListError(_unknown(here, column, columns))
        values[column] = _cell(value, f"{here}, {column}")
    return ListRow(where, values)


def _cell(value: Any, where: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ",".join(_cell(one, where) for one in value)
        case dict():
            raise FigureListError(f"{where}: must be text, a number or a list of them")
        case _:
            return str(value).strip()


def _unknown(where: str, column: str, columns: Sequence[str]) -> str:
    some = ", ".join(columns)
    return f"{where}: there is no column {column!r}{meant(column, columns)}; expected any of {some}"
