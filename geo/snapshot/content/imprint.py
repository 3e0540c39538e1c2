"""The imprint of a figure: what its file carries so that it can be recognised and made again.

It holds the recipe, how the figure was drawn, its title, question and record count, and a digest
and the status of each record shown: nothing that the figure does not show, except the ids of
records and sources, and the View with the keys of groups that are off. It is not a signature:
whoever can change a file can also change its imprint.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, Self, get_args

from geo import limits
from geo.dossier.records import StatusKey
from geo.errors import RecipeError
from geo.snapshot.content.content import Content, RecordNote, SourceNote
from geo.snapshot.content.recipe import Recipe, clean_line
from geo.wording.vocabulary import WITHDRAWN

MARK: Final = "IncidentMap1:"
"""Begins an imprint as text; the digit is raised when an earlier release could misread one."""
DrawnAs = Literal["png", "svg", "pdf", "figure", "shapes"]
PrintedStatus = StatusKey | Literal["withdrawn"]
_STATUSES: Final = (*get_args(StatusKey), "withdrawn")
_DRAWN: Final = get_args(DrawnAs)
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_DIGEST8: Final = re.compile(r"[0-9a-f]{8}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_SHORT: Final = 8
"""Hexadecimal digits of the digest of a record, as in a recipe."""
_LARGEST: Final = 10_000.0
"""Greatest page, side in millimetres or dots per inch of a drawing: more than any figure has."""


class PrintedRecord(NamedTuple):
    """A record as a figure shows it: a digest of what is printed of it, and its status."""

    digest: str
    status: PrintedStatus


@dataclass(frozen=True, slots=True)
class DrawnForm:
    """How a picture was drawn from a figure, so that another one of the same size can be.

    Parameters
    ----------
    form
        ``png``, ``svg`` or ``pdf`` for a file of the figure's own size; ``figure`` for a PNG of map
        and legend on a slide or in a report; ``shapes`` for the same as shapes of a slide.
    page
        Number of the page, from 1; 0 for all pages in one file.
    dpi
        Dots per inch of a PNG, otherwise 0.
    width, height
        Millimetres of a picture without pages, otherwise 0.
    """

    form: DrawnAs
    page: int = 0
    dpi: int = 0
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Imprint:
    r"""What the file of a figure carries.

    Parameters
    ----------
    recipe
        With the digests of the data that the figure was made from.
    drawn
        How the picture was drawn.
    title, question, ledger
        As printed: the title, the phrases of the subtitle, and the record count.
    records
        What is printed of each record, by its id.
    sources
        A digest of what is printed of each source, by its key.
    alt_text
        Digest of the text alternative, by which an edited one is recognised.
    picture
        Digest of the pixels or of the drawing, by which a changed one is recognised.

    Examples
    --------
    An imprint survives being written and read, and what is not one is refused:

    >>> imprint = Imprint(Recipe(title="Claims\nin Panjshir"), DrawnForm("png", 1, 150))
    >>> Imprint.from_text(imprint.to_text()) == imprint
    True
    >>> Imprint.from_text("IncidentMap1:eJxLTAQA", "slide 1")
    Traceback (most recent call last):
    ...
    geo.errors.RecipeError: slide 1: the recipe in it is damaged
    """

    recipe: Recipe
    drawn: DrawnForm
    title: str = ""
    question: tuple[str, ...] = ()
    ledger: str = ""
    records: Mapping[str, PrintedRecord] = field(
        default_factory=lambda: MappingProxyType({}), hash=False
    )
    sources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    alt_text: str = ""
    picture: str = ""

    def to_text(self) -> str:
        """The imprint as letters, digits and ``+/=:``; the same imprint gives the same text."""
        text = json.dumps(self.to_plain(), ensure_ascii=False, separators=(",", ":"))
        return MARK + base64.b64encode(zlib.compress(text.encode(), 9)).decode()

    def to_plain(self) -> dict[str, Any]:
        """The imprint as values of JSON.

        Returns
        -------
        dict
            ``recipe``, ``drawn``, ``title``, ``question``, ``ledger``, ``records``, ``sources``,
            ``altText`` and ``picture``.
        """
        return {
            "recipe": json.loads(self.recipe.to_json()),
            "drawn": asdict(self.drawn),
            "title": self.title,
            "question": list(self.question),
            "ledger": self.ledger,
            "records": dict(sorted(self.records.items())),
            "sources": dict(sorted(self.sources.items())),
            "altText": self.alt_text,
            "picture": self.picture,
        }

    @classmethod
    def from_text(cls, text: str, name: str = "the figure") -> Self:
        """Read an imprint; of what others may have changed, only what is valid is taken.

        Raises
        ------
        RecipeError
            It is damaged, larger than the limit, or its recipe is not valid.
        """
        return cls.from_plain(_parsed(text, name), name)

    @classmethod
    def from_plain(cls, given: Mapping[str, Any], name: str = "the figure") -> Self:
        """Read an imprint from values of JSON, as :meth:`from_text` does.

        Raises
        ------
        RecipeError
            Its recipe is not valid, or it does not say how it was drawn.
        """
        return cls(
            recipe=Recipe.from_json(json.dumps(given.get("recipe")), f"{name}: its recipe"),
            drawn=_drawn(given.get("drawn"), name),
            title=_line(given.get("title"), limits.MAX_TITLE),
            question=tuple(_line(one, limits.MAX_NOTE) for one in _list(given.get("question"))),
            ledger=_line(given.get("ledger"), limits.MAX_NOTE),
            records=_records(given.get("records")),
            sources=_keyed(given.get("sources")),
            alt_text=_matching(_DIGEST8, given.get("altText")),
            picture=_matching(_DIGEST, given.get("picture")),
        )

    @property
    def without_picture(self) -> Self:
        """The same imprint for any picture of the figure, in whatever form."""
        return self.for_picture(DrawnForm("png"), "")

    def for_picture(self, drawn: DrawnForm, picture: str) -> Self:
        """The same imprint for a picture that was drawn in another way."""
        return replace(self, drawn=drawn, picture=picture)


def imprint_of(content: Content, recipe: Recipe) -> Imprint:
    """The imprint of a figure, still without how it is drawn."""
    return Imprint(
        recipe=recipe,
        drawn=DrawnForm("png"),
        title=content.title,
        question=tuple(map(clean_line, content.subtitle)),
        ledger=clean_line(content.ledger),
        records=printed_records(content),
        sources={source.key: digest_of_source(source) for source in content.sources},
        alt_text=digest8(content.alt_text),
    )


def printed_records(content: Content) -> dict[str, PrintedRecord]:
    """What is printed of each record, whatever its number and whatever the day.

    Returns
    -------
    Id of the record to the digest of its note, sign and positions, and its status.
    """
    places: dict[int, list[str]] = {}
    for spot in content.spots:
        said = repr((spot.lat, spot.lon, spot.precision, spot.radius_m, spot.name))
        for row in spot.rows:
            _add(places, row.numbers, said)
    for badge in content.badges:
        _add(places, badge.numbers, repr((badge.area, badge.name, badge.precision)))
    keys = {source.number: source.key for source in content.sources}
    return {
        entry.record: PrintedRecord(
            digest8(repr((*_note(content, entry, keys), sorted(places.get(entry.number, []))))),
            "withdrawn" if entry.beside == WITHDRAWN else entry.status,
        )
        for entry in content.entries
    }


def digest_of_source(source: SourceNote) -> str:
    """Eight hexadecimal digits that change when the printed source changes, but not its number."""
    said = (source.title, source.publisher, source.author, source.published)
    return digest8(repr((*said, source.grade, source.url)))


def digest8(text: str) -> str:
    """The first eight hexadecimal digits of a SHA-256 hash."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_SHORT]


def _add(places: dict[int, list[str]], numbers: Iterable[int], said: str) -> None:
    for number in numbers:
        places.setdefault(number, []).append(said)


def _note(content: Content, entry: RecordNote, keys: Mapping[int, str]) -> tuple[object, ...]:
    groups = [(key, content.letters.get(key), content.styles.get(key)) for key in entry.sign.groups]
    cited = sorted((keys[one.source], one.reliability, one.credibility) for one in entry.references)
    return entry.line, entry.sentence, entry.status, entry.beside, entry.sign.kind, groups, cited


def unpack_imprint(text: str, name: str = "the figure") -> bytes:
    """The JSON of an imprint, unpacked: everything that it discloses, to be read or searched.

    Raises
    ------
    RecipeError
        It is damaged, or larger than the limit.

    Examples
    --------
    >>> text = Imprint(Recipe(title="Claims"), DrawnForm("png", 1, 150)).to_text()
    >>> b'"title":"Claims"' in unpack_imprint(text)
    True
    """
    try:
        return unpacked_text(text, MARK)
    except OverflowError as error:
        most = limits.MAX_IMPRINT_BYTES
        raise RecipeError(f"{name}: the recipe in it has more than {most:,} bytes") from error
    except ValueError as error:
        raise _damaged(name) from error


def unpacked_text(text: str, mark: str) -> bytes:
    """Unpack what a file of a figure carries as text that begins with a mark.

    Raises
    ------
    ValueError
        It is damaged or begins with something else.
    OverflowError
        It is larger than the limit.

    Examples
    --------
    >>> unpacked_text("Other:eJxLTAQA", "IncidentMap1:")
    Traceback (most recent call last):
    ...
    ValueError: damaged
    """
    most = limits.MAX_IMPRINT_BYTES
    if not text.startswith(mark) or len(text) > 2 * most:
        raise ValueError("damaged")
    reader = zlib.decompressobj()
    try:
        data = reader.decompress(base64.b64decode(text[len(mark) :], validate=True), most + 1)
    except (binascii.Error, zlib.error) as error:
        raise ValueError("damaged") from error
    if len(data) > most:
        raise OverflowError("too large")
    if not reader.eof:
        raise ValueError("damaged")
    return data


def _parsed(text: str, name: str) -> Mapping[str, Any]:
    try:
        given = json.loads(unpack_imprint(text, name))
    except (ValueError, RecursionError) as error:
        raise _damaged(name) from error
    if not isinstance(given, dict):
        raise _damaged(name)
    return given


def _damaged(name: str) -> RecipeError:
    return RecipeError(f"{name}: the recipe in it is damaged")


def _drawn(given: object, name: str) -> DrawnForm:
    values = given if isinstance(given, dict) else {}
    if values.get("form") not in _DRAWN:
        raise RecipeError(f"{name}: the recipe in it does not say how the figure was drawn")
    numbers = {key: _number(values.get(key)) for key in ("page", "dpi", "width", "height")}
    return DrawnForm(
        values["form"],
        int(numbers["page"]),
        int(numbers["dpi"]),
        numbers["width"],
        numbers["height"],
    )


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(value) if 0 <= value <= _LARGEST else 0.0


def _line(value: object, most: int) -> str:
    return clean_line(value)[:most] if isinstance(value, str) else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _matching(form: re.Pattern[str], value: object) -> str:
    return value if isinstance(value, str) and form.fullmatch(value) else ""


def _keyed(value: object) -> dict[str, str]:
    given = value if isinstance(value, dict) else {}
    return {key: said for key, said in given.items()
            if _KEY.fullmatch(key) and _matching(_DIGEST8, said)}  # fmt: skip


def _records(value: object) -> dict[str, PrintedRecord]:
    given = value if isinstance(value, dict) else {}
    return {
        key: PrintedRecord(said[0], said[1])
        for key, said in given.items()
        if _KEY.fullmatch(key)
        and isinstance(said, list)
        and len(said) == len(PrintedRecord._fields)
        and _matching(_DIGEST8, said[0])
        and said[1] in _STATUSES
    }
