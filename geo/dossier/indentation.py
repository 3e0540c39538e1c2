"""Lines of a dossier that begin in the wrong column, and where they belong.

In YAML the column decides what a line is part of, so that one wrong space can remove a section and
every record that refers to it. If the name of a field allows only one column, the line is read as
if it began there, and a problem says so with its line. All other lines are left unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

Fault = tuple[int, str]

_KEY = re.compile(r"( *)([A-Za-z0-9_][\w-]*):(?: |$)", re.ASCII)
_ITEM = re.compile(r"( *)(- +)([A-Za-z0-9_][\w-]*):(?: |$)", re.ASCII)
_DASH = re.compile(r"( *)- ")
_SHOWN: Final = 40
"""Most characters of a line that a message repeats, which keeps it to one line."""
_MOST_INDENTED_HEADING: Final = 3
"""Most spaces before a misplaced heading; the fields of a record usually have four."""
_WRONG: Final = " is indented incorrectly"


@dataclass(frozen=True)
class DossierLayout:
    """The sections of a dossier and their fields.

    Parameters
    ----------
    fields
        The fields of an entry, by its section.
    lists
        Sections that are lists; the others are mappings.
    inner
        Fields of the claims and places of a record.
    head
        Everything that may begin in the first column.
    """

    fields: Mapping[str, frozenset[str]]
    lists: frozenset[str]
    inner: frozenset[str]
    head: frozenset[str]


@dataclass
class _Columns:
    """The column in which the entries of a section begin, and that of their fields, from 0."""

    entry: int
    field: int


def straighten(text: str, layout: DossierLayout) -> tuple[str, list[Fault]]:
    """Move lines that begin in the wrong column to the only column in which they can belong.

    Returns
    -------
    tuple
        The text, with as many lines as before, and a list of line number (from 1) and sentence of
        each line that was moved.
    """
    if text.lstrip().startswith("{"):
        return text, []
    rows = text.split("\n")
    faults = [*_first(rows), *_headings(rows, layout), *_merged([*_fields(rows, layout)])]
    return ("\n".join(rows), faults) if faults else (text, [])


def _merged(faults: list[Fault]) -> Iterator[Fault]:
    """One problem for all lines that were moved to the same column, as they have one cause."""
    alike: dict[str, list[Fault]] = {}
    for line, sentence in faults:
        alike.setdefault(sentence.partition(_WRONG)[2], []).append((line, sentence))
    for (line, sentence), *more in alike.values():
        also = f"; the same applies to {len(more)} lines further down" if len(more) > 1 else ""
        yield line, f"{sentence}{also}"
        if len(more) == 1:
            yield more[0]


def _first(rows: list[str]) -> Iterator[Fault]:
    """The first line of the file, if it is indented and later fields are not."""
    first, *rest = [*_content(rows, 0)] or [0]
    match = _KEY.match(rows[first])
    if match and match[1] and any(not _indent_of(rows[at]) for at in rest):
        rows[first] = rows[first].lstrip()
        yield first + 1, f"'{match[2]}:' is indented; delete the spaces before it"


def _headings(rows: list[str], layout: DossierLayout) -> Iterator[Fault]:
    """Indented headings of sections, which would be part of the section above."""
    there = {match[2] for row in rows if (match := _KEY.match(row)) and not match[1]}
    for at, row in enumerate(rows):
        match = _KEY.fullmatch(row.split("#")[0].rstrip())
        if match is None or not 0 < len(match[1]) <= _MOST_INDENTED_HEADING:
            continue
        name = match[2]
        if name not in layout.fields or name in there:
            continue
        below = next(_content(rows, at + 1), None)
        if below is None or rows[below].lstrip().startswith("- ") != (name in layout.lists):
            continue
        there.add(name)
        rows[at] = row.lstrip()
        said = (
            f"the heading '{name}:' is indented, which makes it part of the section above; it was "
            "read as a section of its own: delete the spaces before it"
        )
        yield at + 1, said


def _fields(rows: list[str], layout: DossierLayout) -> Iterator[Fault]:
    """Fields and entries that do not begin in the column of those around them."""
    section, columns, seen = "", _Columns(0, 0), set[str]()
    for at in _content(rows, 0):
        key = _KEY.match(rows[at])
        if key and not key[1] and _is_heading(rows, at, key[2], columns, layout, seen):
            seen.add(key[2])
            section = key[2] if key[2] in layout.fields else ""
            columns = _columns(rows, at, section, layout)
        elif section and _strays(rows, at, section, columns, layout):
            column = _column_of_items(rows, at)
            _indent(rows, at, column)
            yield at + 1, _moved(rows[at].strip()[:_SHOWN], column, "items of its list")
        elif section in layout.lists:
            yield from _in_list(rows, at, section, columns, layout)
        elif section and key:
            yield from _in_mapping(rows, at, section, columns, layout)


def _in_list(
    rows: list[str], at: int, section: str, columns: _Columns, layout: DossierLayout
) -> Iterator[Fault]:
    key, item = _KEY.match(rows[at]), _ITEM.match(rows[at])
    if key and len(key[1]) < columns.field and key[2] in layout.fields[section]:
        _indent(rows, at, columns.field)
        yield at + 1, _moved(f"{key[2]}:", columns.field, f"fields of {section} around it")
    elif key and len(key[1]) < columns.field and key[2] in layout.inner:
        column = _column_above(rows, at, layout.inner)
        _indent(rows, at, column)
        yield at + 1, _moved(f"{key[2]}:", column, "fields above it")
    elif item and item[3] == "id" and len(item[1]) != columns.entry:
        by = columns.entry - len(item[1])
        below = next(_content(rows, at + 1), at)
        _indent(rows, at, columns.entry)
        if below != at and _indent_of(rows[below]) != columns.field:
            _shift(rows, at + 1, by)
        yield at + 1, _moved("- id:", columns.entry, f"records of {section} around it")


def _strays(
    rows: list[str], at: int, section: str, columns: _Columns, layout: DossierLayout
) -> bool:
    """Whether an item of a list begins further left than any list of an entry can."""
    found, item = _DASH.match(rows[at]), _ITEM.match(rows[at])
    if found is None or len(found[1]) >= columns.field:
        return False
    if section not in layout.lists or item is None:
        return True
    is_field = item[3] in layout.fields[section]
    return not (item[3] == "id" or (is_field and len(found[1]) == columns.entry))


def _column_of_items(rows: list[str], at: int) -> int:
    """The column in which the items of the row's list begin."""
    above = rows[_row_above(rows, at)]
    match = _DASH.match(above)
    if match and not above.rstrip().endswith(":"):
        return len(match[1])
    below = rows[next(_content(rows, at + 1), at)]
    beside = _DASH.match(below)
    opens = _column_above(rows, at)
    return len(beside[1]) if beside and len(beside[1]) > opens else opens + 2


def _row_above(rows: list[str], at: int) -> int:
    bare = ((above, rows[above].lstrip()) for above in range(at - 1, -1, -1))
    return next((above for above, row in bare if row and row[0] != "#"), 0)


def _column_above(rows: list[str], at: int, among: frozenset[str] | None = None) -> int:
    """The column in which the last field above begins, after the dash of an item."""
    for above in range(at - 1, -1, -1):
        match = _KEY.match(rows[above]) or _ITEM.match(rows[above])
        if match and (among is None or match[match.lastindex or 0] in among):
            return match.start(match.lastindex or 0)
    return 0


def _in_mapping(
    rows: list[str], at: int, section: str, columns: _Columns, layout: DossierLayout
) -> Iterator[Fault]:
    key = _KEY.match(rows[at])
    if key is None or len(key[1]) == columns.entry:
        return
    is_field = key[2] in layout.fields[section]
    below = next(_content(rows, at + 1), at)
    opens = rows[at].rstrip().endswith(":") and _indent_of(rows[below]) == columns.field
    if columns.entry < len(key[1]) <= columns.field and not is_field and opens:
        _indent(rows, at, columns.entry)
        yield at + 1, _moved(f"{key[2]}:", columns.entry, f"entries of {section} around it")
    if len(key[1]) >= columns.field:
        return
    if is_field:
        _indent(rows, at, columns.field)
        yield at + 1, _moved(f"{key[2]}:", columns.field, f"fields of {section} around it")
    elif len(key[1]) < columns.entry:
        _indent(rows, at, columns.entry)
        yield at + 1, _moved(f"{key[2]}:", columns.entry, f"entries of {section} around it")


def _is_heading(
    rows: list[str], at: int, name: str, columns: _Columns, layout: DossierLayout, seen: set[str]
) -> bool:
    """Whether a key in the first column is a heading, and not a misplaced field."""
    below = next(_content(rows, at + 1), None)
    deep = 0 if below is None else _indent_of(rows[below])
    if name in layout.head:
        return name not in seen or deep == 0
    is_field = name in layout.inner or any(name in fields for fields in layout.fields.values())
    # An unknown heading has entries below it; a misplaced entry or field has none.
    return not seen or (deep <= columns.entry and not is_field)


def _columns(rows: list[str], heading: int, section: str, layout: DossierLayout) -> _Columns:
    """The column of the first entry below a heading, and that of its first field."""
    first = next(_content(rows, heading + 1), None)
    if first is None or not section:
        return _Columns(0, 0)
    indent = _indent_of(rows[first])
    if section in layout.lists:
        match = _ITEM.match(rows[first])
        return _Columns(indent, indent + len(match[2])) if match else _Columns(indent, 0)
    below = rows[next(_content(rows, first + 1), first)]
    key, field = _KEY.match(below), _indent_of(below)
    # A misplaced entry, in the column of its fields; in that of another entry it has none.
    is_beside = indent == field and key is not None and key[2] in layout.fields[section]
    return _Columns(field // 2 if is_beside else indent or field // 2, field)


def _indent(rows: list[str], at: int, column: int) -> None:
    rows[at] = " " * column + rows[at].lstrip(" ")


def _shift(rows: list[str], begins: int, by: int) -> None:
    """Move the other lines of a record by the same number of columns as its first line."""
    for at in range(begins, len(rows)):
        deep = _indent_of(rows[at])
        item = _ITEM.match(rows[at])
        if rows[at].strip() and (deep == 0 or (item and item[3] == "id")):
            return
        if rows[at].strip():
            _indent(rows, at, max(0, deep + by))


def _indent_of(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _moved(name: str, column: int, around: str) -> str:
    return (
        f"{name!r}{_WRONG}, so it is not part of what is above it; it was read as indented by "
        f"{column} spaces, like the {around}: use {column} spaces"
    )


def _content(rows: list[str], begins: int) -> Iterator[int]:
    """Numbers of the rows from `begins` on that are neither empty nor comments."""
    for at in range(begins, len(rows)):
        bare = rows[at].lstrip()
        if bare and bare[0] != "#":
            yield at
