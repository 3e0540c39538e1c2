"""The pages of the app by their addresses, each loaded when it is first shown.

Figures, slides and reports take a third of the time that all modules take to load, and whoever
opens the app wants the map. They are loaded in the background, once a map has been shown.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from threading import Thread, Timer
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from geo.app.request_checks import MAP_PAGE
from geo.errors import GeoError
from geo.logs import log_fault

_LOG: Final = logging.getLogger(__name__)
_AFTER: Final = 3.0
"""Seconds after the first map in which the browser draws it, and this process should do nothing."""


def _page(module: str, function: str) -> Callable[[], None]:
    """Return a page that loads its module when it is shown."""

    def show() -> None:
        # Two threads that read the same data would each take twice as long.
        _FOR_MAP.wait()
        getattr(import_module(module), function)()

    show.__name__ = function
    return show


_map = _page("geo.app.map_page", "map_page")
_briefing = _page("geo.app.briefing_page", "briefing_page")
_records = _page("geo.app.records_page", "records_page")
_edit = _page("geo.app.edit_page", "edit_page")
_read = _page("geo.app.read_page", "read_page")
_counts = _page("geo.app.counts_page", "counts_page")
_events = _page("geo.app.events_page", "events_page")
_changes = _page("geo.app.changes_page", "changes_page")
_sources = _page("geo.app.sources_page", "sources_page")
_method = _page("geo.app.method_page", "method_page")


def map_entry() -> StreamlitPage:
    """Return the page of the map, to list it or to go there."""
    return st.Page(_map, title="Map", icon=":material/map:", url_path=MAP_PAGE, default=True)


def briefing_entry() -> StreamlitPage:
    """Return the page that makes a figure, to list it or to link to it."""
    return st.Page(_briefing, title="Briefing", icon=":material/slideshow:", url_path="briefing")


def edit_entry() -> StreamlitPage:
    """Return the page with the forms, to list it or to go there."""
    return st.Page(_edit, title="Edit", icon=":material/edit:", url_path="edit")


def reading_entry() -> StreamlitPage:
    """Return the page on which documents are read, to list it."""
    return st.Page(_read, title="Read", icon=":material/document_search:", url_path="read")


def entries() -> list[StreamlitPage]:
    """Return all pages, in the order of the menu; *Edit* and *Read* for those who may edit."""
    # Who may edit is known by modules that need most of what the map needs. Loaded with this one,
    # they would let the server answer a second later, when a browser could load its own scripts.
    _FOR_MAP.wait()
    from geo.app import editors  # noqa: PLC0415 - loaded by now, and not before

    return [
        map_entry(),
        briefing_entry(),
        st.Page(_records, title="Records", icon=":material/list:", url_path="records"),
        st.Page(_counts, title="Counts", icon=":material/bar_chart:", url_path="counts"),
        *([edit_entry(), reading_entry()] if editors.is_offered() else []),
        st.Page(_events, title="Events", icon=":material/table_rows:", url_path="events"),
        st.Page(_changes, title="Changes", icon=":material/difference:", url_path="changes"),
        st.Page(_sources, title="Sources", icon=":material/menu_book:", url_path="sources"),
        st.Page(_method, title="Method", icon=":material/info:", url_path="method"),
    ]


class _InBackground:
    """Loads modules in a thread and then does something, once in the life of the process."""

    def __init__(self, *modules: str, then: Callable[[], None]) -> None:
        self._modules = modules
        self._then = then
        self._thread: Thread | None = None

    @property
    def is_begun(self) -> bool:
        return self._thread is not None

    def begin(self, after: float) -> None:
        if self.is_begun:
            return
        self._thread = Timer(after, self._load) if after else Thread(target=self._load)
        self._thread.daemon = True
        self._thread.start()

    def wait(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def _load(self) -> None:
        for module in self._modules:
            try:
                import_module(module)
            except ImportError as error:
                # The page that needs it reports it; here nobody waits for it.
                log_fault(_LOG, f"loading {module}", error)
        self._then()


def _read_data() -> None:
    """Read what the first map shows; the page itself says what cannot be read."""
    from geo.workspace import open_workspace  # noqa: PLC0415 - loaded by now, and not before

    with _unheard("reading the data for the first map"):
        # The browser's day is this computer's, unless it is served to others.
        open_workspace(today=datetime.now().astimezone().date())
    _settle()


def _draw_once() -> None:
    """Draw a figure that nobody sees: the first of a process takes half as long again."""
    from geo.app.briefing_page import draw_unseen  # noqa: PLC0415 - loaded by now, and not before

    with _unheard("drawing the first figure"):
        draw_unseen(datetime.now().astimezone().date())
    _settle()


@contextmanager
def _unheard(doing: str) -> Iterator[None]:
    """Log what fails: a page that does the same tells the reader."""
    try:
        yield
    except GeoError as error:
        _LOG.debug("%s: %s", doing, error)
    except Exception as error:  # noqa: BLE001 - the page meets it again, and tells the reader
        log_fault(_LOG, doing, error)


def _settle() -> None:
    """Exempt what has been loaded from the garbage collection with which Streamlit ends each run.

    Searching all libraries and records each time takes longer than the rest of a rerun.
    """
    gc.freeze()
    gc.enable()


_FOR_MAP: Final = _InBackground("geo.app.map_page", then=_read_data)
_FOR_FIGURES: Final = _InBackground(
    "geo.app.briefing_page", "geo.app.records_page", then=_draw_once
)


def load_for_map() -> None:
    """Begin to load what a map needs, while the browser loads the app."""
    # Searching what is being loaded for garbage takes a quarter of the time, and finds none.
    gc.disable()
    _FOR_MAP.begin(0)


def load_for_figures() -> None:
    """Begin to load what figures need, as soon as the first map of a server has been drawn."""
    if _FOR_MAP.is_begun:
        _FOR_FIGURES.begin(_AFTER)
