"""The View as options of the command line, shared by every command that takes one."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import Annotated, Any, Final, Literal, get_args, get_type_hints

import typer

from geo.dossier.evidence import Attribution
from geo.dossier.messages import meant
from geo.dossier.periods import Period, period
from geo.dossier.records import CIVILIANS, EventType, Reliability, StatusKey
from geo.dossier.review import ReviewState
from geo.errors import OptionError
from geo.places.country import Country
from geo.places.locations import Precision
from geo.table.search import words
from geo.table.workspace import Workspace
from geo.view import (
    BASE_PARTS,
    EVERYTHING,
    UNNAMED,
    Counting,
    Language,
    Refusal,
    View,
    Viewport,
)

_PARAMETER: Final = "filters"
_SHOWN: Final = 12
"""Most known values listed in a message: about three lines of a terminal."""
_QUALIFIED: Final = frozenset("~?%")
"""EDTF marks for approximate and uncertain dates, which a filter does not accept."""
_MOST_DIGITS: Final = 15
"""Digits of a number of fatalities; Python reads thousands of digits slowly or not at all."""
UNDATED: Final = "--certain: needs dates; add --from or --to, or remove it"


def _option(*names: str, metavar: str | None = None, says: str, **more: Any) -> Any:
    return typer.Option(
        *names,
        metavar=metavar,
        help=says,
        rich_help_panel="Filters",
        show_default=False,
        **more,
    )


@dataclass(frozen=True, kw_only=True)
class FilterOptions:
    """The options of a View as typed: lists with commas; an empty list does not filter."""

    groups: Annotated[str, _option(metavar="KEY,…", says="Groups, by key.")] = ""
    kinds: Annotated[str, _option(metavar="KIND,…", says="Record type: incident or presence.")] = ""
    first: Annotated[str, _option("--from", metavar="DATE", says="First day, month or year.")] = ""
    last: Annotated[str, _option("--to", metavar="DATE", says="Last day, month or year.")] = ""
    certain: Annotated[
        bool,
        _option(
            "--certain",
            says="Certain dates only: records that are within these dates in every reading.",
        ),
    ] = False
    events: Annotated[str, _option(metavar="TYPE,…", says="ACLED event types.")] = ""
    against: Annotated[
        str, _option(metavar="KEY,…", says="Target: keys of groups, or civilians.")
    ] = ""
    statuses: Annotated[
        str, _option(metavar="KEY,…", says="Verification status, such as claimed_only.")
    ] = ""
    attributions: Annotated[
        str, _option(metavar="KEY,…", says="Attribution, such as unattributed.")
    ] = ""
    sources: Annotated[
        str, _option(metavar="KEY,…", says="Records with a claim from one of these sources.")
    ] = ""
    grade: Annotated[
        Reliability | None, _option("--reliability", says="Minimum source reliability; F: unrated.")
    ] = None
    credibility: Annotated[
        int | None, _option(min=1, max=6, says="Minimum information credibility; 6: unrated.")
    ] = None
    precisions: Annotated[
        str, _option(metavar="KEY,…", says="Location precision, such as settlement.")
    ] = ""
    provinces: Annotated[
        str, _option(metavar="NAME,…", says="Provinces, by name or ISO 3166-2 code.")
    ] = ""
    districts: Annotated[
        str, _option(metavar="ID,…", says="Districts, by the ids of districts.geojson.")
    ] = ""
    deaths: Annotated[
        str,
        _option(
            "--fatalities", metavar="N", says="Minimum fatalities, or `stated` / `not_stated`."
        ),
    ] = ""
    text: Annotated[
        str, _option(metavar="WORDS", says="Records that contain all of these words.")
    ] = ""
    reviews: Annotated[
        str,
        _option(
            "--review",
            metavar="STATE,…",
            says="State of review: approved, unreviewed, withdrawn or draft.",
        ),
    ] = ""
    approved_only: Annotated[
        bool, _option("--approved-only", says="Only approved records, as --review approved.")
    ] = False
    drafts: Annotated[bool, _option("--drafts", says="Drafts as well, where they can be read.")] = (
        False
    )
    mode: Annotated[
        Literal["precise", "provinces"], _option(says="Full detail or province totals.")
    ] = "precise"
    compare: Annotated[
        str,
        _option(metavar="DATES", says="Second period to compare with, such as 2023-01/2023-06."),
    ] = ""
    base_off: Annotated[
        str,
        _option(
            metavar="PART,…",
            says="Parts of the base map to leave out: relief, water, places, boundaries, own.",
        ),
    ] = ""
    language: Annotated[
        Language, _option(says="Names on the base map: English, Dari (prs) or Pashto (ps).")
    ] = "en"
    counting: Annotated[
        Counting, _option(says="What is counted for each group: records or known origins.")
    ] = "records"
    coverage: Annotated[
        bool,
        _option("--coverage", says="How many sources report on each province, as a layer."),
    ] = False
    at: Annotated[str, _option(metavar="LAT,LON,ZOOM", says="Position and zoom of the map.")] = ""

    def view(self, workspace: Workspace) -> View:
        """Return the View that these options describe.

        Raises
        ------
        OptionError
            An option has a value that the data do not contain, or an invalid date.
        """
        lists = {
            name: _known(name, getattr(self, name), known)
            for name, known in _vocabularies(workspace).items()
        }
        if self.approved_only:
            if lists["reviews"]:
                raise OptionError("--approved-only: is --review approved; use one of the two")
            lists["reviews"] = ["approved"]
        groups = lists.pop("groups")
        off = [key for key in _groups(workspace) if groups and key not in groups]
        names = _split("provinces", self.provinces)
        provinces = [province_code(name, workspace.country, "provinces") for name in names]
        first, last = _dates(self.first, self.last)
        second = _period("compare", self.compare)
        view, refusals = View.read_message({
            **lists,
            "off": off,
            "provinces": provinces,
            "from": _iso(first),
            "to": _iso(last),
            "certain": self.certain,
            "grade": self.grade,
            "credibility": self.credibility,
            "deaths": _deaths(self.deaths),
            "text": _text(self.text),
            "drafts": self.drafts or "draft" in lists["reviews"],
            "mode": self.mode,
            "compare": [_iso(day) for day in _whole(second)] if second else None,
            "language": self.language,
            "counting": self.counting,
            "coverage": self.coverage,
        })  # fmt: skip
        _refuse(refusals)
        return replace(view, viewport=_viewport(self.at))


def with_view(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a View; it receives them as its argument ``filters``."""
    return with_options(FilterOptions, _PARAMETER)(command)


def with_options(
    holder: type, parameter: str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the fields of `holder` as options, and their values as an instance of it.

    Parameters
    ----------
    parameter
        The argument by which the command receives the instance.
    """
    # The annotations of a base class are read in the module of that class.
    hints = get_type_hints(holder, include_extras=True)
    options = {
        name: one.replace(annotation=hints[name])
        for name, one in inspect.signature(holder).parameters.items()
    }

    def give(command: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(command, eval_str=True)

        @wraps(command)
        def run(**given: Any) -> None:
            held = holder(**{name: given.pop(name) for name in options})
            command(**given, **{parameter: held})

        kept = (one for name, one in own.parameters.items() if name != parameter)
        named = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in kept]
        run.__signature__ = own.replace(parameters=[*named, *options.values()])  # type: ignore[attr-defined] # typer reads it there
        return run

    return give


def day_of(name: str, text: str) -> date:
    """Return the day that an option gives.

    Raises
    ------
    OptionError
        It gives no day, or more than one.
    """
    found = _period(name, text)
    if found is None or found.latest is None or found.earliest != found.latest:
        msg = f"--{name}: {text!r} is not a valid date; write it as 2024-05-31"
        raise OptionError(msg)
    return found.latest


def refuse_ignored(view: View, ignored: Mapping[str, str]) -> None:
    """Refuse a View that a command would follow only in part without saying so.

    Parameters
    ----------
    ignored
        The fields that the command ignores, with the message for each. ``certain`` counts as
        ignored only where no dates are given.

    Raises
    ------
    OptionError
        With the message of the first ignored field that is set.

    Examples
    --------
    >>> refuse_ignored(View(mode="provinces"), {"mode": "--mode: no map is drawn"})
    Traceback (most recent call last):
    geo.errors.OptionError: --mode: no map is drawn
    """
    for name, says in ignored.items():
        dated = name == "certain" and (view.first or view.last)
        if getattr(view, name) != getattr(EVERYTHING, name) and not dated:
            raise OptionError(says)


def _vocabularies(workspace: Workspace) -> dict[str, Collection[str]]:
    """Return the options that hold lists, with the words that each may contain."""
    groups = _groups(workspace)
    return {
        "groups": groups,
        "kinds": ("incident", "presence"),
        "events": get_args(EventType),
        "against": (*workspace.reading.dossier.groups, CIVILIANS),
        "statuses": get_args(StatusKey),
        "attributions": get_args(Attribution),
        "reviews": get_args(ReviewState),
        "sources": tuple(workspace.reading.dossier.sources),
        "precisions": get_args(Precision),
        "districts": workspace.country.districts,
        "base_off": BASE_PARTS,
    }


def _groups(workspace: Workspace) -> tuple[str, ...]:
    return (*workspace.reading.dossier.groups, UNNAMED)


def _split(name: str, text: str) -> list[str]:
    """Return the words of a list; a list of nothing but commas is not the same as no list."""
    found = [word.strip() for word in text.split(",") if word.strip()]
    if text and not found:
        raise OptionError(f"{_flag(name)}: {text!r} names nothing; remove the option to show all")
    return found


def _flag(name: str) -> str:
    return "--review" if name == "reviews" else f"--{name.replace('_', '-')}"


def _known(name: str, text: str, known: Collection[str]) -> list[str]:
    found = _split(name, text)
    for word in found:
        if word not in known:
            some = ", ".join(sorted(known)[:_SHOWN])
            raise OptionError(
                f"{_flag(name)}: {word!r} is not known{meant(word, known)}; expected any of {some}"
            )
    return found


def _text(text: str) -> str:
    """Return the words to search for, or refuse them if the View would drop some."""
    if text and not words(text):
        raise OptionError(f"--text: {text!r} has no letter or digit; remove the option")
    view, refusals = View.read_message({"text": text})
    _refuse(refusals)
    if view.text != text:
        raise OptionError("--text: has a line break or a control character; remove it")
    return text


def province_code(name: str, country: Country, option: str) -> str:
    """Return the ISO 3166-2 code of the province that an option gives by code or name.

    Raises
    ------
    GeoError
        There is no such province; the message suggests the likeliest.
    """
    if name in country.provinces:
        return name
    match = country.gazetteer.find(name, kind="province")
    if match.place is None or len(match.place.provinces) != 1:
        msg = f"--{option}: {name!r} is not a province{meant(name, match.suggestions)}"
        raise OptionError(msg)
    return match.place.provinces[0]


def _dates(first: str, last: str) -> tuple[date | None, date | None]:
    """Return the first and last day of the requested period."""
    begin, end = _period("from", first), _period("to", last)
    start = begin.earliest if begin else None
    stop = end.latest if end else None
    if begin and start is None:
        raise OptionError(f"--from: {first!r} is open at its beginning; remove the option")
    if end and stop is None:
        raise OptionError(f"--to: {last!r} is open at its end; remove the option")
    if start and stop and start > stop:
        raise OptionError(f"--from: {start} is after {stop}, the last day of --to; swap them")
    return start, stop


def _period(name: str, text: str) -> Period | None:
    try:
        found = period(text) if text else None
    except ValueError as error:
        msg = f"--{name}: {error}"
        raise OptionError(msg) from error
    if _QUALIFIED.intersection(text):
        raise OptionError(f"--{name}: {text!r} is qualified by ~, ? or %; give plain dates")
    return found


def _whole(period: Period) -> tuple[date, date]:
    if period.earliest is None or period.latest is None:
        msg = f"--compare: {period.edtf!r} is open at one end; give both, such as 2023-01/2023-06"
        raise OptionError(msg)
    return period.earliest, period.latest


def _viewport(text: str) -> Viewport | None:
    view, refusals = View.read_query({"at": text})
    _refuse(refusals)
    if text and view.viewport is None:
        msg = f"--at: {text!r} is not a map position; write LAT,LON,ZOOM, such as 35.3,69.5,8"
        raise OptionError(msg)
    return view.viewport


def _deaths(text: str) -> str | int | None:
    match text:
        case "":
            return None
        case "stated" | "not_stated":
            return text
        case _ if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
            return int(text)
        case _:
            msg = f"--fatalities: {text!r} is not valid; expected a number, stated or not_stated"
            raise OptionError(msg)


def _refuse(refusals: Iterable[Refusal]) -> None:
    """Refuse a value beyond a bound of the View, under the name of its option."""
    for refusal in refusals:
        option = {"off": "groups", "viewport": "at", "deaths": "fatalities"}
        name = option.get(refusal.field, refusal.field)
        raise OptionError(f"--{name}: {refusal.reason}")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
