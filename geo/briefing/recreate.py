"""Recreate the figure of an old recipe: as it was, or with current data and a list of changes.

A recipe names the data that it was made from by their digest. Other data would give a different
figure under the old title, so they are used only on request, and the figure then states what has
changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from geo import limits
from geo.briefing.formats import OutputFile, files, own_texts
from geo.dossier.messages import meant
from geo.errors import RecipeError, ViewError
from geo.handover.scanning import check_files
from geo.snapshot.content.composing import record_digests
from geo.snapshot.content.passing_on import reduced_for, reduction_of
from geo.snapshot.content.recipe import Recipe, clean_line
from geo.snapshot.output.making import Snapshot
from geo.table.workspace import Workspace
from geo.text import counted
from geo.view import View, keep, say_day, workspace_for

_SHORT: Final = 12
"""Hexadecimal digits of a digest that are printed: 48 bits, enough to tell versions apart."""
_DEFAULTS: Final[Mapping[str, Any]] = View().to_message()


@dataclass(frozen=True, slots=True)
class RecordName:
    """A record by its id, and its title if the current data still contain it."""

    id: str
    title: str = ""

    def __str__(self) -> str:
        return f"{self.id}: {self.title}" if self.title else self.id


@dataclass(frozen=True, slots=True)
class DataChanges:
    """What has changed between the snapshot of a recipe and the same View of the current data.

    Parameters
    ----------
    day
        The day of the earlier snapshot.
    version, version_now
        Digests of the data then and now.
    added, gone, changed
        Records that are newly shown, no longer shown, and shown with different content.
    before, now
        How many records were and are shown.
    other_ground
        Whether boundaries or place names have changed.
    """

    day: date | None
    version: str
    version_now: str
    added: tuple[RecordName, ...]
    gone: tuple[RecordName, ...]
    changed: tuple[RecordName, ...]
    before: int
    now: int
    boundaries_changed: bool

    @property
    def line(self) -> str:
        """The summary in one line, as it appears on the snapshot.

        Examples
        --------
        >>> gone = (RecordName("an-attack"),)
        >>> DataChanges(date(2026, 11, 14), "0" * 64, "1" * 64, (), gone, (), 1, 0, True).line
        'Since 14 November 2026 (data version 000000000000): 0 records added, 1 removed, 0 \
revised; 1 shown then, 0 now; boundaries or place names have changed.'
        """
        since = f"Since {say_day(self.day) if self.day else 'an earlier figure'}"
        ground = "; boundaries or place names have changed" if self.boundaries_changed else ""
        return f"{since} (data version {self.version[:_SHORT]}): {self._counts()}{ground}."

    def _counts(self) -> str:
        if not (self.added or self.gone or self.changed):
            return f"nothing has changed in the {counted(self.now, 'record')} shown"
        return (
            f"{counted(len(self.added), 'record')} added, {len(self.gone)} removed, "
            f"{len(self.changed)} revised; {self.before} shown then, {self.now} now"
        )

    def lines(self) -> Iterator[str]:
        """Yield the summary, then each record with its change."""
        yield self.line
        yield from (f"  added: {record}" for record in self.added)
        for record in self.gone:
            why = "in the data, but not shown" if record.title else "no longer in the data"
            yield f"  removed: {record} ({why})"
        yield from (f"  revised: {record}" for record in self.changed)


@dataclass(frozen=True, slots=True)
class Recreation:
    """A recipe that is ready to be made, and what has changed since; ``None`` if nothing has."""

    recipe: Recipe
    since: DataChanges | None


def recreate(
    workspace: Workspace,
    recipe: Recipe,
    *,
    current_data: bool = False,
    today: date | None = None,
    name: str = "the recipe",
) -> Recreation:
    """Prepare to make a snapshot again.

    Parameters
    ----------
    current_data
        Whether to use the current data, whatever the recipe was made from, as of `today`.
    name
        The recipe's name in messages.

    Raises
    ------
    RecipeError
        The recipe was made from other data, and `current_data` is not set.
    """
    if not recipe.data:
        return Recreation(replace(recipe, as_of=recipe.as_of or today), None)
    if current_data:
        since = changes_since(workspace, recipe)
        return Recreation(replace(recipe, as_of=today, since=since.line), since)
    if not is_as_it_was(workspace, recipe):
        then, now = _versions(recipe.data, recipe.ground), _current_versions(workspace)
        raise RecipeError(
            f"{name}: was made from {then}, but the current data are {now}; give the dossier of "
            "that version, or recreate it from the current data with --current-data"
        )
    return Recreation(recipe, None)


def is_as_it_was(workspace: Workspace, recipe: Recipe) -> bool:
    """Tell whether a recipe gives the identical snapshot with the current data."""
    now = (workspace.reading.digest, workspace.country.digest)
    return not recipe.data or (recipe.data, recipe.ground) == now


def changes_since(workspace: Workspace, recipe: Recipe) -> DataChanges:
    """Return what has changed since a recipe was made."""
    workspace, recipe = reduced_for(workspace, recipe)
    workspace = workspace_for(recipe.view, workspace)
    reading, made = workspace.reading, recipe.made
    kept = [str(key) for key, why in keep(recipe.view, workspace.located.table).items() if not why]
    digests = record_digests(reading, kept)
    titles = {record.id: clean_line(record.title) for record in reading.dossier.records}

    def record_names(keys: Iterable[str]) -> tuple[RecordName, ...]:
        return tuple(RecordName(key, titles.get(key, "")) for key in keys)

    return DataChanges(
        day=recipe.as_of,
        version=recipe.data,
        version_now=reading.digest,
        added=record_names(key for key in digests if key not in made),
        gone=record_names(key for key in made if key not in digests),
        changed=record_names(key for key in digests if key in made and made[key] != digests[key]),
        before=len(made),
        now=len(digests),
        boundaries_changed=recipe.ground != workspace.country.digest,
    )


def with_recipe(
    snapshot: Snapshot, workspace: Workspace, forms: Iterable[str], *, dpi: int | None = None,
    as_picture: bool = False,
) -> tuple[OutputFile, ...]:  # fmt: skip
    """Return the files of a snapshot in these formats, and its recipe.

    A ZIP archive contains the recipe.
    """
    wanted = list(dict.fromkeys(forms))
    made = [
        file
        for form in wanted
        for file in files(snapshot, workspace, form, dpi=dpi, as_picture=as_picture)
    ]
    if set(wanted) - {"zip"}:
        made.append(recipe_file(snapshot, workspace))
    return tuple(made)


def recipe_file(snapshot: Snapshot, workspace: Workspace) -> OutputFile:
    """Return the recipe of a snapshot as a file.

    Raises
    ------
    ExportError
        The recipe excludes something, and holds it all the same.
    """
    name, text = f"{snapshot.name}.recipe.json", snapshot.recipe.to_json().encode()
    reduction = reduction_of(workspace, snapshot.recipe)
    if reduction is not None:
        check_files([(name, text)], reduction, *own_texts(snapshot.recipe))
    return OutputFile(name, text, "application/json")


def view_of(data: bytes, name: str) -> View:
    """Read a View from a file: a message of the map document, or a recipe.

    Raises
    ------
    ViewError, RecipeError
        The message names `name` and the faulty field: a filter that was dropped silently would show
        more than requested.

    Examples
    --------
    >>> view_of(b'{"kinds": ["incident", "rumour"]}', "V.json")
    Traceback (most recent call last):
    ...
    geo.errors.ViewError: V.json: kinds holds what no View can hold: ['incident', 'rumour']
    """
    given = _mapping(data, name)
    if "incidentMapRecipe" in given:
        Recipe.from_json(data, name)
    if isinstance(given.get("view"), dict):
        given = given["view"]
    view, refusals = View.read_message(given)
    if refusals:
        raise ViewError(f"{name}: {refusals[0]}")
    said = view.to_message()
    for field, value in given.items():
        if field not in _DEFAULTS:
            raise ViewError(f"{name}: a View has no field {field!r}{meant(field, _DEFAULTS)}")
        if not _is_read(value, said[field], _DEFAULTS[field]):
            raise ViewError(f"{name}: {field} holds what no View can hold: {value!r}")
    return view


def _is_read(given: Any, value: Any, default: Any) -> bool:
    """Tell whether everything that was given has been read."""
    if isinstance(given, list) and isinstance(value, list):
        return all(one in value for one in given)
    return bool(given in (default, None) or value != default)


def _mapping(data: bytes, name: str) -> dict[str, Any]:
    if len(data) > (most := limits.MAX_RECIPE_BYTES):
        raise ViewError(f"{name}: larger than {most:,} bytes; that is not a View")
    try:
        given = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ViewError(f"{name}: is not JSON; expected a View or a recipe") from error
    if not isinstance(given, dict):
        raise ViewError(f'{name}: is not a View; expected an object such as {{"off": ["nrf"]}}')
    return given


def _current_versions(workspace: Workspace) -> str:
    return _versions(workspace.reading.digest, workspace.country.digest)


def _versions(data: str, ground: str) -> str:
    return f"data version {data[:_SHORT]} with boundaries and names {ground[:_SHORT]}"
