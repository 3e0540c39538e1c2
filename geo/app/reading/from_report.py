"""From what was read in a text to values that a person looks at, with the words of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from pydantic import ValidationError

from geo import limits
from geo.app.editing.place_answers import choices_for_place, fields_for_location
from geo.app.reading.worksheet import (
    HARMS,
    HarmField,
    WorkChoice,
    WorkClaim,
    WorkField,
    WorkItem,
    WorkSpan,
    WorkValue,
)
from geo.places.country import Country
from geo.places.locations import Location
from geo.reports.mentions import DateMention, EventMention, GroupMention, NumberMention
from geo.reports.suggestions import (
    SuggestedClaim,
    SuggestedFigure,
    SuggestedRecord,
    TextSpan,
)
from geo.table.workspace import Workspace
from geo.text import capitalised
from geo.wording.sentences import say_place
from geo.wording.vocabulary import PRESENCE_KINDS

_NOT_A_GROUP: Final = "is not a group of this dossier: it is noted in the words of the text"
_HARMS: Final[Mapping[str, HarmField]] = {one: one for one in HARMS}
_NO_PLACE: Final = "It is listed but not mapped until this is decided"


def items_of(
    suggestions: Iterable[SuggestedRecord], text: str, workspace: Workspace
) -> tuple[WorkItem, ...]:
    """Return what a text suggests, as a person looks at it; general judgements at the end."""
    made = [_item(number, one, text, workspace) for number, one in enumerate(suggestions, start=1)]
    return tuple(sorted(made[: limits.MAX_CLAIMS], key=lambda one: bool(one.apart)))


def _item(number: int, one: SuggestedRecord, text: str, workspace: Workspace) -> WorkItem:
    country = workspace.country
    asked = {one.when.date.question} if one.when else set()
    asked |= {each.location.note for each in one.places}
    return WorkItem(
        number=number,
        section="incidents" if one.kind == "incident" else "presence",
        title=one.title,
        values=(
            *(group_value("by", each.group, _spans(each.passages)) for each in one.groups),
            *(group_value("against", each.group, _spans(each.passages)) for each in one.against),
            *(place_value(each.location, _spans(each.passages), text, country)
              for each in one.places),
            *([date_value(one.when.date, _spans(one.when.passages))] if one.when else ()),
            *_what(one.event, _spans(one.event_passages), one.kind),
        ),
        claims=tuple(_claim(each) for each in one.claims),
        questions=tuple(said for said in one.questions if said not in asked),
        apart=one.apart,
    )  # fmt: skip


def _spans(passages: Iterable[TextSpan]) -> tuple[WorkSpan, ...]:
    return tuple((one.start, one.end) for one in passages)


def group_value(field: WorkField, group: GroupMention, spans: tuple[WorkSpan, ...]) -> WorkValue:
    """Return a group as a value; one that the dossier does not have stays words."""
    if group.question:
        choices = tuple(
            WorkChoice(label=one, fields={"key": one}) for one in group.candidates
        )  # fmt: skip
        return WorkValue(field=field, label=group.name, fields={}, spans=spans,
                         question=group.question, choices=choices)  # fmt: skip
    if not group.key:
        return WorkValue(field=field, label=group.name, fields={"words": group.name}, spans=spans,
                         note=f"{capitalised(group.name)} {_NOT_A_GROUP}.")  # fmt: skip
    return WorkValue(field=field, label=group.name, fields={"key": group.key}, spans=spans)


def place_value(
    location: Location, spans: tuple[WorkSpan, ...], text: str, country: Country
) -> WorkValue:
    """Return a place as a value: what the words mean, or what they may mean."""
    words = " ".join(text[spans[0][0] : spans[0][1]].split())[: limits.MAX_LINE]
    value = partial(WorkValue, field="where", label=words, spans=spans)
    fields = {} if location.off == "unknown" else _place_fields(words, location, country)
    if fields:
        names = {province.code: province.name for province in country.provinces}
        note = capitalised(say_place(location, names, country.name))
        return value(fields=fields, note=_sentences(note, location.note))
    # Its words may be accepted as they are: the record is then listed and not mapped.
    question = _sentences(location.note, _NO_PLACE)
    choices = tuple(
        WorkChoice(label=label, fields=each)
        for label, each in choices_for_place(words, location, country)
    )
    return value(fields={"place": words}, question=question, choices=choices)


def _place_fields(words: str, location: Location, country: Country) -> Mapping[str, str]:
    try:
        return fields_for_location(words, location, country)
    except ValidationError:
        # Words that a record may not hold, such as those with an invisible character.
        return {}


def _sentences(*parts: str) -> str:
    return " ".join(f"{part.rstrip('.')}." for part in dict.fromkeys(filter(None, parts)))


def date_value(date: DateMention, spans: tuple[WorkSpan, ...]) -> WorkValue:
    """Return a date as a value; one that is open has the dates to choose from."""
    choices = tuple(
        WorkChoice(label=one.words, fields={"edtf": one.edtf}) for one in date.candidates
    )
    if not date.edtf:
        return WorkValue(field="when", label="Date", fields={}, spans=spans,
                         question=date.question, choices=choices)  # fmt: skip
    note = "Counted from the day of publication." if date.basis == "publication" else ""
    return WorkValue(field="when", label=date.words, fields={"edtf": date.edtf}, spans=spans,
                     note=note)  # fmt: skip


def _what(
    event: EventMention | None, spans: tuple[WorkSpan, ...], kind: str
) -> Iterator[WorkValue]:
    if event is None or not spans:
        return
    if kind == "presence" and event.presence:
        yield WorkValue(field="what", label=PRESENCE_KINDS[event.presence], spans=spans,
                        fields={"presence_kind": event.presence})  # fmt: skip
    elif kind == "incident" and event.event_type:
        fields: dict[str, str] = {"event_type": event.event_type}
        if event.sub_event_type:
            fields["sub_event_type"] = event.sub_event_type
        yield WorkValue(field="what", label=event.sub_event_type or event.event_type, spans=spans,
                        fields=fields)  # fmt: skip


def _claim(one: SuggestedClaim) -> WorkClaim:
    return WorkClaim(
        by=one.by, role=one.role, says=one.says, via=one.via,
        spans=_spans(one.passages),
        figures=tuple(found for each in one.figures if (found := _figure(each))),
    )  # fmt: skip


def _figure(one: SuggestedFigure) -> WorkValue | None:
    return figure_value(one.number, _spans(one.passages))


def figure_value(number: NumberMention, spans: tuple[WorkSpan, ...]) -> WorkValue | None:
    """Return a number of people as a value; ``None`` for what a record has no field for."""
    field = _HARMS.get(number.of_what)
    if field is None:
        return None
    ends = {"low": number.low, "best": number.best, "high": number.high}
    count = {name: one for name, one in ends.items() if one is not None}
    fields: dict[str, Any] = {"count": _short(count)} if count else {}
    if fields and number.whom:
        fields["whom"] = number.whom
    label = " ".join(filter(None, (_said(count), number.whom)))
    return WorkValue(field=field, label=label or "Number", fields=fields, spans=spans,
                     question=number.question if not count else "")  # fmt: skip


def _short(count: dict[str, int]) -> Any:
    whole = len(count) == len(("low", "best", "high")) and len(set(count.values())) == 1
    return count["best"] if whole else count


def _said(count: Mapping[str, int]) -> str:
    """A number in words.

    Examples
    --------
    >>> _said({"low": 20}), _said({"low": 3, "best": 3, "high": 3}), _said({"low": 2, "high": 5})
    ('at least 20', '3', '2 to 5')
    """
    low, best, high = (count.get(name) for name in ("low", "best", "high"))
    if low is not None and low == high:
        return f"{low:,}"
    ends = ""
    if low is not None and high is not None:
        ends = f"{low:,} to {high:,}"
    elif low is not None:
        ends = f"at least {low:,}"
    elif high is not None:
        ends = f"at most {high:,}"
    if best is None:
        return ends
    return f"{best:,} ({ends})" if ends else f"{best:,}"
