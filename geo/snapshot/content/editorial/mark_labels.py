"""Short titles beside the numbers of marks, from the editor or from fields of the records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from geo import limits
from geo.errors import RecipeError
from geo.snapshot.content.editorial.plain_fields import PlainFields, short_line

FROM_FIELDS: Final = "fields"
_RECORD: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


@dataclass(frozen=True, slots=True)
class MarkLabels:
    r"""What is written beside the number of a mark.

    Parameters
    ----------
    from_fields
        Whether each mark has a label made from the fields of its record, unless it has its own.
    own
        Id of a record and its short title, as the editor wrote it.

    Examples
    --------
    >>> MarkLabels(own=(("an-attack", "Attack\non the post"),)).own
    (('an-attack', 'Attack on the post'),)
    """

    from_fields: bool = False
    own: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Tidy the titles, and refuse what is too long or too many."""
        if len(self.own) > limits.MAX_EDITORIAL_ENTRIES:
            raise RecipeError(
                f"labels: {len(self.own):,} are given; at most {limits.MAX_EDITORIAL_ENTRIES:,}"
            )
        for key, _ in self.own:
            if not _RECORD.fullmatch(key):
                raise RecipeError(f"labels: {key!r:.90} is not a valid id of a record")
        tidy = {key: short_line(f"labels: that of {key}", text, limits.MAX_MARK_LABEL)
                for key, text in self.own}  # fmt: skip
        object.__setattr__(self, "own", tuple((key, text) for key, text in tidy.items() if text))

    @classmethod
    def from_plain(cls, value: object, where: str) -> Self:
        """Read the labels: ``numbers``, ``fields``, or a short title for each id of a record.

        Raises
        ------
        RecipeError
            It is none of these.
        """
        if value in (None, "numbers", FROM_FIELDS):
            return cls(from_fields=value == FROM_FIELDS)
        if not isinstance(value, Mapping):
            raise RecipeError(
                f"{where}: labels {value!r:.80} is unknown; expected numbers, fields, or a title "
                "for each id of a record"
            )
        rest = {key: text for key, text in value.items() if key != "others"}
        own = PlainFields({"labels": rest}, where).text_by_key("labels")
        return cls(value.get("others") == FROM_FIELDS, own)

    @property
    def plain(self) -> Any:
        """The labels for a recipe."""
        if not self.own:
            return FROM_FIELDS if self.from_fields else "numbers"
        return dict(self.own) | ({"others": FROM_FIELDS} if self.from_fields else {})
