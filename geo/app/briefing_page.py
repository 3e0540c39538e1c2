"""The page from what the map shows to a figure that stands on its own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from hashlib import blake2b
from threading import Lock
from typing import Final, NamedTuple

import streamlit as st

from geo.app import days, events, session
from geo.app.file_choice import file_choice
from geo.app.not_heeded import no_card, no_such_part, one_period
from geo.app.picture import picture
from geo.app.plain import plain
from geo.briefing.formats import files
from geo.briefing.recreate import Since, again, is_as_it_was
from geo.briefing.snippets import citation, html_image, iframe, markdown_image
from geo.errors import GeoError
from geo.limits import MAX_NOTE, MAX_RECIPE_BYTES, MAX_TITLE
from geo.snapshot.content.composing import stamped
from geo.snapshot.content.recipe import VARIANTS, Recipe, clean, one_line
from geo.snapshot.content.sizes import PRINT_DPI, SIZES
from geo.snapshot.output.making import Snapshot, make
from geo.view import say_day
from geo.workspace import Workspace

UPLOAD: Final = "briefing-recipe"
_VARIANTS: Final = {"colour": "Colour", "grey": "Greyscale (print)", "dark": "Dark"}
_MOST: Final = 20
_WIDTHS: Final = (9, 4)
_LAYOUT: Final = """<style>
.stMainBlockContainer { padding: 5rem 1.5rem 3rem; max-width: 96rem; }
.stMainBlockContainer h1 { font-size: 1.75rem; }
.stMainBlockContainer h2 { font-size: 1.3rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.85; }
</style>"""
# The drawing library keeps its settings for the whole process, and every session is a thread.
_ONE_AT_A_TIME: Final = Lock()


def briefing_page() -> None:
    """A figure of what the map shows now: to look at, to name, and to take along."""
    workspace = session.workspace()
    st.html(_LAYOUT)
    st.title("Briefing", anchor=False)
    sight, desk = st.columns(_WIDTHS, gap="medium")
    with desk:
        begun = _begun(workspace)
        recipe = _fields(workspace, begun)
    try:
        with sight:
            if said := one_period(recipe.view, "This figure shows"):
                st.info(plain(said), icon=":material/info:")
            if said := no_card(recipe.view):
                st.caption(said)
            if said := no_such_part(recipe.view, workspace.country):
                st.caption(said)
            figure = _figure(workspace, recipe)
            page = _preview(figure)
    except GeoError as error:
        st.error(plain(str(error)), icon=":material/error:")
        figure = None
    with desk:
        if figure is not None:
            _downloads(workspace, figure, page)
        _recipe_field()
    if figure is not None:
        _snippets(figure.snapshot)


class _Begun(NamedTuple):
    """What the figure begins with: the map, or a recipe that was handed in."""

    origin: str
    recipe: Recipe
    since: Since | None


class _Figure(NamedTuple):
    """A snapshot and the pictures of its pages."""

    snapshot: Snapshot
    pages: tuple[bytes, ...]


def _begun(workspace: Workspace) -> _Begun:
    held: bytes | None = st.session_state.get(UPLOAD)
    today = days.today()
    if held is not None:
        try:
            recipe = Recipe.from_json(held, "This file")
            other = not is_as_it_was(workspace, recipe)
            found = again(workspace, recipe, at_hand=other, today=today)
        except GeoError as error:
            st.error(plain(str(error)), icon=":material/error:")
        else:
            _said_again(recipe, found.since)
            origin = blake2b(held, digest_size=8).hexdigest()
            return _Begun(origin, found.recipe, found.since)
    return _Begun("map", Recipe(view=session.view(), as_of=today), None)


def _recipe_field() -> None:
    with st.expander("Recreate an earlier figure"):
        file_choice(
            "The recipe of an earlier figure",
            hint="The recipe.json that came with it. It stays on this computer.",
            accept=".json",
            most=MAX_RECIPE_BYTES,
            key=UPLOAD,
        )


def _said_again(recipe: Recipe, since: Since | None) -> None:
    """Whether the earlier figure is made as it was, and if not, what has changed."""
    day = say_day(recipe.as_of) if recipe.as_of else "an unstated day"
    if since is None:
        st.info(plain(f"This is the figure of {day}, recreated from the same data."))
        return
    first, *rest = since.lines()
    st.warning(plain(first))
    if rest:
        with st.expander("Changed records"):
            st.markdown("\n".join(f"- {plain(line.strip())}" for line in rest[:_MOST]))
            if len(rest) > _MOST:
                st.caption(f"{len(rest) - _MOST} more are not listed here.")


def _fields(workspace: Workspace, begun: _Begun) -> Recipe:
    """The recipe with what stands in the fields; they begin as it says."""
    given, key = begun.recipe, f"briefing-{begun.origin}"
    if begun.origin == "map":
        st.caption("Based on the current map view.")
        if events.may_be_drawn():
            st.caption(
                "Figures do not include events. To hand over a map with events, download it on the "
                "Events page."
            )
    title = st.text_input(
        "Title",
        key=session.lasting(f"{key}-title", given.title),
        max_chars=MAX_TITLE,
        placeholder=workspace.reading.dossier.title,
    )
    note = st.text_area(
        "Note", key=session.lasting(f"{key}-note", given.note), max_chars=MAX_NOTE, height=80
    )
    size = st.selectbox(
        "Size",
        list(SIZES),
        key=session.lasting(f"{key}-size", given.size),
        format_func=lambda one: SIZES[one].label,
    )
    variant = st.radio(
        "Colours",
        VARIANTS,
        key=session.lasting(f"{key}-variant", given.variant),
        format_func=_VARIANTS.__getitem__,
        horizontal=True,
    )
    return replace(given, title=one_line(title), note=clean(note), size=size, variant=variant)


def _figure(workspace: Workspace, recipe: Recipe) -> _Figure:
    ready = stamped(workspace.reading, workspace.located, workspace.country, recipe)
    return _drawn(workspace, ready, ready.to_json())


@st.cache_resource(max_entries=6, show_spinner="Drawing the figure…")
def _drawn(_workspace: Workspace, _recipe: Recipe, text: str) -> _Figure:  # noqa: ARG001 - the cache's key
    with _ONE_AT_A_TIME:
        made = make(_workspace.reading, _workspace.located, _workspace.country, _recipe)
        return _Figure(made, made.png())


def _preview(figure: _Figure) -> int:
    """Show a page as it comes out, with what stands on it, and return its number."""
    content, count = figure.snapshot.content, len(figure.pages)
    page = _page_of(count)
    alt = content.alt_text if page == 1 else f"Page {page} of {count}: notes and sources."
    picture(figure.pages[page - 1], alt, key="briefing-picture")
    st.caption(plain(content.ledger))
    for warning in content.warnings:
        st.caption(plain(warning))
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


def _downloads(workspace: Workspace, figure: _Figure, page: int) -> None:
    st.header("Download", anchor=False)
    made, count = figure.snapshot, len(figure.pages)
    of_page = f", page {page}" if count > 1 else ""
    end = f"_p{page}" if page > 1 else ""
    with st.container(horizontal=True, gap="small"):
        for label, name, form, dpi in (
            ("Everything (ZIP)", f"{made.name}.zip", "zip", None),
            ("PDF", f"{made.name}.pdf", "pdf", None),
            ("PowerPoint", f"{made.name}.pptx", "pptx", None),
            ("Word", f"{made.name}.docx", "docx", None),
            ("Web page", f"{made.name}.html", "html", None),
            (f"PNG{of_page}", f"{made.name}{end}.png", "png", None),
            (f"PNG{of_page}, {PRINT_DPI} dpi", f"{made.name}_{PRINT_DPI}dpi{end}.png", "png",
             PRINT_DPI),
            (f"SVG{of_page}", f"{made.name}{end}.svg", "svg", None),
        ):  # fmt: skip
            st.download_button(
                label,
                partial(_bytes, made, workspace, form, page, dpi),
                name,
                on_click="ignore",
                key=f"briefing-{form}-{dpi}",
            )
        st.download_button(
            "Recipe", made.recipe.to_json(), f"{made.name}.recipe.json", "application/json",
            on_click="ignore", key="briefing-recipe-file",
            help="Recreates the identical figure, here or with incident-map snapshot.",
        )  # fmt: skip


def _bytes(made: Snapshot, workspace: Workspace, form: str, page: int, dpi: int | None) -> bytes:
    """The file, made when somebody asks for it."""
    with _ONE_AT_A_TIME:
        found = files(made, workspace, form, dpi=dpi)
    return found[min(page, len(found)) - 1].data


def _snippets(made: Snapshot) -> None:
    st.header("Citation and embed code", anchor=False)
    for label, text in (
        ("Citation", citation(made)),
        ("Markdown image with alt text", markdown_image(made)),
        ("HTML image with alt text", html_image(made)),
        ("Interactive map for a web page", iframe(made)),
    ):
        st.caption(label)
        st.code(text, language=None, wrap_lines=True)
