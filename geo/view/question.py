"""The View, read from and written to a message of the map document and an address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Final, Literal, Self, get_args

from geo.dossier.evidence import Attribution
from geo.dossier.records import EventType, Reliability, StatusKey
from geo.dossier.review import ReviewState
from geo.errors import ViewError
from geo.places.locations import Precision
from geo.view import reading
from geo.view.reading import Viewport

UNNAMED: Final = "not-named"
"""The key that stands for the group of a record in which no group is named."""
ALL: Final = "*"
"""All groups, in the list of what is off: a dossier may have hundreds, too many for an address."""
EXCLUDED: Final = "not-in-this-file"
"""In the list of what is off: groups that are not in the data, because the file holds only what is
shown; see :mod:`geo.handover`."""
BASE_PARTS: Final = ("relief", "water", "places", "boundaries", "own")
"""The parts of the base map that can be switched off, each on its own; the last is a file of the
user's."""
Language = Literal["en", "prs", "ps"]
"""The language of the names on the base map: English, Dari or Pashto (ISO 639)."""
Counting = Literal["records", "origins"]
"""What the groups of the map count: records, or the known origins of what is claimed in them."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A field of a View that is beyond its bound and was ignored.

    Parameters
    ----------
    field
        Its name in messages and addresses.
    reason
        What was found and what is expected.
    """

    field: str
    reason: str

    def __str__(self) -> str:
        """The field and the reason."""
        return f"{self.field}: {self.reason}"


@dataclass(frozen=True, slots=True)
class View:
    """The state of the map: which records it shows, how they are drawn, and its viewport.

    A record must meet all filters; an empty filter lets every record through. A value that is well
    formed but occurs in no record is kept: it matches nothing, which is the correct answer.

    Parameters
    ----------
    off
        Keys of groups and layers that are switched off, sorted. A *layer* is
        ``group/kind/status``, for example ``nrf/incident/claimed_only``. The field lists what is
        off, so that a group added to the data later is shown. A record in several layers is shown
        if any of them is on. ``*`` is all groups, also those added later.
    first, last
        Keep records that may fall between these days, both included; ``None``: no limit.
    certain
        Keep only records that certainly fall between these days; without days it has no effect.
    kinds, events, statuses, attributions, sources
        Keep records that have any of these values; for `sources`, in any of their claims.
    against
        Keep records against any of these groups, or ``civilians``.
    grade
        ``A`` to ``E``: the source of at least one asserting claim has this reliability or better.
        ``F``: none of these sources is rated.
    credibility
        1 to 5: at least one asserting claim has this credibility or better. 6: none of them is
        rated. Together with `grade`, the same claim must meet both.
    precisions, provinces, districts
        Keep records with any place of this precision, or that may be in this province or district.
    deaths
        ``stated``, ``not_stated``, or the least value of the lowest stated number of fatalities.
    text
        Keep records that contain every one of these words.
    reviews
        Keep records in any of these states of review; see :mod:`geo.dossier.review`.
    drafts
        Whether drafts are among the records; it excludes nothing.
    mode
        ``provinces`` draws everything as province totals; it excludes nothing.
    compare
        First and last day of a second period, to compare with the first.
    base_off
        Parts of the base map that are switched off; see :data:`BASE_PARTS`.
    language
        Language in which the base map and the provinces are labelled. A name that is not known in
        it is shown in English.
    counting
        What is counted for each group; it excludes nothing.
    coverage
        Whether the map shows how many sources speak of each province; it excludes nothing.
    chosen
        Id of the record whose card is open.
    province
        ISO 3166-2 code of the province whose list is open.
    viewport
        Middle and zoom of the map; ``None``: the whole country.

    Examples
    --------
    A period and a filter as parameters of an address; a province that does not exist is kept, and
    matches nothing:

    >>> from datetime import date
    >>> from geo import View
    >>> View(first=date(2022, 1, 1), provinces=("AF-PAN", "AF-XYZ")).to_query()
    {'from': '2022-01-01', 'provinces': 'AF-PAN,AF-XYZ'}
    """

    off: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    certain: bool = False
    kinds: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    attributions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    grade: str | None = None
    credibility: int | None = None
    precisions: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    deaths: Literal["stated", "not_stated"] | int | None = None
    text: str = ""
    reviews: tuple[str, ...] = ()
    drafts: bool = False
    mode: Literal["precise", "provinces"] = "precise"
    compare: tuple[date, date] | None = None
    base_off: tuple[str, ...] = ()
    language: Language = "en"
    counting: Counting = "records"
    coverage: bool = False
    chosen: str | None = None
    province: str | None = None
    viewport: Viewport | None = None

    @classmethod
    def from_message(cls, message: object) -> Self:
        """Read a View that a browser reports; what cannot be read is ignored.

        Examples
        --------
        >>> View.from_message({"off": ["nrf", "<b>"], "chosen": 7, "from": "2024-05-32"}).to_query()
        {'off': 'nrf'}
        """
        return cls.read_message(message)[0]

    @classmethod
    def read_message(cls, message: object) -> tuple[Self, tuple[Refusal, ...]]:
        """Read a View that a browser reports, and state which fields are beyond their bounds.

        Returns
        -------
        tuple
            The View without what is malformed or refused, and the refusals.

        Examples
        --------
        >>> view, refusals = View.read_message({"compare": ["2024-06-01", "2024-01-01"]})
        >>> view.compare, str(refusals[0])
        (None, 'compare: 2024-06-01 is after 2024-01-01; give the earlier day first')
        """
        given = message if isinstance(message, Mapping) else {}
        values: dict[str, Any] = {}
        refusals: list[Refusal] = []
        for name, read in _READERS.items():
            try:
                values[name] = read(given.get(_spoken(name)))
            except ViewError as error:
                refusals.append(Refusal(_spoken(name), str(error)))
        try:
            reading.in_order(values["first"], values["last"])
        except ViewError as error:
            refusals.append(Refusal("from", str(error)))
            values |= {"first": None, "last": None}
        return cls(**values), tuple(refusals)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """Read a View from the parameters of an address, the reverse of :meth:`to_query`."""
        return cls.read_query(query)[0]

    @classmethod
    def read_query(cls, query: Mapping[str, str]) -> tuple[Self, tuple[Refusal, ...]]:
        """Read a View from the parameters of an address, and state what is beyond its bound.

        Returns
        -------
        tuple
            The View without what is malformed or refused, and the refusals.
        """
        given: dict[str, object] = {name: query.get(name) for name in _UNASKED}
        given |= {name: query.get(name, "").split(",") for name in _LISTS}
        given |= {name: _number(query.get(name, "")) for name in ("credibility", "deaths")}
        at = [_decimal(part) for part in query.get("at", "").split(",")]
        given["viewport"] = dict(zip(_AT, at, strict=True)) if len(at) == len(_AT) else None
        given |= {name: query.get(name) == "1" for name in ("certain", "drafts", "coverage")}
        return cls.read_message(given)

    def to_message(self) -> dict[str, Any]:
        """The View as the map document reads it.

        Returns
        -------
        dict
            Every field, with JSON values only; `first` and `last` are called ``from`` and ``to``,
            and ``viewport`` is a dict of ``lat``, ``lon`` (degrees, WGS 84) and ``zoom``.
        """
        return {_spoken(one.name): _plain(getattr(self, one.name)) for one in fields(self)}

    def to_recipe(self) -> dict[str, Any]:
        """The View as a recipe keeps it.

        Returns
        -------
        dict
            That of :meth:`to_message`, but with fields that recipes did not have at first only
            where they are set, so that an older recipe keeps its text.

        Examples
        --------
        >>> "coverage" in View().to_recipe(), "coverage" in View(coverage=True).to_recipe()
        (False, True)
        """
        message = self.to_message()
        unset = {name for name in _ADDED if message[name] == _UNASKED[name]}
        return {name: value for name, value in message.items() if name not in unset}

    def to_query(self) -> dict[str, str]:
        """The View as the parameters of an address; fields with their default value are omitted.

        Returns
        -------
        dict
            The fields under the names of :meth:`to_message`; lists are joined by commas, and
            ``at`` is latitude, longitude (degrees, WGS 84, to four decimals: 11 m) and zoom.

        Examples
        --------
        >>> View(first=date(2024, 5, 1), deaths=0, viewport=Viewport(34.5, 69.12345, 7)).to_query()
        {'from': '2024-05-01', 'deaths': '0', 'at': '34.5,69.1235,7'}
        """
        message = self.to_message()
        point = message.pop("viewport")
        query = {name: _text(value) for name, value in message.items() if value != _UNASKED[name]}
        if point is not None:
            query["at"] = ",".join(f"{round(point[name], 4):.7g}" for name in _AT)
        return query

    def days(self) -> tuple[date | None, date | None]:
        """The days that the View spans, a second period included.

        Returns
        -------
        tuple
            The first and the last day; ``None``: no limit.

        Examples
        --------
        >>> View(first=date(2024, 5, 1), compare=(date(2023, 5, 1), date(2023, 5, 31))).days()
        (datetime.date(2023, 5, 1), None)
        """
        if self.compare is None:
            return self.first, self.last
        first, last = self.compare
        return self.first and min(self.first, first), self.last and max(self.last, last)

    def without(self, groups: Iterable[str]) -> Self:
        """The same View with these groups also switched off."""
        return replace(self, off=_READERS["off"]([*self.off, *groups]))

    def shows(self, groups: Iterable[str], kind: str, status: str) -> bool:
        """Whether a record of these groups is switched on.

        Examples
        --------
        >>> View(off=("nrf",)).shows(("nrf", "aff"), "incident", "reported")
        True
        """
        return ALL not in self.off and any(
            group not in self.off and f"{group}/{kind}/{status}" not in self.off
            for group in tuple(groups) or (UNNAMED,)
        )


_AT: Final = ("lat", "lon", "zoom")
_MOST_DIGITS: Final = 15
"""Most digits of a number in an address; a longer one is beyond every bound, and slow to parse."""
_READERS: Final[Mapping[str, Callable[[object], Any]]] = {
    "off": reading.several(reading.matching(reading.LAYER)),
    "first": reading.day,
    "last": reading.day,
    "certain": reading.flag,
    "kinds": reading.several(reading.one_of(("incident", "presence"))),
    "events": reading.several(reading.one_of(get_args(EventType))),
    "against": reading.several(reading.matching(reading.KEY)),
    "statuses": reading.several(reading.one_of(get_args(StatusKey))),
    "attributions": reading.several(reading.one_of(get_args(Attribution))),
    "sources": reading.several(reading.matching(reading.KEY)),
    "grade": reading.one_of(get_args(Reliability)),
    "credibility": reading.number_up_to(6, least=1),
    "precisions": reading.several(reading.one_of(get_args(Precision))),
    "provinces": reading.several(reading.matching(reading.CODE)),
    "districts": reading.several(reading.matching(reading.DISTRICT)),
    "deaths": reading.deaths,
    "text": reading.text,
    "reviews": reading.several(reading.one_of(get_args(ReviewState))),
    "drafts": reading.flag,
    "mode": lambda given: "provinces" if given == "provinces" else "precise",
    "compare": reading.window,
    "base_off": reading.several(reading.one_of(BASE_PARTS)),
    "language": lambda given: reading.one_of(get_args(Language))(given) or "en",
    "counting": lambda given: reading.one_of(get_args(Counting))(given) or "records",
    "coverage": reading.flag,
    "chosen": reading.matching(reading.RECORD),
    "province": reading.matching(reading.CODE),
    "viewport": reading.viewport,
}
"""How each field is read, in the order of the fields."""


def _spoken(name: str) -> str:
    """The name of a field in messages and addresses, where ``from`` is not a reserved word."""
    return {"first": "from", "last": "to"}.get(name, name)


def _plain(value: object) -> Any:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(one) for one in value]
        case Viewport():
            return {name: float(number) for name, number in asdict(value).items()}
        case _:
            return value


def _text(value: object) -> str:
    if isinstance(value, list):
        return ",".join(value)
    return "1" if value is True else str(value)


def _number(text: str) -> int | str:
    if not (text.isascii() and text.isdigit()):
        return text
    return int(text) if len(text) <= _MOST_DIGITS else 10**_MOST_DIGITS


def _decimal(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


EVERYTHING: Final = View()
"""The View without any filter: every record is shown."""
_UNASKED: Final = EVERYTHING.to_message()
_ADDED: Final = ("counting", "coverage")
"""Fields that a View did not have when the first recipes were written."""
_LISTS: Final = (*(name for name, value in _UNASKED.items() if value == []), "compare")
