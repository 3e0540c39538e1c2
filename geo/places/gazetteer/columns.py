"""Tens of thousands of named places as columns: only those that are found become objects.

The columns of the file are those of :data:`SCHEMA`. Names are folded once, when the file is made; a
dictionary from names to row numbers is built at first use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo import limits
from geo.errors import IntakeError
from geo.parquet import Parquet
from geo.places.gazetteer.places import Place
from geo.places.spelling import loosen

VERSION: Final = b"2"
KEY: Final = b"incident-map-names"
NOTE: Final = "The position is the one that GeoNames gives."

SCHEMA: Final = pa.schema(
    [
        ("id", pa.string()),
        ("kind", pa.string()),
        ("name", pa.string()),
        ("also", pa.list_(pa.string())),
        ("keys", pa.list_(pa.string())),
        ("province", pa.string()),
        ("district", pa.string()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("uncertainty_m", pa.float64()),
        ("capital", pa.string()),
    ],
    metadata={KEY: VERSION},
)
"""``keys`` are all names of a place, folded by :func:`geo.places.spelling.fold_name`, each once.
``province`` is an ISO 3166-2 code; ``lat`` and ``lon`` are degrees, WGS 84."""


class NameColumns:
    """Named places that are kept as columns.

    Parameters
    ----------
    table
        With the columns of :data:`SCHEMA`.
    """

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    @classmethod
    def from_parquet(cls, data: bytes, name: str) -> NameColumns:
        """Read the columns; sizes are checked before anything is unpacked.

        Raises
        ------
        IntakeError
            The file was not made by this program, or is too large.
        """
        try:
            return cls(_read(data, name))
        except IntakeError as error:
            said = f"{error}; create it again with `incident-map gazetteer add`"
            raise IntakeError(said) from error

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def named(self, folded: str) -> tuple[Place, ...]:
        """The places with a name, folded as :func:`geo.places.spelling.fold_name` does."""
        return tuple(self._places(self._rows.get(folded, ())))

    def named_loosely(self, loose: str) -> tuple[Place, ...]:
        """The places with this name after :func:`geo.places.spelling.loosen`."""
        return tuple(self._places(self._loose.get(loose, ())))

    def loose_keys(self) -> Mapping[str, tuple[int, ...]]:
        """All names as they are compared for similarity.

        Returns
        -------
        Mapping
            The row numbers of the places by their names after
            :func:`geo.places.spelling.loosen`.
        """
        return self._loose

    def _places(self, rows: Iterable[int]) -> Iterator[Place]:
        for row in rows:
            id_, kind, name, also, province, district, lat, lon, uncertainty, capital = (
                column[row] for column in self._lists
            )
            yield Place(
                id_, kind, name, tuple(also), (province,), district, lat, lon, uncertainty, NOTE,
                capital,
            )  # fmt: skip

    @cached_property
    def _lists(self) -> tuple[list[Any], ...]:
        """The columns of a place as lists, which provide single values fastest."""
        return tuple(self.table[name].to_pylist() for name in SCHEMA.names if name != "keys")

    @cached_property
    def _rows(self) -> dict[str, tuple[int, ...]]:
        keys, owners = self._flat
        return _grouped(keys, owners)

    @cached_property
    def _loose(self) -> dict[str, tuple[int, ...]]:
        keys, owners = self._flat
        return _grouped([loosen(key) for key in keys], owners)

    @cached_property
    def _flat(self) -> tuple[list[str], NDArray[np.int64]]:
        lists = self.table["keys"].combine_chunks()
        owners = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)
        return pc.list_flatten(lists).to_pylist(), owners.astype(np.int64)


def _read(data: bytes, name: str) -> pa.Table:
    file = Parquet(
        data, name, rows=limits.MAX_NAMES, columns=len(SCHEMA), unpacked=limits.MAX_NAMES_BYTES
    )
    if not file.schema.equals(SCHEMA) or file.metadata.get(KEY) != VERSION:
        raise IntakeError(f"{name}: its columns are not the expected ones")
    return file.read()


def _grouped(keys: list[str], owners: NDArray[np.int64]) -> dict[str, tuple[int, ...]]:
    found: dict[str, dict[int, None]] = {}
    for key, owner in zip(keys, owners.tolist(), strict=True):
        found.setdefault(key, {})[owner] = None
    found.pop("", None)
    return {key: tuple(rows) for key, rows in found.items()}
