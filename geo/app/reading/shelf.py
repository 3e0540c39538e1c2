"""The documents that a person works on, kept on the disk so that nothing that ends a page loses it.

The shelf is in the state folder, belongs to one person and one dossier, and holds no words of a
document but those beside a value; the document itself is in the evidence folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from geo.app.keyed_file import KeyedFile
from geo.app.personal_file import personal_file
from geo.app.reading.worksheet import Worksheet

MOST: Final = 20
"""Documents in work: more than somebody reads at a time, and all of them below the size that a file
of the state may have. The oldest gives way."""
_LIST: Final = TypeAdapter(tuple[Worksheet, ...])


@dataclass(frozen=True, slots=True)
class Shelf:
    """The worksheets of one person for one dossier.

    Parameters
    ----------
    person
        As of :class:`geo.app.view_store.ViewStore`.
    """

    dossier: Path
    person: str | None

    @property
    def file(self) -> Path:
        """The file with the worksheets; its name does not give the person away.

        Raises
        ------
        StateError
            There is no state folder, or the person is not known.
        """
        return personal_file("reading", self.dossier, self.person)

    def read(self) -> Mapping[str, Worksheet]:
        """The worksheets by the SHA-256 of their documents, the one worked on last at the end.

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

    def keep(self, work: Worksheet) -> None:
        """Keep a worksheet, in place of what was kept for its document.

        Raises
        ------
        StateError
            It cannot be kept.
        """
        self._kept.keep(work.document, work)

    def forget(self, document: str) -> None:
        """Forget the work on a document; what was accepted stays in the dossier.

        Raises
        ------
        StateError
            The file cannot be changed.
        """
        self._kept.forget(document)

    @property
    def _kept(self) -> KeyedFile[Worksheet]:
        return KeyedFile(self.file, _read, _plain, MOST)


def _plain(work: Worksheet) -> Any:
    return work.model_dump(mode="json")


def _read(given: object) -> Mapping[str, Worksheet]:
    try:
        found = _LIST.validate_python(given)
    except ValidationError as error:
        raise ValueError("not a list of worksheets") from error
    return {one.document: one for one in found}
