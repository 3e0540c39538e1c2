"""Which provinces and towns are named on the map of a figure, by its editor's choice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Self, get_args

from geo import limits
from geo.errors import RecipeError
from geo.snapshot.content.editorial.plain_fields import PlainFields, short_line

NameRule = Literal["all", "shown", "none", "list"]
NAME_RULES: Final[tuple[NameRule, ...]] = get_args(NameRule)


@dataclass(frozen=True, slots=True)
class NameChoice:
    """Which names of one kind are on the map.

    Parameters
    ----------
    rule
        ``all`` for as many as find room, ``shown`` for those with a mark, ``none``, or ``list``.
    names
        With ``list``, the names as the map has them in English.

    Examples
    --------
    >>> NameChoice("list", ("Panjshir",)).allows("PANJSHIR", ()), NameChoice("none").allows("A", ())
    (True, False)
    >>> NameChoice("shown").allows("Balkh", ["Balkh"])
    True
    """

    rule: NameRule = "all"
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the rule, and tidy the names."""
        if self.rule not in NAME_RULES:
            known = ", ".join(NAME_RULES[:-1])
            raise RecipeError(f"{self.rule!r:.80} is unknown; expected {known}, or a list of names")
        if len(self.names) > limits.MAX_EDITORIAL_ENTRIES:
            raise RecipeError(
                f"has {len(self.names):,} names; at most {limits.MAX_EDITORIAL_ENTRIES:,}"
            )
        tidy = (short_line("name", name, limits.MAX_NAME) for name in self.names)
        object.__setattr__(self, "names", tuple(dict.fromkeys(name for name in tidy if name)))

    def allows(self, name: str, shown: Collection[str]) -> bool:
        """Whether a name is on the map, given the names of what has a mark."""
        if self.rule == "list":
            return name.casefold() in {each.casefold() for each in self.names}
        if self.rule == "shown":
            return name.casefold() in {each.casefold() for each in shown}
        return self.rule == "all"

    @property
    def plain(self) -> Any:
        """The choice for a recipe: a word, or a list of names."""
        return list(self.names) if self.rule == "list" else self.rule


@dataclass(frozen=True, slots=True)
class MapNames:
    """Which provinces and which towns are named on the map."""

    provinces: NameChoice = field(default_factory=NameChoice)
    towns: NameChoice = field(default_factory=NameChoice)

    @classmethod
    def from_plain(cls, value: object, where: str) -> Self:
        """Read the choices from JSON or YAML.

        Raises
        ------
        RecipeError
            A choice is neither a known word nor a list of names.
        """
        given = PlainFields.of(value, where, ("provinces", "towns"))
        return cls(_choice(given, "provinces"), _choice(given, "towns"))

    def to_plain(self) -> dict[str, Any]:
        """The choices for a recipe.

        Returns
        -------
        Kind of name to its choice; only what is not the usual choice.
        """
        usual = NameChoice()
        found = {"provinces": self.provinces, "towns": self.towns}
        return {key: choice.plain for key, choice in found.items() if choice != usual}


def _choice(given: PlainFields, key: str) -> NameChoice:
    value = given.values.get(key)
    if isinstance(value, list | tuple):
        names = given.texts(key)
        return _checked(given, key, "list", names)
    rule = given.text(key, "all")
    # The word for a list is the list itself.
    return _checked(given, key, rule if rule != "list" else "'list'", ())


def _checked(given: PlainFields, key: str, rule: Any, names: tuple[str, ...]) -> NameChoice:
    try:
        return NameChoice(rule, names)
    except RecipeError as error:
        raise given.fault(key, str(error)) from error
