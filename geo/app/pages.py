"""The pages of the app by their addresses, each loaded when it is first shown.

Figures, slides and reports take a third of the time that all modules take to load, and whoever
opens the app wants the map. They are loaded in the background, once a map has been shown.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from threading import Thread, Timer
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from geo.logs import log_fault

_LOG: Final = logging.getLogger(__name__)
_AFTER: Final = 3.0
"""Seconds after the first map in which the browser draws it, and this process should do nothing."""


def _page(module: str, function: str) -> Callable[[], None]:
    """Return a page that loads its module when it is shown."""

    def show() -> None:
        getattr(import_module(module), function)()

    show.__name__ = function
    return show


_map = _page("geo.app.map_page", "map_page")
_briefing = _page("geo.app.briefing_page", "briefing_page")
_records = _page("geo.app.records_page", "records_page")
_events = _page("geo.app.events_page", "events_page")
_changes = _page("geo.app.changes_page", "changes_page")
_sources = _page("geo.app.sources_page", "sources_page")
_method = _page("geo.app.method_page", "method_page")


def map_entry() -> StreamlitPage:
    """Return the page of the map, to list it or to go there."""
    return st.Page(_map, title="Map", icon=":material/map:", url_path="map", default=True)


def briefing_entry() -> StreamlitPage:
    """Return the page that makes a figure, to list it or to link to it."""
    return st.Page(_briefing, title="Briefing", icon=":material/slideshow:", url_path="briefing")


def entries() -> list[StreamlitPage]:
    """Return all pages, in the order of the menu."""
    return [
        map_entry(),
        briefing_entry(),
        st.Page(_records, title="Records", icon=":material/list:", url_path="records"),
        st.Page(_events, title="Events", icon=":material/table_rows:", url_path="events"),
        st.Page(_changes, title="Changes", icon=":material/difference:", url_path="changes"),
        st.Page(_sources, title="Sources", icon=":material/menu_book:", url_path="sources"),
        st.Page(_method, title="Method", icon=":material/info:", url_path="method"),
    ]


class _InBackground:
    """Loads modules in a thread, once in the life of the process."""

    def __init__(self, *modules: str) -> None:
        self._modules = modules
        self._is_begun = False

    def begin(self, after: float) -> None:
        if self._is_begun:
            return
        self._is_begun = True
        waiting = Timer(after, self._load) if after else Thread(target=self._load)
        waiting.daemon = True
        waiting.start()

    def _load(self) -> None:
        for module in self._modules:
            try:
                import_module(module)
            except ImportError as error:
                # The page that needs it reports it; here nobody waits for it.
                log_fault(_LOG, f"loading {module}", error)


_FOR_MAP: Final = _InBackground("geo.app.map_page")
_FOR_FIGURES: Final = _InBackground("geo.app.briefing_page", "geo.app.records_page")


def load_for_map() -> None:
    """Begin to load what a map needs, while the browser loads the app."""
    _FOR_MAP.begin(0)


def load_for_figures() -> None:
    """Begin to load what figures need, as soon as the first map has been drawn."""
    _FOR_FIGURES.begin(_AFTER)
