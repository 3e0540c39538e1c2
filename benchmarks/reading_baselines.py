"""Naive ways to read a report, to be beaten.

- *pattern*: a place is what stands before "province".
- *names*: a place is whatever the gazetteer has under its name, the longest name first.

In both, a group is a name of the dossier in the text, a speaker what stands before "said", the
event happened on the day of publication, and the first number is the number of people killed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from benchmarks.data import workspace
from benchmarks.labelled_reports import LabelledReport
from benchmarks.reading_scores import FoundInReport
from geo.places.locations import locate
from geo.reports.mentions import (
    DateMention,
    GroupMention,
    Mention,
    NumberMention,
    PlaceMention,
    SpeakerMention,
)
from geo.reports.suggestions import (
    SuggestedClaim,
    SuggestedDate,
    SuggestedFigure,
    SuggestedGroup,
    SuggestedPlace,
    SuggestedRecord,
    TextSpan,
)

_NAME: Final = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
_BEFORE_PROVINCE: Final = re.compile(rf"({_NAME}) [Pp]rovince")
_CAPITALISED: Final = re.compile(r"[A-Z][\w'’-]+(?: (?:i |e )?[A-Z][\w'’-]+)*")
_BEFORE_SAID: Final = re.compile(rf"((?:[Tt]he )?{_NAME}|[Tt]he \w+) (?:said|says|claimed)\b")
_NUMBER: Final = re.compile(r"(?<![\d,/.:-])\d{1,3}(?![\d,/.:-]\d)\b")

PlaceReader = Callable[[str], Iterator[Mention]]


def _pattern(text: str) -> Iterator[Mention]:
    for found in _BEFORE_PROVINCE.finditer(text):
        place = locate(found[1], workspace().country, kind="province")
        if place.status == "resolved":
            yield Mention("place", found.start(), found.end(), found[0], PlaceMention(place))


def _names(text: str) -> Iterator[Mention]:
    for found in _CAPITALISED.finditer(text):
        words = [*re.finditer(r"\S+", found[0])]
        at = 0
        while at < len(words):
            for to in range(len(words), at, -1):
                start, end = words[at].start(), words[to - 1].end()
                place = locate(found[0][start:end], workspace().country)
                if place.status in {"resolved", "outside"}:
                    span = found.start() + start, found.start() + end
                    yield Mention("place", *span, found[0][start:end], PlaceMention(place))
                    at = to - 1
                    break
            at += 1


def _groups(text: str) -> Iterator[Mention]:
    for key, group in workspace().reading.dossier.groups.items():
        for name in {group.name, group.short, *group.also}:
            for found in re.finditer(rf"\b{re.escape(name)}\b", text):
                value = GroupMention(key, group.name)
                yield Mention("group", *found.span(), found[0], value)


def _speakers(text: str) -> Iterator[Mention]:
    for found in _BEFORE_SAID.finditer(text):
        value = SpeakerMention(found[1], None, "occurrence", "said")
        yield Mention("speaker", *found.span(1), found[1], value)


def _first_number(text: str) -> Iterator[Mention]:
    found = _NUMBER.search(text)
    if found:
        number = int(found[0])
        value = NumberMention(number, number, number, "killed")
        yield Mention("number", *found.span(), found[0], value)


def _read(report: LabelledReport, places: PlaceReader) -> FoundInReport:
    text = report.text
    place, group = tuple(places(text)), tuple(_groups(text))
    speaker, number = tuple(_speakers(text)), tuple(_first_number(text))
    record = _record(report, place, group, number)
    return FoundInReport(place + group + speaker + number, (record,), report.published)


def _record(
    report: LabelledReport,
    places: tuple[Mention, ...],
    groups: tuple[Mention, ...],
    numbers: tuple[Mention, ...],
) -> SuggestedRecord:
    figures = tuple(
        SuggestedFigure(one.value, _span(one))
        for one in numbers if isinstance(one.value, NumberMention)
    )  # fmt: skip
    day = report.published.isoformat() if report.published else ""
    return SuggestedRecord(
        kind="incident", title="", confidence="low",
        claims=(SuggestedClaim("", None, "occurrence", "low", (), figures=figures),),
        groups=tuple(
            SuggestedGroup(one.value, _span(one))
            for one in groups if isinstance(one.value, GroupMention)
        ),
        places=tuple(
            SuggestedPlace(one.value.location, _span(one))
            for one in places if isinstance(one.value, PlaceMention)
        ),
        when=SuggestedDate(DateMention(day, day), ()) if day else None,
    )  # fmt: skip


def _span(mention: Mention) -> tuple[TextSpan, ...]:
    return (TextSpan(mention.start, mention.end),)


def read_by_pattern(report: LabelledReport) -> FoundInReport:
    """Read with the pattern of provinces."""
    return _read(report, _pattern)


def read_by_names(report: LabelledReport) -> FoundInReport:
    """Read with all names of the gazetteer."""
    return _read(report, _names)
