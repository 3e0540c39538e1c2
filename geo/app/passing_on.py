"""The questions of the Briefing page about what goes along with a file that is passed on."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from geo.app import session
from geo.app.plain import show_alert, show_texts
from geo.errors import GeoError
from geo.handover.preview import preview_of
from geo.handover.profiles import INTERNAL, Profile, profile_named, read_profiles
from geo.snapshot.content.passing_on import reduction_of
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace
from geo.view import select

INTERACTIVE: Final = frozenset({"html", "zip"})
"""Formats in which a reader can switch records on."""
INCLUDE: Final = "Include records that are switched off?"
_NO: Final = "No"
_WHY: Final = (
    "In the web page and in the ZIP file. With Yes, readers can switch them on. With No, these "
    "files hold only what is shown: neither the other records nor how many there are."
)
_FOR: Final = "Readers"
_WHO: Final = (
    "Readers outside do not get notes, names of speakers and other fields, depending on the "
    "profile. It applies to all files."
)


def asked_profile(workspace: Workspace, recipe: Recipe, key: str) -> Recipe:
    """Ask for whom a figure is, and return its recipe with the profile.

    Parameters
    ----------
    key
        Of the fields of this figure on the page.

    Returns
    -------
    Recipe
        Unchanged, if the profiles of the country or of the recipe cannot be used.
    """
    try:
        profiles = read_profiles(workspace.country.folder)
        given = profile_named(recipe.profile or INTERNAL.name, profiles)
    except GeoError as error:
        show_alert(str(error))
        return recipe
    names = sorted(profiles, key=lambda name: name != INTERNAL.name)
    name = st.selectbox(
        _FOR,
        names,
        key=session.remembered_field(f"{key}-profile", given.name),
        format_func=lambda one: profiles[one].label,
        help=_WHO,
    )
    return replace(recipe, profile=_kept(profiles[name]))


def asked_records(workspace: Workspace, recipe: Recipe, key: str) -> Recipe:
    """Ask whether records that are switched off go along, and say what does.

    Returns
    -------
    Recipe
        That of the web page and the ZIP file; unchanged where a View shows everything.
    """
    is_narrow = recipe.only_shown or _excludes(workspace, recipe)
    if is_narrow and not recipe.only_shown:
        answer = st.radio(
            INCLUDE,
            (_NO, "Yes"),
            key=session.remembered_field(f"{key}-include", _NO),
            horizontal=True,
            help=_WHY,
        )
        recipe = replace(recipe, only_shown=answer == _NO)
    reduction = reduction_of(workspace, recipe)
    if reduction is not None:
        show_texts(preview_of(reduction, recipe.editorial.parts).sentences())
    return recipe


def _kept(profile: Profile) -> str:
    """The name of a profile in a recipe; one that hides nothing is not named."""
    return "" if profile.hides_nothing else profile.name


def _excludes(workspace: Workspace, recipe: Recipe) -> bool:
    ledger = select(recipe.view, workspace).ledger
    return ledger.shown < ledger.total
