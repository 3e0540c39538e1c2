"""Buttons whose act is done before the page runs, so that nothing that breaks into a run loses it.

The map beside a form reports by itself, and each report begins a run anew; what a button would do
in the middle of the run before could be left undone. The server has callbacks done to their end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from geo.app.plain import show_alert
from geo.errors import GeoError

_REFUSED: Final = "incident-map-edit-refused"


def act_button(label: str, act: Callable[..., None], *args: Any, key: str, **more: Any) -> None:
    """Show a button.

    Parameters
    ----------
    act, args
        What is done when it is pressed; a :class:`GeoError` is shown by :func:`show_refusal`.
    more
        Of ``streamlit.button``.
    """
    st.button(label, key=key, on_click=_do, args=(act, *args), **more)


def _do(act: Callable[..., None], *args: Any) -> None:
    st.session_state.pop(_REFUSED, None)
    try:
        act(*args)
    except GeoError as error:
        st.session_state[_REFUSED] = str(error)


def show_refusal() -> None:
    """Show why the last act was not done, until there is another one."""
    if refused := st.session_state.get(_REFUSED):
        show_alert(refused)
