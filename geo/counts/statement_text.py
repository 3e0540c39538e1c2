"""Statements read from text in named parts, such as ``more: period=2022; than: period=2021``.

The parts are those of :mod:`geo.counts.statements`; names of provinces may be in any spelling that
the gazetteer knows. Nothing is guessed: a part that is missing, repeated or unknown is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final, get_args

from geo.counts.cells import EVERY_RECORD, CountCell
from geo.counts.period_units import DayRange, PeriodUnit, days_between
from geo.counts.statements import (
    AtLeast,
    AtMost,
    CheckedStatement,
    HasMost,
    IsFirst,
    MoreIn,
    RankedBy,
    Rises,
    ShareAbove,
)
from geo.dossier.messages import meant
from geo.dossier.periods import period
from geo.dossier.records import StatusKey
from geo.errors import StatementError
from geo.limits import MAX_STATEMENT
from geo.table.workspace import Workspace
from geo.view import UNNAMED

_MOST_DIGITS: Final = 9
"""Digits of a number in a statement; no dossier or event table has more records."""
_SHARE: Final = re.compile(r"above (\d{1,3})(?:\.(\d{1,3}))? ?%", re.ASCII)
_QUALIFIED: Final = frozenset("~?%")


@dataclass(frozen=True, slots=True)
class CountedNames:
    """What the parts of a statement may name.

    Parameters
    ----------
    groups
        Keys of groups.
    province
        From a name or code to the ISO 3166-2 code; raises ``StatementError`` for an unknown one.
    """

    groups: Collection[str]
    province: Callable[[str], str]

    @classmethod
    def of(cls, workspace: Workspace) -> CountedNames:
        """The names of a country and its dossier."""
        country = workspace.country

        def province(name: str) -> str:
            if name in country.provinces:
                return name
            match = country.gazetteer.find(name, kind="province")
            if match.place is None or len(match.place.provinces) != 1:
                raise StatementError(
                    f"province={name}: is not a province of {country.name}"
                    f"{meant(name, match.suggestions)}"
                )
            return match.place.provinces[0]

        return cls((*workspace.reading.dossier.groups, UNNAMED), province)


def read_statement(text: str, names: CountedNames) -> CheckedStatement:
    """Read a statement.

    Parameters
    ----------
    text
        Parts separated by semicolons, the kind of statement first.
    names
        What it may name.

    Raises
    ------
    StatementError
        A part is missing, unknown or has a value that is not valid; the message says what was
        expected.

    Examples
    --------
    >>> from geo import open_workspace
    >>> names = CountedNames.of(open_workspace())
    >>> read_statement("at-least: 3; in: province=Panjsher", names).cell.provinces
    ('AF-PAN',)
    >>> read_statement("more: province=Panjsher", names)
    Traceback (most recent call last):
    geo.errors.StatementError: 'more' needs the part 'than'; expected "more: CELL; than: CELL"
    """
    if len(text) > MAX_STATEMENT:
        raise StatementError(
            f"the statement has {len(text):,} letters; at most {MAX_STATEMENT:,} are read"
        )
    pieces = [piece.strip() for piece in text.split(";") if piece.strip()]
    kind, _, first = (part.strip() for part in (pieces or [""])[0].partition(":"))
    if kind not in _FORMS:
        known = ", ".join(_FORMS)
        raise StatementError(
            f"{kind!r} is not a kind of statement{meant(kind, _FORMS)}; expected one of {known}, "
            'such as "at-least: 3; in: period=2024"'
        )
    return _FORMS[kind].read(kind, first, _parts(kind, pieces[1:]), names)


@dataclass(frozen=True, slots=True)
class StatementForm:
    """How one kind of statement is written, and its reader."""

    usage: str
    needs: Sequence[str]
    may: Sequence[str]
    read: Callable[[str, str, Mapping[str, str], CountedNames], CheckedStatement]


def _parts(kind: str, pieces: Sequence[str]) -> dict[str, str]:
    form, found = _FORMS[kind], dict[str, str]()
    for piece in pieces:
        mark = re.search(r"[:=]", piece)
        name = piece[: mark.start()].strip() if mark else piece
        # A part may be written as a word of its own: "by month".
        name, value = (
            (name, piece[mark.end() :].strip()) if mark else tuple(piece.partition(" ")[::2])
        )
        if name not in (*form.needs, *form.may):
            raise StatementError(f"{name!r} is not a part of {kind!r}; expected {form.usage}")
        if name in found:
            raise StatementError(f"{kind!r} has the part {name!r} twice; give it once")
        found[name] = value
    for name in form.needs:
        if name not in found:
            raise StatementError(f"{kind!r} needs the part {name!r}; expected {form.usage}")
    return found


def _more(_: str, first: str, parts: Mapping[str, str], names: CountedNames) -> CheckedStatement:
    margin = _number("by", parts["by"]) if "by" in parts else 1
    return MoreIn(read_cell(first, names), read_cell(parts["than"], names), margin)


def _at_least(
    _: str, first: str, parts: Mapping[str, str], names: CountedNames
) -> CheckedStatement:
    return AtLeast(_number("at-least", first), _cell_in(parts, names))


def _at_most(_: str, first: str, parts: Mapping[str, str], names: CountedNames) -> CheckedStatement:
    return AtMost(_number("at-most", first), _cell_in(parts, names))


def _share(_: str, first: str, parts: Mapping[str, str], names: CountedNames) -> CheckedStatement:
    match = _SHARE.fullmatch(first)
    if match is None:
        raise StatementError(f"share: {first!r} is not valid; write it as 'above 50%'")
    decimals = match[2] or ""
    share = Fraction(int(match[1] + decimals), 100 * 10 ** len(decimals))
    statuses = _statuses(parts["status"])
    return ShareAbove(share, statuses, _cell_in(parts, names))


def _rises(
    kind: str, first: str, parts: Mapping[str, str], names: CountedNames
) -> CheckedStatement:
    unit = first.removeprefix("by").strip()
    if unit not in get_args(PeriodUnit):
        raise StatementError(f"{kind}: {first!r} is not valid; write 'by month', quarter or year")
    days = _days("period", parts["period"])
    cell = _cell_in(parts, names)
    return Rises(_unit(unit), days, cell, falls=kind == "falls")


def _unit(word: str) -> PeriodUnit:
    return next(one for one in get_args(PeriodUnit) if one == word)


def _most(_: str, first: str, parts: Mapping[str, str], names: CountedNames) -> CheckedStatement:
    name, _, value = (part.strip() for part in first.partition("="))
    by: RankedBy
    for by in get_args(RankedBy):
        if by == name and value:
            break
    else:
        known = ", ".join(get_args(RankedBy))
        raise StatementError(
            f"most: {first!r} is not valid; write one of {known}, such as 'province=NAME'"
        )
    readers: dict[str, Callable[[str], str]] = {
        "province": names.province,
        "group": lambda text: _known("group", text, names.groups)[0],
        "status": lambda text: _statuses(text)[0],
    }
    return HasMost(by, readers.get(by, str)(value), _cell_in(parts, names))


def _first(
    kind: str, first: str, parts: Mapping[str, str], names: CountedNames
) -> CheckedStatement:
    name, _, value = (part.strip() for part in first.partition("="))
    if name != "record" or not value:
        raise StatementError(f"{kind}: {first!r} is not valid; write 'record=ID'")
    return IsFirst(value, _cell_in(parts, names), last=kind == "last")


_CELL: Final = "group=…, province=…, period=…, status=…, kind=…"
_FORMS: Final[Mapping[str, StatementForm]] = {
    "more": StatementForm('"more: CELL; than: CELL"', ("than",), ("by",), _more),
    "at-least": StatementForm('"at-least: NUMBER; in: CELL"', (), ("in",), _at_least),
    "at-most": StatementForm('"at-most: NUMBER; in: CELL"', (), ("in",), _at_most),
    "share": StatementForm(
        '"share: above 50%; status: KEY; in: CELL"', ("status",), ("in",), _share
    ),
    "rises": StatementForm(
        '"rises: by month; period: DATES; in: CELL"', ("period",), ("in",), _rises
    ),
    "falls": StatementForm(
        '"falls: by month; period: DATES; in: CELL"', ("period",), ("in",), _rises
    ),
    "most": StatementForm('"most: province=NAME; in: CELL"', (), ("in",), _most),
    "first": StatementForm('"first: record=ID; in: CELL"', (), ("in",), _first),
    "last": StatementForm('"last: record=ID; in: CELL"', (), ("in",), _first),
}
"""Every kind of statement by its first word."""


def _cell_in(parts: Mapping[str, str], names: CountedNames) -> CountCell:
    return read_cell(parts["in"], names) if "in" in parts else EVERY_RECORD


def read_cell(text: str, names: CountedNames) -> CountCell:
    """Read a cell, such as ``province=Panjshir, period=2022, status=reported``.

    Several values of one name are separated by ``|``. ``all`` is every record.

    Raises
    ------
    StatementError
        A name is unknown or repeated, or a value is not valid.

    Examples
    --------
    >>> from geo import open_workspace
    >>> names = CountedNames.of(open_workspace())
    >>> read_cell("group=nrf|aff, period=2024-05", names).first
    datetime.date(2024, 5, 1)
    """
    if text.strip() == "all":
        return EVERY_RECORD
    given: dict[str, str] = {}
    for piece in text.split(","):
        name, _, value = (part.strip() for part in piece.partition("="))
        if name not in _FIELDS or not value:
            raise StatementError(f"{piece.strip()!r} is not a part of a cell; expected {_CELL}")
        if name in given:
            raise StatementError(f"{name}= is given twice; separate several values by |")
        given[name] = value
    fields = {_FIELDS[name]: _FIELD_READERS[name](value, names) for name, value in given.items()}
    days = fields.pop("days", (None, None))
    return CountCell(first=days[0], last=days[1], **fields)


def _statuses(text: str) -> tuple[str, ...]:
    return _known("status", text, get_args(StatusKey))


def _known(name: str, text: str, known: Collection[str]) -> tuple[str, ...]:
    found = tuple(word.strip() for word in text.split("|"))
    for word in found:
        if word not in known:
            some = ", ".join(sorted(known)[:12])
            raise StatementError(
                f"{name}={word}: is not known{meant(word, known)}; expected one of {some}"
            )
    return found


_FIELDS: Final = {
    "group": "groups", "province": "provinces", "period": "days", "status": "statuses",
    "kind": "kinds",
}  # fmt: skip
_FIELD_READERS: Final[Mapping[str, Callable[[str, CountedNames], tuple[Any, ...]]]] = {
    "group": lambda text, names: _known("group", text, names.groups),
    "province": lambda text, names: tuple(names.province(one.strip()) for one in text.split("|")),
    "period": lambda text, _: _dates("period", text),
    "status": lambda text, _: _statuses(text),
    "kind": lambda text, _: _known("kind", text, ("incident", "presence")),
}


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise StatementError(f"{name}: {text!r} is not a whole number; write it as 12")
    return int(text)


def _days(name: str, text: str) -> DayRange:
    return days_between(*_dates(name, text))


def _dates(name: str, text: str) -> tuple[date | None, date | None]:
    """The first and last day of a period; ``None`` where it is open."""
    try:
        found = period(text)
    except ValueError as error:
        raise StatementError(f"{name}={text}: {error}") from error
    if _QUALIFIED.intersection(text):
        raise StatementError(f"{name}={text}: is qualified by ~, ? or %; give plain dates")
    return found.earliest, found.latest
