"""The data that a figure may be made from, if its recipe says that it is to be passed on."""

from __future__ import annotations

from dataclasses import replace

from geo.handover.profiles import INTERNAL, profile_named, read_profiles
from geo.handover.reducing import reduce_workspace
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace


def reduced_for(workspace: Workspace, recipe: Recipe) -> tuple[Workspace, Recipe]:
    """Reduce a workspace to what the figure of a recipe may hold.

    A recipe that names its records (:func:`geo.snapshot.content.composing.with_digests`) gives the
    same ones again: its View no longer has the keys of the groups that it excludes.

    Returns
    -------
    tuple
        The reduced workspace, and the recipe with the View that fits it; both unchanged, if the
        recipe excludes nothing.

    Raises
    ------
    GeoError
        There is no such profile, or the file of profiles cannot be read.
    """
    if not recipe.only_shown and not recipe.profile:
        return workspace, recipe
    profiles = read_profiles(workspace.country.folder)
    found = reduce_workspace(
        workspace,
        # A figure shows one period.
        [replace(recipe.view, compare=None)],
        profile_named(recipe.profile or INTERNAL.name, profiles),
        only_shown=recipe.only_shown,
        records=recipe.made.keys() if recipe.data and recipe.only_shown else None,
    )
    return found.workspace, replace(recipe, view=found.views[0])
