"""The n-th call to the system fails, as on a disk that is full or about to die."""

from __future__ import annotations

import contextlib
import errno
import io
import os
from collections.abc import Callable, Iterator
from typing import Any

NAMES = (
    "open", "close", "chmod", "fsync", "replace", "rename", "unlink", "remove", "scandir", "mkdir",
    "stat", "utime",
)  # fmt: skip


class Calls:
    """Counts the calls, and lets one of them fail.

    Parameters
    ----------
    fails
        Which one, counted from 1.
    """

    def __init__(self, fails: int) -> None:
        self.fails, self.made, self.failed = fails, 0, ""

    def wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """The call of this name, which may fail."""

        def call(*args: Any, **how: Any) -> Any:
            self.made += 1
            if self.made != self.fails:
                return real(*args, **how)
            self.failed = name
            if name == "close":
                # The handle is gone all the same, as on a real disk.
                real(*args, **how)
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        return call


@contextlib.contextmanager
def call_fails(number: int) -> Iterator[Calls]:
    """Let the call of this number fail, of all that Python makes to change files."""
    calls = Calls(number)
    real = {name: getattr(os, name) for name in NAMES} | {"io.open": io.open}
    try:
        for name, one in real.items():
            setattr(*_place(name), calls.wrapped(name, one))
        yield calls
    finally:
        for name, one in real.items():
            setattr(*_place(name), one)


def _place(name: str) -> tuple[Any, str]:
    return (io, "open") if name == "io.open" else (os, name)
