"""Recognise what a file is for, so that a command given the wrong file names the right command.

Dossiers, tables of events, imported event tables, folders of them and recipes of figures are
recognised by their first bytes, or by their endings where the bytes say nothing. The name of an
output must have the ending of what is written.
"""

from __future__ import annotations

import csv
import re
import shlex
from collections.abc import Collection
from pathlib import Path
from typing import Final, Literal

from geo.errors import IntakeError
from geo.events.readers.file_kinds import HEAD, FileKind, kind_of
from geo.events.readers.sources import read_ends
from geo.events.store.dataset import is_dataset
from geo.events.store.storage import is_events

Use = Literal[
    "dossier", "table", "events", "dataset", "country", "folder", "recipe", "text", "other"
]
"""``text`` may be a damaged dossier or a table of one column; its reader reports the problem."""

_TABLES: Final = frozenset({".csv", ".tsv", ".tab", ".geojson", ".xlsx", ".ods"})
_DOSSIERS: Final = frozenset({".yaml", ".yml"})
_KEY: Final = re.compile(r"[A-Za-z_-]{1,40}:(\s|$)")
_TABULAR: Final = frozenset({"xlsx", "ods", "kml", "kmz", "gpx", "gzip", "zip", "gpkg",
                             "shapefile-zip", "parquet"})  # fmt: skip
"""Kinds of files that hold tables of events, readable or not."""
_FIELDS: Final = (b'"incidents"', b'"presence"', b'"sources"')
_COUNTRY: Final = "country.yaml"
_DELIMITERS: Final = (",", ";", "\t")


def use_of(path: Path) -> Use:
    """Return the use of a path; ``other`` for a file that no command reads.

    Raises
    ------
    IntakeError
        There is no such file, or it cannot be read.
    """
    if path.is_dir():
        if is_dataset(path):
            return "dataset"
        return "country" if (path / _COUNTRY).is_file() else "folder"
    head, tail = read_ends(path, str(path), HEAD)
    kind = kind_of(head, tail)
    if kind is not None and kind.key == "parquet":
        return "events" if is_events(path) else "table"
    return _of_bytes(head, kind, path.suffix.lower())


def use_of_bytes(data: bytes) -> Use:
    r"""Return the use of bytes that come without a file name.

    Examples
    --------
    >>> use_of_bytes(b"# ours\ntitle: A dossier\n"), use_of_bytes(b"date,place\n2022,Kabul\n")
    ('dossier', 'table')
    >>> use_of_bytes(b"%PDF-1.7"), use_of_bytes(b'{"incidentMapRecipe": 1}')
    ('other', 'recipe')
    """
    head = data[:HEAD]
    kind = kind_of(head, data[-HEAD:])
    if kind is not None and kind.key == "parquet":
        return "events" if is_events(data) else "table"
    return _of_bytes(head, kind, "")


def check_dossier(path: Path) -> None:
    """Refuse what is clearly not a dossier, naming the right command.

    Raises
    ------
    IntakeError
        It is something else, or there is no such file.
    """
    use = use_of(path)
    if use in {"dossier", "text"}:
        return
    name, table = shlex.quote(str(path)), _imported(path)
    advice = {
        "table": f"is a table of events, not a dossier; import it with `incident-map import {name} "
        f"--out {table}`, then draw it with `incident-map map --event-table {table} --out "
        "MAP.html`",
        "recipe": "is the recipe of a figure, not a dossier; make the figure with `incident-map "
        f"snapshot --recipe {name} --out FIGURE.pdf`",
        "country": f"is the folder of a country; give it as --data {name}",
        "folder": "is a folder; give the path of a dossier, such as incidents.yaml",
        "other": f"this is {_called(path)}, not a dossier; a dossier is a YAML file such as "
        "incidents.yaml",
    }.get(use, f"is an event table, not a dossier; {_drawn(path)}")
    raise IntakeError(f"{path}: {advice}")


def check_events(path: Path) -> None:
    """Refuse what is not imported yet, or never can be.

    Raises
    ------
    IntakeError
        It is not an event table or a folder of them, or there is no such file.
    """
    name = shlex.quote(str(path))
    if not path.exists():
        raise IntakeError(
            f"{path}: there is no such file; `incident-map import FILE --out {name}` creates one"
        )
    use = use_of(path)
    if use in {"events", "dataset"}:
        return
    first = f"`incident-map import {name} --out {_imported(path)}`"
    advice = {
        "table": f"is a table that has not been imported; import it first: {first}",
        "dossier": "is a dossier, not an event table; it needs no import: `incident-map "
        f"map {name} --out MAP.html`",
        "recipe": "is the recipe of a figure, not an event table",
        "country": f"is the folder of a country, not of events; give it as --data {name}",
        "folder": "is a folder without imported events; make one with `incident-map import FILE "
        f"--out {name}`",
    }.get(use, f"this is {_called(path)}, not an event table that `incident-map import` made")
    raise IntakeError(f"{path}: {advice}")


def check_source(path: Path) -> None:
    """Refuse what cannot be imported because it has another use; its reader names a wrong kind.

    Raises
    ------
    IntakeError
        It is a dossier, a recipe or a folder.
    """
    if not path.exists():
        raise IntakeError(f"{path}: there is no such file")
    use, name = use_of(path), shlex.quote(str(path))
    advice = {
        "dossier": "is a dossier, which needs no import: `incident-map map "
        f"{name} --out MAP.html`; `incident-map export {name} --to csv --out FILE.csv` makes a "
        "table of it",
        "recipe": "is the recipe of a figure; make the figure with `incident-map snapshot --recipe "
        f"{name} --out FIGURE.pdf`",
        "dataset": f"is already a folder of imported events; {_drawn(path)}",
        "country": "is the folder of a country; import one file at a time",
        "folder": "is a folder; import one file at a time",
    }.get(use)
    if advice is not None:
        raise IntakeError(f"{path}: {advice}")


def check_ending(out: Path, endings: Collection[str], instead: str = "", *, why: str = "") -> None:
    """Refuse a name for the output whose ending suggests another kind of file.

    Parameters
    ----------
    out
        File to write. Folders are checked by the command.
    endings
        Endings that are allowed, in lower case with their dots.
    instead
        How to make the kind of file that the name suggests.
    why
        What the ending must match, such as ``to match --to xlsx``.

    Raises
    ------
    IntakeError
        The ending is a different one, or is missing.

    Examples
    --------
    >>> check_ending(Path("Events.PARQUET"), {".parquet"})
    >>> check_ending(Path("events.xlsx"), {".parquet"}, "first import, then export")
    Traceback (most recent call last):
        ...
    geo.errors.IntakeError: events.xlsx: ends in .xlsx, expected .parquet; first import, then export
    """
    if out.suffix.lower() not in endings:
        ends = f"ends in {out.suffix}" if out.suffix else "has no ending"
        expected = f"{' or '.join(sorted(endings))}{f' {why}' if why else ''}"
        raise IntakeError(f"{out}: {ends}, expected {expected}{f'; {instead}' if instead else ''}")


def _of_bytes(head: bytes, kind: FileKind | None, suffix: str) -> Use:
    if kind is not None:
        return _of_kind(head, kind, suffix)
    text = head.decode("utf-8", errors="replace").removeprefix("\ufeff")
    if suffix in _TABLES:
        return "table"
    if suffix in _DOSSIERS:
        return "dossier"
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    first = next(lines, "")
    if first.startswith("---") or _KEY.match(first):
        return "dossier"
    return "table" if any(_names(first, one) for one in _DELIMITERS) else "text"


def _of_kind(head: bytes, kind: FileKind, suffix: str) -> Use:
    if kind.key in _TABULAR or (kind.key == "json" and suffix == ".geojson"):
        return "table"
    if kind.key != "json":
        return "text" if kind.key == "empty" else "other"
    if b'"incidentMapRecipe"' in head:
        return "recipe"
    # YAML includes JSON, so a dossier may be written as JSON.
    return "dossier" if any(field in head for field in _FIELDS) else "table"


def _names(line: str, delimiter: str) -> bool:
    """Tell whether a line is the heading of a table: several names between delimiters."""
    try:
        found = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return False
    return len(found) > 1 and not any(": " in name for name in found)


def _called(path: Path) -> str:
    if path.is_dir():
        return "a folder"
    kind = kind_of(*read_ends(path, str(path), HEAD))
    return kind.name if kind is not None else "another file"


def _imported(path: Path) -> str:
    return shlex.quote(f"{path.stem or 'events'}.parquet")


def _drawn(path: Path) -> str:
    name = shlex.quote(str(path))
    return f"draw it with `incident-map map --event-table {name} --out MAP.html`"
