"""The data that a figure may be made from, if its recipe says that it is to be passed on."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from geo.handover.profiles import INTERNAL, profile_named, read_profiles
from geo.handover.reducing import Reduction, reduce_workspace
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace
from geo.view import View


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
    # A figure shows one period.
    return reduction_to(workspace, recipe, [replace(recipe.view, compare=None)])


def reduction_to(
    workspace: Workspace,
    recipe: Recipe,
    views: Sequence[View],
    shown: AbstractSet[str] | None = None,
) -> Reduction | None:
    """The same for several Views, of which the first is that of the recipe.

    Parameters
    ----------
    shown
        Ids of the records to keep, if the recipe names none.
    """
    if not recipe.is_reduced:
        return None
    return reduce_workspace(
        workspace,
        views,
        profile_named(recipe.profile or INTERNAL.name, read_profiles(workspace.country.folder)),
        only_shown=recipe.only_shown,
        records=(recipe.made.keys() if recipe.data else shown) if recipe.only_shown else None,
    )


def reduced_for(workspace: Workspace, recipe: Recipe) -> tuple[Workspace, Recipe]:
    """The workspace and the recipe that fits it, as :func:`reduction_of` gives them.

    Returns
    -------
    tuple
        Both unchanged, if the recipe excludes nothing.
    """
    found = reduction_of(workspace, recipe)
    return (workspace, recipe) if found is None else (found.workspace, fitted(recipe, found))


def fitted(recipe: Recipe, reduction: Reduction) -> Recipe:
    """The recipe with the View of a reduction, and without words about what is withheld."""
    dossier = reduction.workspace.reading.dossier
    kept = {record.id for record in dossier.records}
    editorial = recipe.editorial.only_for(kept, dossier.groups.keys())
    return replace(recipe, view=reduction.views[0], editorial=editorial)
