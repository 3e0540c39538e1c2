"""The data that a figure may be made from, if its recipe says that it is to be passed on."""

from __future__ import annotations

from dataclasses import replace

from geo.handover.profiles import INTERNAL, profile_named, read_profiles
from geo.handover.reducing import Reduction, reduce_workspace
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace


def reduction_of(workspace: Workspace, recipe: Recipe) -> Reduction | None:
    """Reduce a workspace to what the figure of a recipe may hold.

    A recipe that names its records (:func:`geo.snapshot.content.composing.with_digests`) gives the
    same ones again: its View no longer has the keys of the groups that it excludes.

    Returns
    -------
    Reduction or None
        ``None``, if the recipe excludes nothing.

    Raises
    ------
    GeoError
        There is no such profile, or the file of profiles cannot be read.
    """
    if not recipe.only_shown and not recipe.profile:
        return None
    return reduce_workspace(
        workspace,
        # A figure shows one period.
        [replace(recipe.view, compare=None)],
        profile_named(recipe.profile or INTERNAL.name, read_profiles(workspace.country.folder)),
        only_shown=recipe.only_shown,
        records=recipe.made.keys() if recipe.data and recipe.only_shown else None,
    )


def reduced_for(workspace: Workspace, recipe: Recipe) -> tuple[Workspace, Recipe]:
    """The workspace and the recipe with the View that fits it, as :func:`reduction_of` gives them.

    Returns
    -------
    tuple
        Both unchanged, if the recipe excludes nothing.
    """
    found = reduction_of(workspace, recipe)
    if found is None:
        return workspace, recipe
    dossier = found.workspace.reading.dossier
    kept = {record.id for record in dossier.records}
    editorial = recipe.editorial.only_for(kept, dossier.groups.keys())
    return found.workspace, replace(recipe, view=found.views[0], editorial=editorial)
