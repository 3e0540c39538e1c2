"""Everything that the editor of a figure adds to it, as one value of its recipe."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, Literal, Self, get_args

from geo import limits
from geo.errors import RecipeError
from geo.snapshot.content.editorial.editor_marks import EditorMark, say_kinds
from geo.snapshot.content.editorial.house_style import HouseStyle
from geo.snapshot.content.editorial.legend_edits import LegendEdits
from geo.snapshot.content.editorial.logo import Logo
from geo.snapshot.content.editorial.map_names import MapNames
from geo.snapshot.content.editorial.mark_labels import MarkLabels
from geo.snapshot.content.editorial.plain_fields import PlainFields, short_line

WordLanguage = Literal["en", "fa", "ps"]
WORD_LANGUAGES: Final[tuple[WordLanguage, ...]] = get_args(WordLanguage)
_LONGEST: Final = {
    "subtitle": limits.MAX_TITLE, "source": limits.MAX_LINE, "marking": limits.MAX_MARKING,
    "caveats": limits.MAX_CAVEATS,
}  # fmt: skip

_READERS: Final[dict[str, Callable[[object, str], Any]]] = {
    "logo": Logo.from_plain, "labels": MarkLabels.from_plain, "names": MapNames.from_plain,
    "legend": LegendEdits.from_plain, "colours": HouseStyle.from_plain,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Editorial:
    r"""What the editor of a figure adds: it is the editor's, and no record says it.

    Parameters
    ----------
    subtitle
        A line below the title, above what is shown.
    source
        The editor's own source line, printed with the credits.
    marking, caveats
        A classification and handling marking, such as ``TLP:AMBER``, and what is to be read with
        it; at the top and at the bottom of every page.
    logo
        At the upper right of the first page.
    labels
        Short titles beside the numbers of marks.
    names
        Which provinces and towns are named on the map.
    legend
        Order and wording of the legend.
    marks
        Arrows, circles, areas and texts on the map.
    colours
        Colours of an organisation.
    language
        Language of the fixed words of the figure.
    bleed
        Millimetres by which the pages of a PDF are larger on each side, with crop marks.

    Raises
    ------
    RecipeError
        Something is too long, or not valid.

    Examples
    --------
    >>> editorial = Editorial(subtitle="Claims\x07 of one\nyear", marking="TLP:AMBER")
    >>> editorial.subtitle, Editorial.from_plain(editorial.to_plain()) == editorial
    ('Claims of one year', True)
    >>> bool(Editorial()), bool(editorial)
    (False, True)
    """

    subtitle: str = ""
    source: str = ""
    marking: str = ""
    caveats: str = ""
    logo: Logo | None = None
    labels: MarkLabels = field(default_factory=MarkLabels)
    names: MapNames = field(default_factory=MapNames)
    legend: LegendEdits = field(default_factory=LegendEdits)
    marks: tuple[EditorMark, ...] = ()
    colours: HouseStyle = field(default_factory=HouseStyle)
    language: WordLanguage = "en"
    bleed: float = 0.0

    def __post_init__(self) -> None:
        """Tidy the texts, and refuse what is beyond its limit."""
        for name, most in _LONGEST.items():
            object.__setattr__(self, name, short_line(name, getattr(self, name), most))
        if len(self.marks) > (most := limits.MAX_EDITOR_MARKS):
            raise RecipeError(f"marks: {len(self.marks):,} are given; at most {most:,}")
        if self.language not in WORD_LANGUAGES:
            known = ", ".join(WORD_LANGUAGES)
            raise RecipeError(f"language {self.language!r:.40} is unknown; expected any of {known}")
        if not 0 <= self.bleed <= limits.MAX_BLEED:
            raise RecipeError(f"bleed is {self.bleed:g} mm; expected 0 to {limits.MAX_BLEED} mm")

    def __bool__(self) -> bool:
        """Whether the editor adds anything."""
        return self != NO_EDITORIAL

    @classmethod
    def from_plain(cls, value: object, where: str = "editorial") -> Self:
        """Read it from JSON or YAML; a mistake is reported, never guessed around.

        Raises
        ------
        RecipeError
            The message says where the mistake is and what was expected.
        """
        if value is None:
            return cls()
        given = PlainFields.of(value, where, [one.name for one in fields(cls)])
        try:
            return cls(**_read(given))
        except RecipeError as error:
            said = str(error)
            raise RecipeError(said if said.startswith(where) else f"{where}: {said}") from error

    def to_plain(self) -> dict[str, Any]:
        """The value for a recipe, with only what is set.

        Returns
        -------
        Name of each field to its value, as JSON has it.
        """
        made: dict[str, Any] = {name: getattr(self, name) for name in _LONGEST}
        made["logo"] = self.logo.to_plain() if self.logo else None
        made["labels"] = self.labels.plain if self.labels != MarkLabels() else None
        made["names"] = self.names.to_plain()
        made["legend"] = self.legend.to_plain()
        made["marks"] = [mark.to_plain() for mark in self.marks]
        made["colours"] = self.colours.to_plain()
        made["language"] = self.language if self.language != "en" else None
        made["bleed"] = self.bleed
        return {key: value for key, value in made.items() if value}

    def only_for(self, records: Collection[str], groups: Collection[str]) -> Self:
        """The same without labels of other records and without colours of other groups.

        What is withheld must not be named by what the editor wrote about it.
        """
        labels = tuple((key, text) for key, text in self.labels.own if key in records)
        colours = tuple((key, one) for key, one in self.colours.groups if key in groups)
        return replace(
            self,
            labels=replace(self.labels, own=labels),
            colours=replace(self.colours, groups=colours),
        )

    @property
    def marking_line(self) -> str:
        """The marking with its caveats, as at the top and bottom of every page."""
        return " · ".join(filter(None, (self.marking, self.caveats)))

    @property
    def about_marks(self) -> str:
        """What the legend and the notes say about the editor's marks; empty without any."""
        if not self.marks:
            return ""
        return f"{say_kinds(self.marks).capitalize()} drawn in dashes and dots are the editor’s; \
they are not data."

    @property
    def about_source(self) -> str:
        """The editor's source line as it is printed; empty without one."""
        return f"Source line of the editor: {self.source.rstrip('.')}." if self.source else ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that the editor wrote, for the scan of what a file may hold.

        Returns
        -------
        Each text as it was written.
        """
        return tuple(filter(None, self._texts()))

    def _texts(self) -> Iterator[str]:
        yield from (getattr(self, name) for name in _LONGEST)
        yield from (text for _, text in self.labels.own)
        yield from (text for pair in self.legend.wording for text in pair)
        yield from (*self.names.provinces.names, *self.names.towns.names, *self.legend.order)
        yield from (mark.text for mark in self.marks)

    @property
    def parts(self) -> tuple[str, ...]:
        """What the editor adds, in words, for a preview of what goes along with a file.

        Returns
        -------
        Each part once.
        """
        own = {
            "subtitle": self.subtitle, "source line": self.source, "marking": self.marking_line,
            "logo": self.logo, "short titles of marks": self.labels != MarkLabels(),
            "choice of names": self.names != MapNames(),
            "order and wording of the legend": self.legend != LegendEdits(),
            "editor’s marks": self.marks, "colours": self.colours != HouseStyle(),
        }  # fmt: skip
        return tuple(words for words, value in own.items() if value)


def _read(given: PlainFields) -> dict[str, Any]:
    """The values of the fields that are given."""
    found: dict[str, Any] = {name: given.text(name) for name in _LONGEST}
    for key, reader in _READERS.items():
        if given.values.get(key) is not None:
            found[key] = reader(given.values[key], f"{given.where}: {key}")
    found["marks"] = tuple(
        EditorMark.from_plain(one, f"{given.where}: marks, {at}")
        for at, one in enumerate(given.items("marks"), start=1)
    )
    return found | {
        "language": given.text("language", "en"), "bleed": given.number("bleed", 0.0)
    }  # fmt: skip


NO_EDITORIAL: Final = Editorial()
"""A figure to which its editor adds nothing."""
