"""Write CSV files of whole tables, with text that no spreadsheet reads as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from geo.events.columns.columns import CodedColumn
from geo.files import writing_whole

ROWS_AT_ONCE: Final = 1 << 16
"""Rows that are written at a time: some tens of megabytes of text."""
_EMPTY: Final = frozenset({
    "", "na", "n a", "n/a", "n.a.", "n.a", "#n/a", "nan", "nil", "none", "null", "-", "--", "---",
    "\u2013", "\u2014", "_", "/", ".", "..", "?", "??", "(blank)", "blank", "no information",
    "no info", "no data", "not available", "not applicable", "not known", "not stated",
    "not specified", "not reported", "unknown", "unk", "unspecified",
})  # fmt: skip
"""Entries that mean "nothing known" in R, pandas, Excel, ACLED before 2020, Insecurity Insight
and sheets kept by hand."""
_FORMULA: Final = r"^'*[=+\-@\t\r\n\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]"
_MARK: Final = "\ufeff"


def is_empty(text: str) -> bool:
    """Tell whether a cell holds nothing, or only what people write where nothing is known.

    Examples
    --------
    >>> is_empty(" N/A "), is_empty("No Information"), is_empty("-"), is_empty("0"), is_empty("NAB")
    (True, True, True, False, False)
    """
    return " ".join(text.lower().split()) in _EMPTY


def blanked(column: CodedColumn) -> CodedColumn:
    """Return a column in which cells that hold nothing are empty strings.

    Examples
    --------
    >>> blanked(CodedColumn.of(pa.array(["Kabul", "No Information", "NA"]))).column().to_pylist()
    ['Kabul', '', '']
    """
    if not any(text and is_empty(text) for text in column.texts):
        return column
    texts = ["" if is_empty(text) else text for text in column.texts]
    # Each distinct string occurs once; readers of the table may rely on that.
    words = pa.array(texts, pa.string()).dictionary_encode()
    return CodedColumn(words.dictionary, words.indices.to_numpy()[column.codes])


def formula_safe(column: Any) -> Any:
    """Put an apostrophe before texts that a spreadsheet would read as a formula.

    Remove one apostrophe to restore them.

    Examples
    --------
    >>> formula_safe(pa.array(["=cmd()", "'=cmd()", "'Ali Khel", "کابل", None])).to_pylist()
    ["'=cmd()", "''=cmd()", "'Ali Khel", 'کابل', None]
    """
    looks = pc.match_substring_regex(column, _FORMULA)
    return pc.if_else(looks, pc.binary_join_element_wise("'", column, ""), column)


def write_table(
    table: pa.Table, path: Path, *, safe: bool = True, tags: dict[str, str] | None = None
) -> None:
    """Write a table as CSV, as :func:`write_tables` does with several."""
    write_tables([table], table.column_names, path, safe=safe, tags=tags)


def write_tables(
    tables: Iterable[pa.Table], columns: list[str], path: Path,
    *, safe: bool = True, tags: dict[str, str] | None = None,
) -> None:  # fmt: skip
    """Write tables one after the other as CSV in UTF-8; missing values become empty cells.

    Parameters
    ----------
    safe
        Whether texts are made safe for spreadsheets and a byte order mark is added, without which
        Excel reads Dari as Windows-1252.
    tags
        HXL tags by column, for a second heading line.

    Raises
    ------
    OSError
        The file cannot be written; what was at `path` is unchanged.
    """
    schema = pa.schema([(name, pa.string()) for name in columns])
    with writing_whole(path) as part, part.open("wb") as opened:
        if safe:
            opened.write(_MARK.encode())
        options = pcsv.WriteOptions(include_header=False, quoting_style="needed")
        heading = [pa.table([[name] for name in columns], schema=schema)]
        if tags is not None:
            heading.append(pa.table([[tags.get(name, "")] for name in columns], schema=schema))
        with pcsv.CSVWriter(opened, schema, write_options=options) as writer:
            for line in heading:
                writer.write_table(line)
            for rows in _pieces(tables):
                texts = [_text(column, safe=safe) for column in rows.columns]
                writer.write_table(pa.table(texts, schema=schema))


def _pieces(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    for table in tables:
        for start in range(0, table.num_rows, ROWS_AT_ONCE):
            yield table.slice(start, ROWS_AT_ONCE)


def _text(column: Any, *, safe: bool) -> Any:
    kind = column.type
    if pa.types.is_list(kind):
        column = pc.binary_join(column, "; ")
    if pa.types.is_floating(kind):
        return _shortest(column)
    is_text = pa.types.is_list(kind) or pa.types.is_dictionary(kind) or pa.types.is_string(kind)
    column = column.cast(pa.string())
    return formula_safe(column) if safe and is_text else column


def _shortest(column: Any) -> Any:
    """Write numbers in their shortest form: 34.5, not 34.500000."""
    coded_texts = CodedColumn.of(column.cast(pa.string()))
    texts = pa.array([text.removesuffix(".0") or None for text in coded_texts.texts], pa.string())
    return texts.take(pa.array(coded_texts.codes)) if len(texts) else pa.array([], pa.string())


def join_texts(column: Any) -> CodedColumn:
    """Join a column of lists of strings to one string a row, separated by a control character."""
    return CodedColumn.of(pc.binary_join(column, "\x1f"))


def split_texts(text: str) -> list[str]:
    """The texts that :func:`join_texts` put together."""
    return text.split("\x1f") if text else []
