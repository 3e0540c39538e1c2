"""A file of the state that holds things by their keys, the latest at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from geo import state

T = TypeVar("T")


@dataclass(frozen=True)
class KeyedFile(Generic[T]):
    """A file of the state with things by their keys.

    Parameters
    ----------
    parse
        Makes the things of the parsed JSON; it raises :class:`ValueError` for anything unexpected.
    plain
        Makes JSON of one thing.
    most
        Things that are kept; the oldest gives way.
    """

    path: Path
    parse: Callable[[object], Mapping[str, T]]
    plain: Callable[[T], Any]
    most: int

    def read(self) -> Mapping[str, T]:
        """The things by their keys.

        Returns
        -------
        Mapping
            Empty, if there are none.

        Raises
        ------
        StateError
            They are not kept.
        """
        none: Mapping[str, T] = {}
        return state.read_state(self.path, self.parse, none)[0]

    def keep(self, key: str, thing: T) -> None:
        """Keep a thing, in place of what was kept under its key.

        Raises
        ------
        StateError
            It cannot be kept.
        """
        with state.changing(self.path.parent):
            held = dict(self.read())
            held.pop(key, None)
            held[key] = thing
            self._write([*held.values()][-self.most :])

    def forget(self, key: str) -> None:
        """Forget a thing, if it is there.

        Raises
        ------
        StateError
            The file cannot be changed.
        """
        with state.changing(self.path.parent):
            held = dict(self.read())
            if held.pop(key, None) is not None:
                self._write([*held.values()])

    def _write(self, things: list[T]) -> None:
        state.write_state(self.path, [self.plain(one) for one in things])
