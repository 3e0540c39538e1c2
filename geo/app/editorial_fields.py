"""The fields of the Briefing page for what the editor adds to a figure; all of them folded away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from geo.app import session
from geo.app.editors_mark_fields import asked_marks
from geo.app.file_choice import file_choice
from geo.app.plain import show_alert
from geo.errors import GeoError, RecipeError
from geo.limits import MAX_BLEED, MAX_CAVEATS, MAX_LINE, MAX_LOGO_BYTES, MAX_MARKING, MAX_TITLE
from geo.snapshot.content.editorial.editorial import WORD_LANGUAGES, Editorial
from geo.snapshot.content.editorial.house_style import HouseStyle
from geo.snapshot.content.editorial.legend_edits import LegendEdits
from geo.snapshot.content.editorial.logo import logo_of
from geo.snapshot.content.editorial.map_names import MapNames, NameChoice
from geo.snapshot.content.editorial.mark_labels import MarkLabels

LOGO: Final = "briefing-logo"
_NAMES: Final = {"all": "All that fit", "shown": "With a mark", "none": "None", "list": "These"}
_LABELS: Final = {"numbers": "Numbers", "fields": "Numbers and short titles"}
_LANGUAGES: Final = {"en": "English", "fa": "Dari", "ps": "Pashto"}
_AREA: Final = 90
"""Height of a text field in pixels: three lines."""


def asked_editorial(initial: Editorial, key: str) -> Editorial:
    """Show the fields, filled with what a recipe has, and return what is in them.

    Parameters
    ----------
    key
        Of the fields of this figure on the page.

    Returns
    -------
    Editorial
        As in the recipe, if something in the fields is not valid; the page says why.
    """
    with st.expander("More: texts, marking, logo, names, legend, colours"):
        try:
            found = _texts(initial, key)
            found = _names(found, key)
            found = _looks(found, key)
        except GeoError as error:
            show_alert(str(error))
            found = initial
    return replace(found, marks=asked_marks(initial.marks, key))


def _line(label: str, key: str, usual: str, most: int, hint: str = "") -> str:
    said = st.text_input(
        label, key=session.remembered_field(key, usual), max_chars=most, help=hint or None
    )
    return str(said or "")


def _texts(initial: Editorial, key: str) -> Editorial:
    subtitle = _line("Subtitle", f"{key}-subtitle", initial.subtitle, MAX_TITLE)
    source = _line("Source line", f"{key}-source", initial.source, MAX_LINE,
                   "Printed with the credits, as that of the editor.")  # fmt: skip
    marking = _line("Marking", f"{key}-marking", initial.marking, MAX_MARKING,
                    "Classification and handling, above and below every page.")  # fmt: skip
    caveats = _line("Caveats", f"{key}-caveats", initial.caveats, MAX_CAVEATS)
    file_choice(
        "Logo",
        hint="A PNG or JPEG, drawn beside the title. The recipe keeps a small copy of it.",
        accept=".png,.jpg,.jpeg",
        most=MAX_LOGO_BYTES,
        key=LOGO,
    )
    data: bytes | None = st.session_state.get(LOGO)
    logo = initial.logo if data is None else logo_of(data, "This logo")
    return replace(
        initial, subtitle=subtitle, source=source, marking=marking, caveats=caveats, logo=logo
    )


def _names(initial: Editorial, key: str) -> Editorial:
    labels = st.radio(
        "Marks",
        list(_LABELS),
        key=session.remembered_field(
            f"{key}-labels", "fields" if initial.labels.from_fields else "numbers"
        ),
        format_func=_LABELS.__getitem__,
        horizontal=True,
        help="Short titles are made from type, date and status, where there is room.",
    )
    own = _pairs(
        "Short titles of your own", f"{key}-own-labels", dict(initial.labels.own),
        "One for each line: id of the record = title",
    )  # fmt: skip
    names = MapNames(
        _choice("Names of provinces", f"{key}-provinces", initial.names.provinces),
        _choice("Names of towns", f"{key}-towns", initial.names.towns),
    )
    return replace(
        initial, labels=MarkLabels(labels == "fields", tuple(own.items())), names=names
    )  # fmt: skip


def _choice(label: str, key: str, initial: NameChoice) -> NameChoice:
    rule: Any = st.selectbox(
        label,
        list(_NAMES),
        key=session.remembered_field(key, initial.rule),
        format_func=_NAMES.__getitem__,
    )
    if rule != "list":
        return NameChoice(rule)
    said = _line("Separated by commas", f"{key}-list", ", ".join(initial.names), MAX_LINE)
    return NameChoice("list", tuple(name.strip() for name in said.split(",")))


def _looks(initial: Editorial, key: str) -> Editorial:
    order = st.text_area(
        "Order of the legend",
        key=session.remembered_field(f"{key}-order", "\n".join(initial.legend.order)),
        height=_AREA,
        help="One heading for each line; the others follow.",
    )
    wording = _pairs(
        "Wording of the legend", f"{key}-wording", dict(initial.legend.wording),
        "One for each line: entry = your words. The usual words stay beside them.",
    )  # fmt: skip
    accent = _line("Accent", f"{key}-accent", initial.colours.accent, 7, "A colour as #1F5FBF.")
    groups = _pairs(
        "Colours of groups", f"{key}-colours", dict(initial.colours.groups),
        "One for each line: key of the group = #RRGGBB",
    )  # fmt: skip
    language: Any = st.selectbox(
        "Language of the fixed words",
        WORD_LANGUAGES,
        key=session.remembered_field(f"{key}-language", initial.language),
        format_func=_LANGUAGES.__getitem__,
    )
    bleed = st.text_input(
        "Bleed in millimetres",
        key=session.remembered_field(f"{key}-bleed", f"{initial.bleed:g}"),
        help=f"Of a PDF for a print shop, 0 to {MAX_BLEED}; with it, crop marks.",
    )
    return replace(
        initial,
        legend=LegendEdits(tuple((order or "").splitlines()), tuple(wording.items())),
        colours=HouseStyle(accent.strip(), tuple(groups.items())),
        language=language,
        bleed=_millimetres(bleed or "0"),
    )


def _pairs(label: str, key: str, initial: Mapping[str, str], hint: str) -> dict[str, str]:
    """A field with a key and its text in each line."""
    usual = "\n".join(f"{name} = {text}" for name, text in initial.items())
    said = st.text_area(label, key=session.remembered_field(key, usual), height=_AREA, help=hint)
    found: dict[str, str] = {}
    for line in filter(str.strip, (said or "").splitlines()):
        name, is_there, text = line.partition("=")
        if not is_there:
            raise RecipeError(f"{label}: {line.strip()[:60]!r} has no =; expected key = text")
        found[name.strip()] = text.strip()
    return found


def _millimetres(text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError as error:
        raise RecipeError(f"Bleed: {text[:40]!r} is not a number; expected one as 3") from error
