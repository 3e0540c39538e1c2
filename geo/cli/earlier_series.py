"""Files of a series, as the commands ``verify``, ``check`` and ``refresh`` take them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.cli.drawing import drawing_shown

if TYPE_CHECKING:
    from datetime import date

    from geo.series.earlier_files import RefreshedSeries
    from geo.table.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SaidOfSeries:
    """What a command says of a file: in lines, as JSON, and whether all is well."""

    lines: tuple[str, ...]
    row: dict[str, Any]
    is_well: bool


def verified_series(data: bytes, name: str, workspace: Workspace) -> SaidOfSeries | None:
    """Compare a file of a series with the data that it names; ``None`` for any other file."""
    from geo.series.earlier_files import verify_series_file
    from geo.series.earlier_wording import series_json, verified_series_lines

    with drawing_shown() as drawing:
        found = verify_series_file(data, name, workspace, drawing)
    if found is None:
        return None
    row = {"file": name} | series_json(found.found, verified=found)
    return SaidOfSeries((f"{name}:", *verified_series_lines(found)), row, found.is_sound)


def checked_series(data: bytes, name: str, workspace: Workspace) -> SaidOfSeries | None:
    """Name what has changed since a file of a series was made; ``None`` for any other file."""
    from geo.series.earlier_files import check_series_file
    from geo.series.earlier_wording import checked_series_lines, series_json

    found = check_series_file(data, name, workspace)
    if found is None:
        return None
    row = {"file": name} | series_json(found.found, checked=found)
    return SaidOfSeries(tuple(checked_series_lines(found)), row, found.is_current)


def refreshed_series(
    data: bytes, name: str, workspace: Workspace, today: date
) -> RefreshedSeries | None:
    """Recreate a file of a series if it is out of date; ``None`` for any other file."""
    from geo.series.earlier_files import refresh_series_file

    with drawing_shown() as drawing:
        return refresh_series_file(data, name, workspace, today, drawing)
