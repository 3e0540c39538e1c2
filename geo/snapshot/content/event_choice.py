"""The part of a recipe that says which imported events a figure shows, and how."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, Self, get_args

from geo import limits
from geo.errors import FigureError, RecipeError
from geo.text import NOT_IN_OUTPUT

EventForm = Literal["rings", "provinces"]
"""``rings``: a ring at each place, sized by its events; ``provinces``: a count for each."""
EVENT_FORMS: Final[tuple[EventForm, ...]] = get_args(EventForm)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_SHORT: Final = 12
"""Hexadecimal digits of a digest that are printed: 48 bits, enough to tell files apart."""


@dataclass(frozen=True, slots=True)
class EventChoice:
    r"""Which events a figure shows, and how.

    Parameters
    ----------
    form
        How they are drawn.
    digest
        SHA-256 of the events; see :class:`geo.snapshot.content.event_file.EventFile`.
    name
        The file's name, for messages.
    accessed
        The day on which the reader took the data from their provider, if they say so.
    credit
        The reader's own citation and licence, printed instead of the known ones.
    left_out
        Numbers of the combinations of groups and statuses that are switched off, for a figure whose
        View no longer names groups that are not in it; ``None``: the View says so itself.

    Examples
    --------
    >>> choice = EventChoice("rings", "0" * 64, "acled\n2022.csv")
    >>> choice.name, EventChoice.read(choice.to_message(), "X") == choice
    ('acled 2022.csv', True)
    """

    form: EventForm
    digest: str
    name: str
    accessed: date | None = None
    credit: str = ""
    left_out: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        """Put the user's texts on one line and cut them to their greatest length."""
        for field, most in (("name", limits.MAX_TITLE), ("credit", limits.MAX_NOTE)):
            text = " ".join(NOT_IN_OUTPUT.sub(" ", getattr(self, field)).split())
            object.__setattr__(self, field, text[:most].rstrip())

    @property
    def called(self) -> str:
        """Name and digest of the file, for messages."""
        return f"{self.name} (SHA-256 {self.digest[:_SHORT]})"

    def for_events(self, digest: str, name: str) -> Self:
        """The choice for other events: the same as before, but not when these were accessed.

        Raises
        ------
        FigureError
            It says by number which events are switched off, and these are others.
        """
        if digest == self.digest:
            return self
        if self.left_out:
            raise FigureError(
                f"which of the events of {name} are switched off is not in the recipe, because the "
                "figure holds only what is shown; make a new one"
            )
        return replace(self, digest=digest, name=name, accessed=None)

    def to_message(self) -> dict[str, Any]:
        """The choice as JSON values, without what is not set.

        Returns
        -------
        ``as``, ``sha256``, ``file`` and, where set, ``accessed``, ``credit`` and ``leftOut``.
        """
        return {
            "as": self.form,
            "sha256": self.digest,
            "file": self.name,
            **({"accessed": self.accessed.isoformat()} if self.accessed else {}),
            **({"credit": self.credit} if self.credit else {}),
            **({"leftOut": list(self.left_out)} if self.left_out is not None else {}),
        }

    @classmethod
    def read(cls, given: object, name: str) -> Self | None:
        """Read the choice of a recipe; ``None`` if it shows no events.

        Raises
        ------
        RecipeError
            It is not valid; the message names `name` and what was expected.
        """
        if given is None:
            return None
        if not isinstance(given, dict):
            raise RecipeError(f"{name}: events must be an object, not {type(given).__name__}")
        form, digest = given.get("as"), given.get("sha256")
        if form not in EVENT_FORMS:
            raise RecipeError(
                f"{name}: events as {form!r} is unknown; expected any of {', '.join(EVENT_FORMS)}"
            )
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            raise RecipeError(f"{name}: the sha256 of its events must have 64 hexadecimal digits")
        return cls(
            form, digest, _text(given, "file", name), _day(given, name),
            _text(given, "credit", name), _numbers(given, name),
        )  # fmt: skip


def _text(given: Mapping[str, Any], field: str, name: str) -> str:
    value = given.get(field) or ""
    if not isinstance(value, str):
        raise RecipeError(f"{name}: {field} of its events must be text, not {type(value).__name__}")
    return value


def _day(given: Mapping[str, Any], name: str) -> date | None:
    value = given.get("accessed")
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise RecipeError(
            f"{name}: its events were accessed on {value!r}, which is not a valid date; expected "
            "one such as 2026-11-21"
        ) from error


def _numbers(given: Mapping[str, Any], name: str) -> tuple[int, ...] | None:
    value = given.get("leftOut")
    if value is None:
        return None
    is_valid = isinstance(value, list) and all(
        isinstance(one, int) and not isinstance(one, bool) and one >= 0 for one in value
    )
    if not is_valid:
        raise RecipeError(f"{name}: leftOut of its events must be a list of numbers from 0")
    return tuple(sorted(set(value)))
