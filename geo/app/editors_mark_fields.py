"""The fields of the Briefing page for arrows, circles, areas and texts, placed on the preview."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from geo.app import session
from geo.app.plain import show_alert, show_text
from geo.errors import RecipeError
from geo.limits import MAX_EDITOR_MARK_KM, MAX_EDITOR_MARK_TEXT, MAX_LINE
from geo.snapshot.content.editorial.editor_marks import (
    EDITOR_MARK_KINDS,
    EditorMark,
    EditorMarkKind,
)
from geo.snapshot.output.page_positions import position_at
from geo.snapshot.output.writing import FigurePage

_HELD: Final = "briefing-editors-marks"
_POSITIONS: Final = "briefing-mark-positions"
_TEXT: Final = "briefing-mark-text"
_KIND: Final = "briefing-mark-kind"
_KM: Final = "briefing-mark-km"
_USUAL_KM: Final = "25"
_MOST: Final[Mapping[EditorMarkKind, int]] = {"arrow": 2, "circle": 1, "area": 500, "text": 1}
"""Positions of each kind; those before them are replaced."""
_ABOUT: Final = (
    "Click on the preview, or drag over it for an arrow; then add the mark. The figure says that "
    "these marks are yours and not data."
)


def asked_marks(initial: Sequence[EditorMark], key: str) -> tuple[EditorMark, ...]:
    """Show the marks with fields for another one, and return them.

    Parameters
    ----------
    key
        Of the fields of this figure on the page.

    Returns
    -------
    tuple
        The marks in order.
    """
    held: dict[str, list[EditorMark]] = st.session_state.setdefault(_HELD, {})
    marks = held.setdefault(key, list(initial))
    with st.expander("Editor’s marks", expanded=bool(marks or st.session_state.get(_POSITIONS))):
        st.caption(_ABOUT)
        st.radio(
            "Kind", EDITOR_MARK_KINDS, key=session.remembered_field(_KIND, "arrow"),
            format_func=str.capitalize, horizontal=True,
        )  # fmt: skip
        st.text_input("Text", key=_TEXT, max_chars=MAX_EDITOR_MARK_TEXT)
        st.text_input(
            "Positions", key=_POSITIONS, max_chars=MAX_LINE * 50,
            help="Latitude, longitude; separated by semicolons: 34.5, 69.2; 35.3, 69.5",
        )  # fmt: skip
        if st.session_state.get(_KIND) == "circle":
            st.text_input(
                "Radius in kilometres", key=session.remembered_field(_KM, _USUAL_KM),
                help=f"At most {MAX_EDITOR_MARK_KM:,}.",
            )  # fmt: skip
        st.button("Add mark", key="briefing-mark-add", on_click=_add, args=(marks,))
        if fault := st.session_state.pop("briefing-mark-fault", ""):
            show_alert(fault)
        for at, mark in enumerate(marks):
            show_text(_said(mark), "caption")
            st.button(
                f"Remove mark {at + 1}", key=f"briefing-mark-remove-{at}",
                on_click=_remove, args=(marks, at),
            )  # fmt: skip
    return tuple(marks)


def place_on_preview(page: FigurePage, key: str) -> None:
    """Add the positions that were clicked in a picture to those of the next mark.

    Parameters
    ----------
    page
        The page that the picture shows.
    key
        Of the picture.
    """
    stored = st.session_state.get(key)
    given = stored.get("place") if isinstance(stored, Mapping) else None
    found = [one for pair in _pairs(given) if (one := position_at(page, *pair)) is not None]
    if not found:
        return
    kind: EditorMarkKind = st.session_state.get(_KIND, "arrow")
    before = [one for one in str(st.session_state.get(_POSITIONS) or "").split(";") if one.strip()]
    said = [*before, *(f"{lat:.4f}, {lon:.4f}" for lat, lon in found)]
    st.session_state[_POSITIONS] = "; ".join(one.strip() for one in said[-_MOST[kind] :])


def _pairs(given: object) -> list[tuple[float, float]]:
    """One or two points of a picture, as shares of its width and height; nothing else is taken."""
    points = given if isinstance(given, list) else []
    return [
        (float(one[0]), float(one[1]))
        for one in points[:2]
        if isinstance(one, list) and len(one) == 2  # noqa: PLR2004 - across and down
        and all(isinstance(part, int | float) and math.isfinite(part) for part in one)
    ]  # fmt: skip


def _add(marks: list[EditorMark]) -> None:
    kind: Any = st.session_state.get(_KIND, "arrow")
    try:
        km = _number(str(st.session_state.get(_KM, _USUAL_KM))) if kind == "circle" else 0.0
        mark = EditorMark(kind, _positions(), km, str(st.session_state.get(_TEXT) or ""))
    except RecipeError as error:
        st.session_state["briefing-mark-fault"] = str(error)
        return
    marks.append(mark)
    st.session_state[_POSITIONS] = st.session_state[_TEXT] = ""


def _remove(marks: list[EditorMark], at: int) -> None:
    del marks[at : at + 1]


def _positions() -> tuple[tuple[float, float], ...]:
    found = []
    for said in filter(str.strip, str(st.session_state.get(_POSITIONS) or "").split(";")):
        parts = said.split(",")
        if len(parts) != 2:  # noqa: PLR2004 - latitude and longitude
            raise RecipeError(
                f"position {said.strip()[:40]!r} is not a valid one; expected 34.5, 69.2"
            )
        found.append((_number(parts[0]), _number(parts[1])))
    return tuple(found)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise RecipeError(f"{text.strip()[:40]!r} is not a number; expected one as 34.5") from error


def _said(mark: EditorMark) -> str:
    lat, lon = mark.at[0]
    radius = f", {mark.km:g} km" if mark.km else ""
    text = f": {mark.text}" if mark.text else ""
    return f"{mark.kind.capitalize()} at {lat:g}, {lon:g}{radius}{text}"
