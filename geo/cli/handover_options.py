"""What goes along with a file that is passed on, as options of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

import typer

from geo.handover.preview import preview_of
from geo.handover.profiles import INTERNAL, Profile, profile_named, read_profiles
from geo.handover.reducing import Reduction, reduce_workspace
from geo.snapshot.content.passing_on import reduction_of
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace
from geo.view import View, select

_INTERACTIVE: Final = frozenset({"html", "zip"})
"""Formats that hold the records that are filtered out, so that a reader can switch them on."""


def _option(*names: str, says: str, **more: Any) -> Any:
    return typer.Option(*names, help=says, rich_help_panel="Passing on", show_default=False, **more)


@dataclass(frozen=True, kw_only=True)
class HandoverOptions:
    """Which records and fields go along with a file."""

    only_shown: Annotated[
        bool | None,
        _option(
            "--only-shown/--all-records",
            says="Include only what is shown, or also records that are switched off, for the "
            "reader to switch on.",
        ),
    ] = None
    profile: Annotated[
        str,
        _option(
            metavar="NAME",
            says="Readers: public, partner, internal, or another of profiles.yaml; the fields that "
            "they may not see are excluded.",
        ),
    ] = ""

    def chosen(self, workspace: Workspace) -> Profile:
        """Return the profile.

        Raises
        ------
        GeoError
            There is no such profile, or the file of profiles cannot be read.
        """
        if not self.profile:
            return INTERNAL
        return profile_named(self.profile, read_profiles(workspace.country.folder))

    def reduction(self, workspace: Workspace, views: Sequence[View]) -> Reduction:
        """Reduce a workspace to what these options let go along with a map document.

        Raises
        ------
        GeoError
            As :meth:`chosen`.
        """
        profile = self.chosen(workspace)
        return reduce_workspace(workspace, views, profile, only_shown=bool(self.only_shown))

    def on(self, recipe: Recipe, forms: Sequence[str], workspace: Workspace) -> Recipe:
        """Return the recipe with these options.

        Without any, a web page or an archive of a figure holds only what the figure shows: it is
        made to be passed on. A recipe keeps what it says itself.

        Raises
        ------
        GeoError
            As :meth:`chosen`.
        """
        self.chosen(workspace)
        only_shown = self.only_shown
        if only_shown is None:
            is_narrow = not recipe.data and bool(_INTERACTIVE.intersection(forms))
            only_shown = recipe.only_shown or (is_narrow and _excludes(recipe.view, workspace))
        return replace(recipe, only_shown=only_shown, profile=self.profile or recipe.profile)


def say_preview(workspace: Workspace, recipe: Recipe) -> tuple[str, ...]:
    """Say what goes along with a figure; nothing, if its recipe excludes nothing."""
    reduction = reduction_of(workspace, recipe)
    if reduction is None:
        return ()
    return tuple(preview_of(reduction, recipe.editorial.parts).sentences())


def _excludes(view: View, workspace: Workspace) -> bool:
    ledger = select(view, workspace).ledger
    return ledger.shown < ledger.total
