"""The page that makes a self-contained figure of what the map shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import blake2b
from typing import Final, NamedTuple

import streamlit as st

from geo.app import days, kept_state, session
from geo.app.briefing_events import asked_events
from geo.app.chart_fields import asked_chart
from geo.app.drawing_lock import ONE_AT_A_TIME
from geo.app.earlier_file import earlier_file_field
from geo.app.editorial_fields import asked_editorial
from geo.app.editors_mark_fields import place_on_preview
from geo.app.file_buttons import FileOffer, file_buttons
from geo.app.file_choice import file_choice
from geo.app.ignored_filters import comparison_note, extent_note, open_card_note
from geo.app.passing_on import INTERACTIVE, asked_profile, asked_records
from geo.app.picture import picture
from geo.app.plain import show_alert, show_text, show_texts
from geo.app.series_field import series_field
from geo.briefing.citations import styled_citations
from geo.briefing.formats import files
from geo.briefing.recreate import DataChanges, is_as_it_was, recreate
from geo.briefing.snippets import citation, html_image, iframe, markdown_image
from geo.errors import GeoError
from geo.limits import MAX_NOTE, MAX_RECIPE_BYTES, MAX_TITLE
from geo.snapshot.content.composing import with_digests
from geo.snapshot.content.event_file import EventFile
from geo.snapshot.content.recipe import VARIANTS, Recipe, clean, clean_line
from geo.snapshot.content.sizes import PRINT_DPI, SIZES
from geo.snapshot.output.making import Snapshot, make
from geo.table.workspace import Workspace
from geo.view import say_day
from geo.workspace import open_workspace

UPLOAD: Final = "briefing-recipe"
_VARIANTS: Final = {"colour": "Colour", "grey": "Greyscale (print)", "dark": "Dark"}
_MOST: Final = 20
"""Changed records listed on the page; the recipe and ``incident-map diff`` have all of them."""
_PICTURE: Final = "briefing-picture"
_AS_PICTURE: Final = "pptx-picture"
_WIDTHS: Final = (9, 4)
"""Relative widths of figure and controls: the figure needs twice the width to be legible."""
_LAYOUT: Final = """<style>
.stMainBlockContainer { padding: 5rem 1.5rem 3rem; max-width: 96rem; }
.stMainBlockContainer h1 { font-size: 1.75rem; }
.stMainBlockContainer h2 { font-size: 1.3rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.85; }
</style>"""
_IN_VIEW: Final = """<style>
@media (min-width: 900px) {
  .stColumn:has(.st-key-briefing-picture) { position: sticky; top: 4rem; align-self: flex-start; }
}
</style>"""
"""Keeps a figure in view beside the fields that change it; one that is higher than wide may not fit
in a window, whose lower part could then not be reached."""


def briefing_page() -> None:
    """Show a figure of the current map view, with fields to change it and files to download."""
    workspace = session.workspace()
    st.html(_LAYOUT)
    st.title("Briefing", anchor=False)
    preview, controls = st.columns(_WIDTHS, gap="medium")
    with controls:
        start = _start(workspace)
        recipe = _fields(workspace, start)
        recipe, shown_events = asked_events(workspace, recipe, f"briefing-{start.origin}")
    try:
        with preview:
            if said := comparison_note(recipe.view, "This figure shows"):
                show_alert(said, "info")
            if said := open_card_note(recipe.view):
                st.caption(said)
            if said := extent_note(recipe.view, workspace.country):
                st.caption(said)
            figure = _figure(workspace, recipe, shown_events)
            page = _preview(figure)
    except GeoError as error:
        show_alert(str(error))
        figure = None
    with controls:
        if figure is not None:
            shared = asked_records(workspace, figure.snapshot.recipe, "briefing")
            _downloads(workspace, figure, shared, page, shown_events)
            series_field(workspace, recipe, ONE_AT_A_TIME)
        _recipe_field()
        earlier_file_field(workspace, ONE_AT_A_TIME, shown_events)
    if figure is not None:
        _snippets(figure.snapshot)


def draw_unseen(today: date) -> None:
    """Draw a figure of all records and forget it: fonts, projection and outlines are then ready.

    Raises
    ------
    GeoError
        The data cannot be read.
    """
    with ONE_AT_A_TIME:
        make(open_workspace(today=today), Recipe(as_of=today)).png()


class _Start(NamedTuple):
    """What the figure starts from: the map, or an uploaded recipe."""

    origin: str
    recipe: Recipe
    since: DataChanges | None


class _FigurePreview(NamedTuple):
    """A snapshot and the images of its pages."""

    snapshot: Snapshot
    pages: tuple[bytes, ...]


def _start(workspace: Workspace) -> _Start:
    upload: bytes | None = st.session_state.get(UPLOAD)
    today = days.reader_day()
    if upload is not None:
        try:
            recipe = Recipe.from_json(upload, "This file")
            other = not is_as_it_was(workspace, recipe)
            found = recreate(workspace, recipe, current_data=other, today=today)
        except GeoError as error:
            show_alert(str(error))
        else:
            _say_recreated(recipe, found.since)
            origin = blake2b(upload, digest_size=8).hexdigest()
            return _Start(origin, found.recipe, found.since)
    return _Start("map", Recipe(view=session.view(), as_of=today), None)


def _recipe_field() -> None:
    with st.expander("Recreate an earlier figure"):
        file_choice(
            "The recipe of an earlier figure",
            hint="The recipe.json that came with it. It stays on this computer.",
            accept=".json",
            most=MAX_RECIPE_BYTES,
            key=UPLOAD,
        )


def _say_recreated(recipe: Recipe, since: DataChanges | None) -> None:
    """Say whether the earlier figure is recreated as it was, and if not, what has changed."""
    day = say_day(recipe.as_of) if recipe.as_of else "an unstated day"
    if since is None:
        show_alert(f"This is the figure of {day}, recreated from the same data.", "info")
        return
    first, *rest = since.lines()
    show_alert(first, "warning")
    if rest:
        with st.expander("Changed records"):
            show_texts(line.strip() for line in rest[:_MOST])
            if len(rest) > _MOST:
                st.caption(f"{len(rest) - _MOST} more are not listed here.")


def _fields(workspace: Workspace, start: _Start) -> Recipe:
    """Show the fields, filled from the recipe, and return the recipe with their values."""
    initial, key = start.recipe, f"briefing-{start.origin}"
    if start.origin == "map":
        st.caption("Based on the current map view.")
    title = st.text_input(
        "Title",
        key=session.remembered_field(f"{key}-title", initial.title),
        max_chars=MAX_TITLE,
        placeholder=workspace.reading.dossier.title,
    )
    note = st.text_area(
        "Note",
        key=session.remembered_field(f"{key}-note", initial.note),
        max_chars=MAX_NOTE,
        height=80,  # pixels: three lines
    )
    size = st.selectbox(
        "Size",
        list(SIZES),
        key=session.remembered_field(f"{key}-size", initial.size),
        format_func=lambda one: SIZES[one].label,
    )
    variant = st.radio(
        "Colours",
        VARIANTS,
        key=session.remembered_field(f"{key}-variant", initial.variant),
        format_func=_VARIANTS.__getitem__,
        horizontal=True,
    )
    initial = asked_chart(asked_profile(workspace, initial, key), key)
    initial = replace(initial, editorial=asked_editorial(initial.editorial, key))
    return replace(initial, title=clean_line(title), note=clean(note), size=size, variant=variant)


def _figure(workspace: Workspace, recipe: Recipe, shown: EventFile | None) -> _FigurePreview:
    ready = with_digests(workspace, recipe)
    digest = shown.digest if shown is not None and recipe.events is not None else ""
    return _draw(workspace, ready, shown, f"{digest}{ready.to_json()}")


# Six: a few sizes and variants that somebody compares; each holds megabytes.
@st.cache_resource(max_entries=6, show_spinner="Drawing the figure…")
def _draw(
    _workspace: Workspace, _recipe: Recipe, _events: EventFile | None, text: str  # noqa: ARG001 - the cache's key
) -> _FigurePreview:  # fmt: skip
    with ONE_AT_A_TIME:
        snapshot = make(_workspace, _recipe, _events)
        return _FigurePreview(snapshot, snapshot.png())


def _preview(figure: _FigurePreview) -> int:
    """Show one page of the figure with its alternative text, and return its number."""
    content, count = figure.snapshot.content, len(figure.pages)
    page = _page_of(count)
    alt = content.alt_text if page == 1 else f"Page {page} of {count}: notes and sources."
    shown = figure.snapshot.figure_pages[page - 1]
    if shown.page.width > shown.page.height:
        st.html(_IN_VIEW)
    picture(
        figure.pages[page - 1], alt, key=_PICTURE,
        on_place=partial(place_on_preview, shown, _PICTURE),
    )  # fmt: skip
    for line in content.ledgers:
        show_text(line, "caption")
    for warning in content.warnings:
        show_text(warning, "caption")
    return page


def _page_of(count: int) -> int:
    if count == 1:
        return 1
    pages, key = range(1, count + 1), "briefing-page"
    if st.session_state.get(key) not in pages:
        st.session_state[key] = 1
    return st.radio(
        "Page", pages, key=key, format_func="Page {}".format, horizontal=True,
        label_visibility="collapsed",
    )  # fmt: skip


def _downloads(
    workspace: Workspace, figure: _FigurePreview, shared: Recipe, page: int,
    shown: EventFile | None,
) -> None:  # fmt: skip
    """Show the buttons; the files that readers can search are made from the recipe `shared`."""
    st.header("Download", anchor=False)
    snapshot, count = figure.snapshot, len(figure.pages)
    page_label = f", page {page}" if count > 1 else ""
    end = f"_p{page}" if page > 1 else ""
    recipe = snapshot.recipe
    file_buttons(
        [
            *(
                FileOffer(
                    label,
                    f"{snapshot.name}{ending}",
                    partial(_bytes, snapshot, workspace, form, page, dpi)
                    if form not in INTERACTIVE or shared == recipe
                    else partial(_shared_bytes, shared, workspace, form, shown),
                )
                for label, ending, form, dpi in (
                    ("Everything (ZIP)", ".zip", "zip", None),
                    ("PDF", ".pdf", "pdf", None),
                    ("PowerPoint, shapes to edit", ".pptx", "pptx", None),
                    ("PowerPoint, picture", "_picture.pptx", _AS_PICTURE, None),
                    ("Word", ".docx", "docx", None),
                    ("Web page", ".html", "html", None),
                    (f"PNG{page_label}", f"{end}.png", "png", None),
                    (f"PNG{page_label}, {PRINT_DPI} dpi", f"_{PRINT_DPI}dpi{end}.png", "png",
                     PRINT_DPI),
                    (f"SVG{page_label}", f"{end}.svg", "svg", None),
                )
            ),
            FileOffer(
                "Recipe", f"{snapshot.name}.recipe.json", lambda: recipe.to_json().encode(),
                "Recreates the identical figure, here or with incident-map snapshot.",
            ),
        ],
        key="briefing-files",
    )  # fmt: skip


def _bytes(
    snapshot: Snapshot, workspace: Workspace, form: str, page: int, dpi: int | None
) -> bytes:
    """Return the file, made when the reader asks for it."""
    as_picture = form == _AS_PICTURE
    with ONE_AT_A_TIME:
        found = files(
            snapshot, workspace, "pptx" if as_picture else form, dpi=dpi, as_picture=as_picture
        )
    kept_state.note_briefing(workspace)
    return found[min(page, len(found)) - 1].data


def _shared_bytes(
    recipe: Recipe, workspace: Workspace, form: str, shown: EventFile | None
) -> bytes:
    """Return a file that holds only what is shown, made when the reader asks for it."""
    with ONE_AT_A_TIME:
        snapshot = make(workspace, recipe, shown)
    return _bytes(snapshot, workspace, form, 1, None)


def _snippets(snapshot: Snapshot) -> None:
    st.header("Citation and embed code", anchor=False)
    for label, text in (
        ("Citation", citation(snapshot)),
        *styled_citations(snapshot),
        ("Markdown image with alt text", markdown_image(snapshot)),
        ("HTML image with alt text", html_image(snapshot)),
        ("Interactive map for a web page", iframe(snapshot)),
    ):
        st.caption(label)
        st.code(text, language=None, wrap_lines=True)
