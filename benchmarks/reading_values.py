"""Whether a mention says what a label says: right, open, or wrong.

*Right*: the value agrees. *Open*: no value but a question, as far as a reader could answer it from
what is offered. *Wrong*: another value, or a value where only a question is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final, Literal, cast

from benchmarks.data import registry, workspace
from benchmarks.labelled_reports import Figure, Label, LabelKind
from geo.dossier.period_faults import DateError
from geo.dossier.periods import Period, period
from geo.places.locations import Location
from geo.reports.mentions import (
    DateMention,
    GroupMention,
    Mention,
    NumberMention,
    PlaceMention,
    SpeakerMention,
)

Verdict = Literal["right", "open", "wrong"]
PREFIX: Final = "AF-"
"""Before the codes of provinces; labels leave it out."""
_WIDE: Final = frozenset({"region", "country"})
_ASSERTED: Final = frozenset({"occurrence", "casualties", "place", "date", "presence", "strength"})
"""What a speaker simply says; which of them it is depends on what is said, not on the verb."""


def verdict(label: Label, mentions: Sequence[Mention]) -> Verdict:
    """What the mentions over the words of a label come to; at least one must be given."""
    return _JUDGES[label.kind](label, mentions)


def codes(location: Location) -> frozenset[str]:
    """The provinces of a place, without the prefix; none for regions and whatever is undecided.

    A name of which only the kind is undecided, such as that of a province and its capital, has the
    province that all its meanings share.
    """
    if location.status == "ambiguous":
        meanings = {place.provinces for place in location.candidates}
        is_agreed = len(meanings) == 1 < len(location.candidates)
        return candidate_codes(location) if is_agreed else frozenset()
    if location.status not in {"resolved", "inferred"} or location.precision in _WIDE:
        return frozenset()
    return frozenset(code.removeprefix(PREFIX) for code in location.provinces)


def candidate_codes(location: Location) -> frozenset[str]:
    """The provinces among which a place is undecided."""
    if location.status != "ambiguous":
        return frozenset()
    return frozenset(
        code.removeprefix(PREFIX) for place in location.candidates for code in place.provinces
    )


def where_of(location: Location) -> str:
    """What a place is where it is not in a province: outside, country, region, or undecided."""
    if location.status == "outside":
        return "outside"
    if location.status in {"resolved", "inferred"} and location.precision in _WIDE:
        return location.precision
    return ""


def _place(label: Label, mentions: Sequence[Mention]) -> Verdict:
    found = [cast("PlaceMention", one.value).location for one in mentions]
    firm = frozenset().union(*map(codes, found))
    loose = {where_of(one) for one in found} - {""}
    wanted = frozenset(label.values)
    if not firm and not loose:
        offered = frozenset().union(*map(candidate_codes, found))
        return "right" if label.is_open else "open" if wanted & offered else "wrong"
    if label.is_open or "none" in wanted:
        return "wrong"
    if special := {value.partition(":")[0] for value in wanted} & {"outside", "country", "region"}:
        return "right" if loose <= special and not firm else "wrong"
    return "right" if firm == wanted and not loose else "wrong"


def _group(label: Label, mentions: Sequence[Mention]) -> Verdict:
    verdicts = {_one_group(label, cast("GroupMention", one.value)) for one in mentions}
    return "wrong" if "wrong" in verdicts else "right" if "right" in verdicts else "open"


def _one_group(label: Label, found: GroupMention) -> Verdict:
    if found.candidates:
        return "open" if {*map(party, found.candidates)} & {*label.values} else "wrong"
    is_right = not label.is_open and party(found.key or found.name) in label.values
    return "right" if is_right else "wrong"


@cache
def party(name: str) -> str:
    """The key of a party, by its key or by a name that it has on any day; else the name."""
    if name in keys():
        return name
    for entry in registry().entries:
        if entry.key and name.casefold() == entry.name.casefold():
            return entry.key
    return name


def _date(label: Label, mentions: Sequence[Mention]) -> Verdict:
    verdicts = {_one_date(label, cast("DateMention", one.value)) for one in mentions}
    return "right" if "right" in verdicts else "open" if verdicts == {"open"} else "wrong"


def _one_date(label: Label, found: DateMention) -> Verdict:
    if not label.values:
        return "wrong" if found.edtf else "right"
    if not found.edtf:
        offered = [one.edtf for one in found.candidates]
        return "open" if any(same_days(one, label.values) for one in offered) else "wrong"
    return "right" if same_days(found.edtf, label.values) else "wrong"


def same_days(edtf: str, values: Iterable[str], within: int = 0) -> bool:
    """Whether a date is one of several, its first and last day each within so many days."""
    return any(_are_near(_days(edtf), _days(value), within) for value in values)


def _days(edtf: str) -> tuple[date | None, date | None]:
    try:
        found: Period = period(edtf)
    except DateError:
        return None, None
    return found.earliest, found.latest


def _are_near(
    one: tuple[date | None, date | None], other: tuple[date | None, date | None], within: int
) -> bool:
    return all(
        mine == yours
        or (mine is not None and yours is not None and abs((mine - yours).days) <= within)
        for mine, yours in zip(one, other, strict=True)
    )


def _number(label: Label, mentions: Sequence[Mention]) -> Verdict:
    verdicts = [_one_number(label, cast("NumberMention", one.value)) for one in mentions]
    return "right" if "right" in verdicts else "open" if "open" in verdicts else "wrong"


def _one_number(label: Label, found: NumberMention) -> Verdict:
    figure = Figure(found.low, found.best, found.high)
    if found.of_what not in label.also:
        return "wrong"
    if not label.values:
        return "right" if figure == Figure() else "wrong"
    if figure == Figure():
        return "right" if "open" in label.values else "open"
    return "right" if any(agree(Figure.of(one), figure) for one in label.values) else "wrong"


def agree(stated: Figure, found: Figure) -> bool:
    """Whether a figure has what a text states, and nothing else.

    >>> agree(Figure.of("20+"), Figure(low=20)), agree(Figure.of("20+"), Figure(20, 20, 20))
    (True, False)
    >>> agree(Figure.of("8"), Figure(best=8)), agree(Figure.of("~40"), Figure(best=40, high=40))
    (True, True)
    """
    if stated.best is not None:
        return found.best == stated.best and {found.low, found.high} <= {None, stated.best}
    return (found.low, found.best, found.high) == (stated.low, None, stated.high)


def _speaker(label: Label, mentions: Sequence[Mention]) -> Verdict:
    found = [cast("SpeakerMention", one.value) for one in mentions]
    right = [
        one for one in found
        if _is_said_by(label, one.name) and ("-" in label.also or _says(one.says) & _all(label))
    ]  # fmt: skip
    return "right" if right else "wrong"


def _says(kind: str) -> frozenset[str]:
    return _ASSERTED if kind in _ASSERTED else frozenset({kind})


def _all(label: Label) -> frozenset[str]:
    return frozenset().union(*map(_says, label.also))


def _is_said_by(label: Label, name: str) -> bool:
    """Whether it is the labelled speaker.

    For a group of the dossier that must be the key, if the words name the group; any other speaker
    can be given in the words of the text.
    """
    key = party(name)
    if key in label.values:
        return True
    if key in keys() or (label.names_party and {*label.values} <= groups()):
        return False
    return bool(_words(name) & _words(label.text))


def _words(text: str) -> set[str]:
    """The words of a name without the commas around a remark on it."""
    return {word.strip(",") for word in text.casefold().split()} - {""}


@cache
def groups() -> frozenset[str]:
    """The keys of the groups of the dossier."""
    return frozenset(workspace().reading.dossier.groups)


@cache
def keys() -> frozenset[str]:
    """The keys of all parties."""
    return groups() | {one.key for one in registry().entries if one.key}


_JUDGES: Final[Mapping[LabelKind, Callable[[Label, Sequence[Mention]], Verdict]]] = {
    "place": _place, "group": _group, "date": _date, "number": _number, "speaker": _speaker,
}  # fmt: skip
