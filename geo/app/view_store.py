"""The saved Views of one person for one dossier, in the state folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo import state
from geo.app.personal_file import personal_file
from geo.errors import ViewError
from geo.view.saved_views import SavedView, changed, read_saved

_NONE: Final[tuple[SavedView, ...]] = ()


@dataclass(frozen=True, slots=True)
class ViewStore:
    """The saved Views of one person.

    Parameters
    ----------
    person
        Whoever signed in, by the address that the provider gives; empty where nobody has to;
        ``None`` if it is not known: then nothing is kept.
    """

    dossier: Path
    person: str | None

    @property
    def file(self) -> Path:
        """The file with the Views; its name does not give the person away.

        Raises
        ------
        StateError
            There is no state folder, or the person is not known.
        """
        return personal_file("views", self.dossier, self.person)

    def read(self) -> tuple[tuple[SavedView, ...], str]:
        """The saved Views.

        Returns
        -------
        tuple
            The Views, and what has to be reported about their file.

        Raises
        ------
        StateError
            They are not kept.
        """
        return state.read_state(self.file, _read, _NONE)

    def change(self, act: Mapping[str, object]) -> None:
        """Apply a change, as :func:`geo.view.saved_views.changed` reads it.

        Raises
        ------
        ViewError
            It is impossible.
        StateError
            It cannot be kept.
        """
        file = self.file
        with state.changing(file.parent):
            views, _ = state.read_state(file, _read, _NONE)
            state.write_state(file, [one.to_json() for one in changed(views, act)])


def _read(given: object) -> tuple[SavedView, ...]:
    try:
        return read_saved(given)
    except ViewError as error:
        raise ValueError(str(error)) from error
