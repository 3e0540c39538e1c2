"""The field for a series of what the map shows: form, step, progress, and files to download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from typing import Final, get_args
from zipfile import ZipFile

import streamlit as st

from geo.app.drawing_lock import DrawingTurns
from geo.app.file_buttons import FileOffer, file_buttons
from geo.app.plain import show_alert, show_text
from geo.briefing.packing import packed
from geo.errors import GeoError
from geo.series.series_recipe import (
    PERIODS,
    SeriesForm,
    SeriesRecipe,
)
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace
from geo.view.parts import PartStep

SERIES: Final = "briefing-series"


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of a series in one of its formats, and its name on the page."""

    form: SeriesForm
    suffix: str
    label: str


_FORMS: Final[Mapping[str, _Form]] = {
    "multiples": _Form("multiples", "pdf", "Many maps on a page (PDF)"),
    "atlas": _Form("atlas", "pdf", "Atlas (PDF)"),
    "slides": _Form("atlas", "pptx", "A slide for each map (PowerPoint)"),
    "pair": _Form("pair", "pdf", "Two periods (PDF)"),
    "time-lapse": _Form("time-lapse", "gif", "Time-lapse (GIF)"),
}


def series_field(workspace: Workspace, recipe: Recipe, drawing: DrawingTurns) -> None:
    """Show the fields of a series and, once it is made, its download.

    Parameters
    ----------
    recipe
        Of the figure on the page: what all maps have in common.
    drawing
        Is held while maps are drawn: the settings of drawing are shared by all sessions.
    """
    with st.expander("Make a series"):
        chosen = _FORMS[st.selectbox("Form", _FORMS, key=f"{SERIES}-form", format_func=_label)]
        series = _asked(recipe, chosen.form)
        if series is None:
            show_text("For two periods, add a comparison period on the map first.", "caption")
            return
        if st.button("Create series", key=f"{SERIES}-create"):
            try:
                _make(workspace, series, chosen.suffix, drawing)
            except GeoError as error:
                show_alert(str(error))
        _download(series, chosen.suffix)


def _label(key: str) -> str:
    return _FORMS[key].label


def _asked(recipe: Recipe, form: SeriesForm) -> SeriesRecipe | None:
    """The series of the fields; ``None`` for two periods, where the View has only one."""
    if recipe.events is not None or (recipe.chart is not None and form != "atlas"):
        show_text("A series has no imported events, and no chart unless it is an atlas.", "caption")
        recipe = replace(recipe, events=None, chart=recipe.chart if form == "atlas" else None)
    if form == "pair":
        return None if recipe.view.compare is None else SeriesRecipe(recipe, form)
    steps = [one for one in get_args(PartStep) if form != "time-lapse" or one in PERIODS]
    usual = steps.index("province") if form == "atlas" else 0
    each = st.selectbox("One map for each", steps, usual, key=f"{SERIES}-each-{form}")
    skip = st.checkbox("Leave out maps without records", key=f"{SERIES}-skip")
    return SeriesRecipe(recipe, form, each, skip_empty=skip)


def _make(workspace: Workspace, series: SeriesRecipe, suffix: str, drawing: DrawingTurns) -> None:
    """Make the series, and keep its archive until another one is made."""
    from geo.series.files import series_files  # noqa: PLC0415 - slow to load, and rarely needed
    from geo.series.making import make_series  # noqa: PLC0415 - as above
    from geo.series.workers import DrawingRun  # noqa: PLC0415 - as above

    bar = st.progress(0.0, "Drawing the maps…")

    def tell(done: int, of: int) -> None:
        bar.progress(done / of, f"{done} of {of} pages drawn")
        # An atlas takes minutes, and a figure of another session should wait for one page of it.
        drawing.pass_on()

    progress = DrawingRun(1, tell)
    with drawing:
        made = make_series(workspace, series)
        found = series_files(workspace, made, [suffix], drawing=progress)
        members = {file.name: file.data for file in found}
    bar.empty()
    archive = packed(members, series.recipe.as_of)
    said = made.contents.whole.ledger
    st.session_state[SERIES] = (suffix + series.to_json(), f"{made.name}.zip", archive, said)


def _download(series: SeriesRecipe, suffix: str) -> None:
    """Show the download of the series, unless the fields have changed since it was made."""
    text, name, archive, said = st.session_state.get(SERIES, ("", "", b"", ""))
    if text != suffix + series.to_json():
        return
    show_text(said, "caption")
    alone = f"{name.removesuffix('.zip')}.{suffix}"
    file_buttons(
        [
            FileOffer(f"Download the {suffix.upper()}", alone, partial(_member, archive, alone)),
            FileOffer(
                "Download the series (ZIP)", name, lambda: archive, "With its recipe and captions."
            ),
        ],
        key=f"{SERIES}-files",
    )


def _member(archive: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(archive)) as opened:
        return opened.read(name)
