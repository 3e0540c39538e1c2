"""What has been typed and not saved, kept on the disk so that nothing that ends a page loses it.

It belongs to one person and one dossier, is kept in the state folder, and is never read by anything
that draws or counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

from geo.app.editing.answers import FormState
from geo.app.editing.fields import every_field, form_parts
from geo.app.editing.values import checked_form
from geo.app.keyed_file import KeyedFile
from geo.app.personal_file import personal_file
from geo.dossier.entries import SECTIONS, Section
from geo.dossier.records import EMPTY

MOST: Final = 50
"""Forms that are kept: more than somebody leaves unfinished. The oldest gives way."""


@dataclass(frozen=True)
class Unsaved:
    """A form that has not been saved.

    Parameters
    ----------
    key
        By which it is found again.
    at
        When somebody typed in it last.
    token, n
        Which opening of the form it was, and the number of its state: a page that is still open in
        a browser knows by them whether it has newer text.
    """

    key: str
    form: FormState
    at: datetime
    token: str = ""
    n: int = 0

    @property
    def title(self) -> str:
        """What to call it in a list."""
        values = self.form.values
        names = (values.get(name) for name in ("title", "name", "text", "id"))
        return next((str(one) for one in names if isinstance(one, str) and one.strip()), "")


@dataclass(frozen=True, slots=True)
class UnsavedStore:
    """The forms of one person for one dossier.

    Parameters
    ----------
    person
        As of :class:`geo.app.view_store.ViewStore`.
    """

    dossier: Path
    person: str | None

    @property
    def file(self) -> Path:
        """The file with the forms; its name does not give the person away.

        Raises
        ------
        StateError
            There is no state folder, or the person is not known.
        """
        return personal_file("unsaved", self.dossier, self.person)

    def read(self) -> Mapping[str, Unsaved]:
        """The forms by their keys, the one typed in last at the end.

        Returns
        -------
        Mapping
            Empty, if there are none.

        Raises
        ------
        StateError
            They are not kept.
        """
        return self._kept.read()

    def keep(self, key: str, form: FormState, token: str = "", n: int = 0) -> None:
        """Keep a form, in place of what was kept under its key.

        Raises
        ------
        StateError
            It cannot be kept.
        """
        self._kept.keep(key, Unsaved(key, form, datetime.now(UTC), token, n))

    def forget(self, key: str) -> None:
        """Forget a form, because it has been saved or given up.

        Raises
        ------
        StateError
            The file cannot be changed.
        """
        self._kept.forget(key)

    @property
    def _kept(self) -> KeyedFile[Unsaved]:
        return KeyedFile(self.file, _read, _plain, MOST)


def _plain(one: Unsaved) -> dict[str, Any]:
    form = one.form
    base, copied = (one and dict(one) for one in (form.base, form.copied))
    return {"key": one.key, "section": form.section, "values": form.values, "base": base,
            "copied": copied, "at": one.at.isoformat(), "token": one.token, "n": one.n}  # fmt: skip


def _read(given: object) -> Mapping[str, Unsaved]:
    if not isinstance(given, list):
        raise ValueError("not a list of forms")
    return {one.key: one for one in map(_one, given)}


def _one(given: Any) -> Unsaved:
    try:
        section, base, copied = (given[name] for name in ("section", "base", "copied"))
        known = all(one is None or isinstance(one, dict) for one in (base, copied))
        if section not in SECTIONS or not known or (base and not isinstance(base["id"], str)):
            raise ValueError("not a form")
        # The names of the fields are enough: what was chosen is kept as it was typed.
        kept = checked_form(given["values"], every_field(form_parts(section, EMPTY)))
        at = datetime.fromisoformat(given["at"])
        form = FormState(cast("Section", section), kept, base, copied)
        return Unsaved(str(given["key"]), form, at, str(given["token"]), int(given["n"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a form") from error
