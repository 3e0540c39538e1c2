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
    ends
        Whether the process ends there, as one that is killed does.
    """

    def __init__(self, fails: int, *, ends: bool) -> None:
        self.fails, self.made, self.failed, self.ends = fails, 0, "", ends

    def wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """The call of this name, which may fail."""

        def call(*args: Any, **how: Any) -> Any:
            self.made += 1
            if self.made != self.fails:
                return real(*args, **how)
            self.failed = name
            if self.ends:
                os._exit(1)
            if name == "close":
                # The handle is gone all the same, as on a real disk.
                real(*args, **how)
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        return call


@contextlib.contextmanager
def call_fails(number: int) -> Iterator[Calls]:
    """Let the call of this number fail, of all that Python makes to change files."""
    calls = Calls(number, ends=False)
    real = {name: getattr(os, name) for name in NAMES} | {"io.open": io.open}
    with _replaced(calls, real):
        yield calls


@contextlib.contextmanager
def process_ends(number: int) -> Iterator[None]:
    """End the process before the call of this number, of those after which a disk differs."""
    real = {name: getattr(os, name) for name in ("fsync", "replace", "unlink", "truncate")}
    with _replaced(Calls(number, ends=True), real):
        yield


@contextlib.contextmanager
def _replaced(calls: Calls, real: dict[str, Callable[..., Any]]) -> Iterator[None]:
    try:
        for name, one in real.items():
            setattr(*_place(name), calls.wrapped(name, one))
        yield
    finally:
        for name, one in real.items():
            setattr(*_place(name), one)


def _place(name: str) -> tuple[Any, str]:
    return (io, "open") if name == "io.open" else (os, name)
