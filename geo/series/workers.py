"""Maps planned and pages drawn by several processes, so that a series uses all cores.

A process is started anew and is sent the country once; pages are sent with the digest of their
country in place of it. What a page looks like depends neither on the number of processes nor on
which of them has drawn it.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing.reduction import ForkingPickler
from types import MappingProxyType
from typing import Any, Final, TypeVar

from geo.places.country import Country
from geo.snapshot.map.plan import Plan
from geo.snapshot.output.writing import FigurePage, as_png

_Made = TypeVar("_Made")
_LOG: Final = logging.getLogger(__name__)
_FEW: Final = 8
"""Maps up to which no process is started: starting one takes as long as planning three."""
_MOST: Final = 8
"""Most processes; each takes some 300 MB."""
_AHEAD: Final = 3
"""Tasks waiting for each process, so that none idles and no more than these are in memory."""
_countries: dict[str, Country] = {}
"""The countries of this process by their digests: one, unless a server has several."""
PagesDone = Callable[[int, int], object]
PagePlans = tuple[Plan | None, tuple[Plan, ...]]


def cores() -> int:
    """Number of processes worth starting on this computer."""
    try:
        found = len(os.sched_getaffinity(0))
    except AttributeError:
        found = os.cpu_count() or 1
    return min(found, _MOST)


@dataclass(frozen=True, slots=True)
class DrawingRun:
    """How pages are drawn: by how many processes, and whom progress is reported to.

    Parameters
    ----------
    processes
        1: all in this process.
    report
        Called with the number of pages done and of all.
    """

    processes: int = 1
    report: PagesDone | None = None

    def planned(self, pages: Sequence[FigurePage]) -> Iterator[FigurePage]:
        """Yield the pages in order, with their maps planned."""
        work = _in_processes(_planned, pages, self.processes)
        for at, (page, plans) in enumerate(work, start=1):
            page.take_plans(*plans)
            self._tell(at, len(pages))
            yield page

    def pngs(self, pages: Sequence[FigurePage], dpi: int) -> Iterator[bytes]:
        """Yield each page as PNG, in order."""
        work = _in_processes(_Drawn(dpi), pages, self.processes)
        for at, (_, png) in enumerate(work, start=1):
            self._tell(at, len(pages))
            yield png

    def told(self, made: Sequence[_Made]) -> Iterator[_Made]:
        """Yield what another module draws one by one, and tell how far it is."""
        for at, one in enumerate(made, start=1):
            yield one
            self._tell(at, len(made))

    def _tell(self, done: int, of: int) -> None:
        if self.report is not None:
            self.report(done, of)


ALONE: Final = DrawingRun()
"""All in this process, without progress."""


class _Drawn:
    """Draw a page at a resolution; a class, so that it can be sent to a process."""

    def __init__(self, dpi: int) -> None:
        self.dpi = dpi

    def __call__(self, page: FigurePage) -> bytes:
        return as_png(page, self.dpi)


def _planned(page: FigurePage) -> PagePlans:
    return page.plan, tuple(panel.plan for panel in page.panels)


def _in_processes(
    work: Callable[[FigurePage], Any], pages: Sequence[FigurePage], processes: int
) -> Iterator[tuple[FigurePage, Any]]:
    """Yield each page with what the work makes of it, in order."""
    maps = sum(len(page.panels) + (page.page.map is not None) for page in pages)
    if processes < 2 or maps <= _FEW:  # noqa: PLR2004 - one process is this one
        for one in pages:
            page = _copy(one)
            yield page, work(page)
        return
    country = pages[0].content.frame.country
    with _pool(country, processes) as pool:
        rest = iter(pages)
        waiting: list[tuple[FigurePage, Future[Any]]] = [
            (page, pool.submit(work, page)) for page in islice(rest, processes * _AHEAD)
        ]
        while waiting:
            page, future = waiting.pop(0)
            made = future.result()
            waiting += [(after, pool.submit(work, after)) for after in islice(rest, 1)]
            yield _copy(page), made


def _copy(page: FigurePage) -> FigurePage:
    """The same page without its plans, which are large, and kept no longer than it is drawn."""
    return replace(page, panels=tuple(replace(panel) for panel in page.panels))


@contextmanager
def _pool(country: Country, processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that know a country."""
    _register(country)
    sent = (country.digest, dict(vars(country)))
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, _begin, sent)
    _LOG.debug("%d processes started", processes)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _register(country: Country) -> None:
    _countries[country.digest] = country
    ForkingPickler.register(MappingProxyType, _send_mapping)
    ForkingPickler.register(Country, _send_country)


def _begin(digest: str, values: dict[str, Any]) -> None:
    """Keep the country in a process that has just been started."""
    country = object.__new__(Country)
    vars(country).update(values)
    _register(country)
    assert country.digest == digest  # noqa: S101 - it was sent with it


def _send_mapping(mapping: Mapping[Any, Any]) -> tuple[Any, tuple[dict[Any, Any]]]:
    return _as_mapping, (dict(mapping),)


def _as_mapping(values: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(values)


def _send_country(country: Country) -> tuple[Any, tuple[str]]:
    return _country_of, (country.digest,)


def _country_of(digest: str) -> Country:
    return _countries[digest]
