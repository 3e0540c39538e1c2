"""Fields of a mapping as it was read from JSON or YAML, each checked when it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from geo.dossier.messages import meant
from geo.errors import RecipeError
from geo.text import NOT_IN_OUTPUT, OBEYED


@dataclass(frozen=True, slots=True)
class PlainFields:
    """The fields of one mapping, and where it is, for messages."""

    values: Mapping[str, Any]
    where: str

    @classmethod
    def of(cls, value: object, where: str, known: Collection[str]) -> Self:
        """Take a mapping with no other fields than these.

        Raises
        ------
        RecipeError
            It is not a mapping, or has a field that is not known.

        Examples
        --------
        >>> PlainFields.of({"subtitel": "A"}, "e.yaml", ["subtitle"])
        Traceback (most recent call last):
        ...
        geo.errors.RecipeError: e.yaml: there is no field 'subtitel'; did you mean 'subtitle'?; \
expected any of subtitle
        """
        if not isinstance(value, Mapping):
            raise RecipeError(f"{where}: is {_kind(value)}; expected fields with values")
        for key in value:
            if key not in known:
                said = ", ".join(known)
                raise RecipeError(
                    f"{where}: there is no field {str(key)[:80]!r}{meant(str(key)[:80], known)}; "
                    f"expected any of {said}"
                )
        return cls(value, where)

    def text(self, key: str, usual: str = "") -> str:
        """A field as text."""
        value = self.values.get(key)
        if value is None:
            return usual
        if not isinstance(value, str):
            raise self.fault(key, f"is {_kind(value)}; expected text, in quotes if need be")
        return value

    def number(self, key: str, usual: float) -> float:
        """A field as a number."""
        value = self.values.get(key)
        if value is None:
            return usual
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fault(key, f"is {_kind(value)}; expected a number")
        return float(value)

    def items(self, key: str) -> Sequence[Any]:
        """A field as a list; empty if it is missing."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            raise self.fault(key, f"is {_kind(value)}; expected a list")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A field as a list of texts."""
        found = self.items(key)
        for one in found:
            if not isinstance(one, str):
                raise self.fault(key, f"has {_kind(one)}; expected only texts")
        return tuple(found)

    def text_by_key(self, key: str) -> tuple[tuple[str, str], ...]:
        """A field that has a text for each key, in its order."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, Mapping):
            raise self.fault(key, f"is {_kind(value)}; expected a text for each key")
        for name, said in value.items():
            if not isinstance(name, str) or not isinstance(said, str):
                raise self.fault(key, f"{str(name)[:80]!r} is {_kind(said)}; expected text")
        return tuple(value.items())

    def fault(self, key: str, says: str) -> RecipeError:
        """The error that a field is refused with."""
        return RecipeError(f"{self.where}: {key} {says}")


def tidy_line(text: str) -> str:
    r"""A text on one line, without characters that control a terminal or turn the text around.

    Examples
    --------
    >>> tidy_line("TLP:\u202eAMBER\x07 \n only")
    'TLP:AMBER only'
    """
    return " ".join(OBEYED.sub("", NOT_IN_OUTPUT.sub("", text)).split())


def short_line(name: str, text: str, most: int) -> str:
    """The same, if it is short enough.

    Raises
    ------
    RecipeError
        It has more than `most` characters.
    """
    line = tidy_line(text)
    if len(line) > most:
        raise RecipeError(f"{name} has {len(line):,} characters; at most {most:,}; shorten it")
    return line


def _kind(value: object) -> str:
    """What a value is, in words."""
    if isinstance(value, bool) or value is None:
        return f"{value}".lower()
    names = {str: "text", int: "a number", float: "a number", list: "a list", dict: "fields"}
    return next((words for kind, words in names.items() if isinstance(value, kind)), "a value")
