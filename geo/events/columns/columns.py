"""Columns as distinct strings and a number for each row, so that work is done once per string.

A million rows of event data name some hundred actors and some thousand places. Whatever has to be
looked up, parsed or judged is done once for each distinct string, and the results are spread over
the rows by number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import DTypeLike, NDArray

Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]
WORD = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True, eq=False)
class CodedColumn:
    """A column of strings.

    Parameters
    ----------
    words
        The distinct strings, as an Arrow array.
    codes
        For each row, the position of its string in `words`.

    Examples
    --------
    >>> column = CodedColumn.of(pa.chunked_array([["Kabul", "Herat"], ["Kabul"]]))
    >>> column.texts, column.codes.tolist()
    (['Kabul', 'Herat'], [0, 1, 0])
    >>> column.each(len, np.int64).tolist()
    [5, 5, 5]
    """

    words: Any
    codes: Codes

    @classmethod
    def of(cls, column: Any) -> CodedColumn:
        """Split a string column of an Arrow table; null becomes an empty string."""
        whole = column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])
        if not pa.types.is_dictionary(whole.type):
            whole = whole.dictionary_encode()
        if whole.num_chunks > 1:
            whole = whole.unify_dictionaries()
        if not whole.num_chunks:
            return cls(pa.array([], pa.string()), np.empty(0, np.int32))
        words = whole.chunk(0).dictionary
        codes = pa.chunked_array([chunk.indices for chunk in whole.chunks])
        if codes.null_count or words.null_count:
            words = pa.concat_arrays([pc.fill_null(words, ""), pa.array([""])])
            codes = pc.fill_null(codes, len(words) - 1)
        return cls(words, codes.to_numpy().astype(np.int32, copy=False))

    @classmethod
    def same(cls, text: str, rows: int) -> CodedColumn:
        """Return a column that holds the same text in every row."""
        return cls(pa.array([text]), np.zeros(rows, np.int32))

    def __len__(self) -> int:
        return int(self.codes.size)

    @cached_property
    def texts(self) -> list[str]:
        """The distinct strings."""
        found: list[str] = self.words.to_pylist()
        return found

    @property
    def filled(self) -> Mask:
        """A mask of the rows that hold more than blanks."""
        words = pc.not_equal(pc.utf8_trim_whitespace(self.words), "")
        filled: Mask = words.to_numpy(zero_copy_only=False)
        return filled[self.codes] if filled.size else np.empty(0, np.bool_)

    def each(self, judge: Callable[[str], Any], dtype: DTypeLike) -> NDArray[Any]:
        """Apply `judge` once to each distinct string, and return its result for each row."""
        answers = np.array([judge(text) for text in self.texts], dtype=dtype)
        return answers[self.codes] if answers.size else np.empty(0, dtype)

    def filter(self, kept: Mask) -> CodedColumn:
        """Return the column with only the rows that are kept."""
        return CodedColumn(self.words, self.codes[kept])

    def take(self, rows: NDArray[np.int64]) -> Any:
        """Return the strings of some rows, as an Arrow array."""
        return self.words.take(pa.array(self.codes[rows]))

    def column(self) -> Any:
        """Return the column as an Arrow dictionary array."""
        return pa.DictionaryArray.from_arrays(pa.array(self.codes), self.words)


def coded(codes: NDArray[Any], words: Sequence[str]) -> Any:
    """Build an Arrow dictionary column from positions in `words`; a negative one is an empty text.

    Examples
    --------
    >>> coded(np.array([1, -1]), ("a", "b")).to_pylist()
    ['b', '']
    >>> coded(np.array([-1]), ("", "a")).dictionary.to_pylist()
    ['', 'a']
    """
    unknown = codes < 0
    texts = list(words)
    if unknown.any() and "" not in texts:
        texts.append("")
    empty = texts.index("") if unknown.any() else 0
    numbers = np.where(unknown, empty, codes).astype(np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(numbers), pa.array(texts, pa.string()))


@dataclass(frozen=True, eq=False)
class Combinations:
    """The distinct combinations of several columns of codes.

    Parameters
    ----------
    first
        The first row of each combination.
    number
        For each row, the number of its combination.
    """

    first: NDArray[np.int64]
    number: Codes

    @classmethod
    def of(cls, *columns: NDArray[Any]) -> Combinations:
        """Number the combinations in the order of their first rows.

        Examples
        --------
        >>> both = Combinations.of(np.array([4, 4, 0]), np.array([1, 2, 1]))
        >>> both.first.tolist(), both.number.tolist()
        ([0, 1, 2], [0, 1, 2])
        """
        number = np.zeros(columns[0].size, np.int64)
        for column in columns:
            low = int(column.min(initial=0))
            span = int(column.max(initial=0)) - low + 1
            # Renumbered densely after every column, so that the product stays far below 2**63.
            key = number * span + (column.astype(np.int64) - low)
            number = pa.array(key).dictionary_encode().indices.to_numpy().astype(np.int64)
        size = int(number.max(initial=-1)) + 1
        first = np.empty(size, np.int64)
        first[number[::-1]] = np.arange(number.size - 1, -1, -1)
        return cls(first, number.astype(np.int32))
