"""Try the import on a folder of event files and judge the result by the files' own words.

Run from the project's root::

    python tools/try_event_files.py FOLDER [--data DIR]

Every file below the folder is imported as ``incident-map import`` would do it; a table of unknown
columns with the mapping that is proposed for it. It prints a Markdown table: rows read, imported,
rejected and imported with warnings, rows drawn finer than the file itself states, rows with a party
that is not known, seconds, and the message if a file was refused. Ends with 1 if anything
other than a refusal was raised, a row is not accounted for, or one is drawn finer than stated.

How fine a row may be drawn is judged here anew, from the cells of the file, and without the code
that the import itself uses. CSV and JSON are read again for it with Python's own readers; of other
formats the cells are those that the event table keeps.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import GeoError
from geo.events.columns.formats import recognise
from geo.events.columns.rejects import distinct_rows
from geo.events.importing.importing import convert
from geo.events.mapping.mapping import ColumnMapping
from geo.events.mapping.proposing import proposal_of
from geo.events.parties.actors import Registry
from geo.events.readers.counts import refuse_counts
from geo.events.readers.csv_rows import RawTable
from geo.events.readers.opening import read_source
from geo.places.country import Country
from geo.workspace import data_folder, read_country

ORDER: Final = (
    "exact", "settlement", "near", "district", "province", "region", "country", "unknown",
)  # fmt: skip
# Ranks of the precisions of this program, the finest first, in the steps of UCDP's where_prec.
_SETTLEMENT, _NEAR, _DISTRICT, _PROVINCE, _COUNTRY, _UNKNOWN = 1, 2, 3, 4, 6, 7
_BY_CODE: Final[Mapping[str, Mapping[str, int]]] = {
    # UCDP GED codebook 23.1; a 5 is somewhere in the unit that the row names.
    "ucdp": {"1": _SETTLEMENT, "2": _NEAR, "3": _DISTRICT, "4": _PROVINCE, "5": _DISTRICT,
             "6": _COUNTRY, "7": _UNKNOWN},
    # ACLED codebook.
    "acled": {"1": _SETTLEMENT, "2": _NEAR, "3": _PROVINCE},
    # GTD codebook, 2021.
    "gtd": {"1": _SETTLEMENT, "2": _DISTRICT, "3": _DISTRICT, "4": _PROVINCE, "5": _COUNTRY},
}  # fmt: skip
_HEADINGS: Final = {"where_prec": "ucdp", "geo_precision": "acled", "specificity": "gtd"}
_NUMBER: Final = re.compile(r"\(?(\d)\)?(?:\.0)?(?!\d)")
_OWN_COLUMN: Final = "original:"


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one file.

    Parameters
    ----------
    rows, kept, rejected, warned, finer, unmatched
        Numbers of rows; ``None`` where the file was not imported.
    message
        Why it was not.
    crashed
        Whether that was anything other than a refusal in words.
    """

    file: str
    form: str = ""
    rows: int | None = None
    kept: int = 0
    rejected: int = 0
    warned: int = 0
    finer: int | None = None
    unmatched: int = 0
    seconds: float = 0.0
    message: str = ""
    crashed: bool = False

    @property
    def lost(self) -> int:
        """Rows that are neither kept nor rejected."""
        return 0 if self.rows is None else abs(self.rows - self.kept - self.rejected)

    @property
    def is_sound(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.crashed or self.lost or self.finer)


def try_file(path: Path, name: str, country: Country, registry: Registry) -> Result:
    """Import one file; any exception becomes part of the result."""
    begun = time.monotonic()
    try:
        raw = read_source(path, name)
        refuse_counts(raw)
        mapping = _proposed(raw, country)
        today = datetime.now(UTC).date()
        found = convert(raw, country, registry, mapping=mapping, today=today)
        unmatched = pc.sum(pc.greater(pc.list_value_length(found.events["unmatched"]), 0)).as_py()
        return Result(
            name, found.form, found.rows, found.events.num_rows, found.rejected_rows,
            distinct_rows(found.doubts), finer_rows(path, found.events), unmatched or 0,
            time.monotonic() - begun,
        )  # fmt: skip
    except GeoError as refusal:
        message = str(refusal).removeprefix(name).lstrip(": ")
        return Result(name, seconds=time.monotonic() - begun, message=message)
    except Exception as error:  # noqa: BLE001 - to find these is what the program is for
        at = traceback.extract_tb(error.__traceback__)[-1]
        message = f"{type(error).__name__}: {error} ({Path(at.filename).name}:{at.lineno})"
        return Result(name, seconds=time.monotonic() - begun, message=message, crashed=True)


def _proposed(raw: RawTable, country: Country) -> ColumnMapping | None:
    columns = raw.table.column_names
    if recognise(columns) != "table":
        return None
    # Written and read again, as when a user passes a proposal to the command.
    proposal = proposal_of(raw.table, country.provinces.whole.bounds)
    return ColumnMapping.parse([str(proposal)], columns)


def finer_rows(path: Path, events: pa.Table) -> int | None:
    """How many events are drawn finer than the file's own precision; ``None`` if it has none.

    A cell that the event table keeps otherwise than the file has it counts as well.
    """
    kept = {name.removeprefix(_OWN_COLUMN): name for name in events.column_names
            if name.startswith(_OWN_COLUMN)}  # fmt: skip
    heading = next((name for name in kept if _scheme(name)), None)
    if heading is None:
        return None
    texts = [text or "" for text in events[kept[heading]].cast(pa.string()).to_pylist()]
    rows = events["row"].to_pylist()
    own = own_cells(path, heading)
    cells = texts if own is None else [own.get(row, "") for row in rows]
    is_acled = "time_precision" in {name.strip().lower() for name in kept}
    bounds = _BY_CODE["acled"] if is_acled else _bounds(heading, cells)
    precisions = events["precision"].cast(pa.string()).to_pylist()
    points = events["lat"].to_pylist()
    finer: int = sum(
        cell.strip() != text.strip()
        or ORDER.index(precision) < (finest := bounds.get(_code(cell), 0))
        or (lat is not None and finest >= _DISTRICT)
        for cell, text, precision, lat in zip(cells, texts, precisions, points, strict=True)
    )
    return finer


def _scheme(heading: str) -> str:
    name = "_".join(heading.strip().lower().split())
    if name in _HEADINGS:
        return _HEADINGS[name]
    is_precision = "precision" in name or name.endswith("_prec")
    return "unclear" if is_precision and not re.search("time|date", name) else ""


def _bounds(heading: str, cells: Iterable[str]) -> Mapping[str, int]:
    """The finest that each code allows; a 3 of nobody knows whom is at least a district."""
    scheme = _scheme(heading)
    codes = {_code(cell) for cell in cells}
    if scheme != "gtd" and codes & {"4", "5", "6", "7"}:
        return _BY_CODE["ucdp"]
    return _BY_CODE["ucdp" if scheme == "unclear" else scheme]


def _code(cell: str) -> str:
    found = _NUMBER.match(cell.strip())
    return found[1] if found else ""


def own_cells(path: Path, heading: str) -> dict[int, str] | None:
    """The cells of a column by the number of the row, read without this project's readers."""
    head = path.read_bytes()[:64].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith((b"{", b"[")):
        return dict(enumerate(_of_json(path, heading), start=1))
    if path.suffix.lower() not in {".csv", ".tsv", ".txt"}:
        return None
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        first = opened.readline()
        opened.seek(0)
        delimiter = max(",;\t", key=first.count)
        rows = [row for row in csv.reader(opened, delimiter=delimiter) if row]
    names = [name.strip() for name in rows[0]] if rows else []
    if heading.strip() not in names:
        return None
    at, body = names.index(heading.strip()), rows[1:]
    if body and all(cell.startswith("#") for cell in body[0] if cell.strip()):
        body = body[1:]
    return {number: row[at] if at < len(row) else "" for number, row in enumerate(body, start=1)}


def _of_json(path: Path, heading: str) -> Iterator[str]:
    whole: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    if isinstance(whole, dict):
        whole = whole.get("features", whole.get("data", []))
    for one in whole:
        cells = one.get("properties", one) if isinstance(one, dict) else {}
        value = (cells or {}).get(heading)
        yield "" if value is None else str(value)


def markdown(results: Sequence[Result]) -> Iterator[str]:
    """The results as lines of a Markdown table, the sums at the end."""
    heads = ("file", "format", "rows", "imported", "rejected", "with warnings", "finer than stated",
             "party unmatched", "seconds", "message")  # fmt: skip
    yield "| " + " | ".join(heads) + " |"
    yield "|---|---" + "|--:" * 7 + "|---|"
    for one in results:
        numbers = [one.kept, one.rejected, one.warned, one.finer, one.unmatched]
        is_read = one.rows is not None
        cells = ["–" if count is None or not is_read else f"{count:,}"
                 for count in (one.rows, *numbers)]  # fmt: skip
        message = ("**traceback** " if one.crashed else "") + one.message
        yield _line(one.file, one.form, *cells, f"{one.seconds:.1f}", message)
    read = [one for one in results if one.rows is not None]
    sums = [sum(getattr(one, name) or 0 for one in read)
            for name in ("rows", "kept", "rejected", "warned", "finer", "unmatched")]  # fmt: skip
    seconds = sum(one.seconds for one in results)
    crashed = sum(one.crashed for one in results)
    lost = sum(one.lost for one in results)
    message = (
        f"{crashed} tracebacks, {len(results) - len(read) - crashed} refused, "
        f"{lost} rows unaccounted"
    )
    total = f"{len(results)} files"
    yield _line(total, "", *(f"{count:,}" for count in sums), f"{seconds:.1f}", message)


def _line(*cells: str) -> str:
    plain = (" ".join(cell.split()).replace("|", "\\|")[:200] for cell in cells)
    return "| " + " | ".join(plain) + " |"


def main(words: Sequence[str] | None = None) -> int:
    """Try a folder and print the table."""
    parser = argparse.ArgumentParser(description="Try the import on a folder of event files.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=None, help="folder of the country")
    options = parser.parse_args(words)
    folder = data_folder(options.data)
    country, registry = read_country(folder), Registry.of_folder(folder)
    files = sorted(path for path in options.folder.rglob("*") if path.is_file())
    results = [
        try_file(path, str(path.relative_to(options.folder)), country, registry) for path in files
    ]
    print("\n".join(markdown(results)))
    return 0 if all(one.is_sound for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())
