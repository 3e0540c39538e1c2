"""What a person does with the suggestions of a document: each act makes another worksheet.

What the browser asks for is checked here; an act that does not fit the worksheet, as from a page
that is out of date, is refused with a sentence and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from geo.app.reading.worksheet import WorkClaim, WorkItem, Worksheet, WorkSpan, WorkValue
from geo.errors import EditError

_GONE: Final = "The suggestion is no longer there; the page shows what is."
_CHANGED: Final = "The suggestion has changed in the meantime; the page shows it as it is now."
_SPLIT_TOTAL: Final = "Figures stay with the first record: a total is not split among places."
_SWAPPED: Final = {"by": "against", "against": "by"}


def decided(work: Worksheet, act: Mapping[str, Any]) -> Worksheet:
    """Do what a person asks for, apart from accepting.

    Parameters
    ----------
    act
        What the browser sent, with the name of the act as ``act`` and the number of the item.

    Raises
    ------
    EditError
        If it does not fit the worksheet.
    """
    name = act.get("act")
    do = _ACTS.get(name) if isinstance(name, str) else None
    if do is None:
        raise EditError(_GONE)
    return do(work, item_of(work, act), act)


def item_of(work: Worksheet, act: Mapping[str, Any]) -> WorkItem:
    """The item that an act is about, while it may still be altered.

    Raises
    ------
    EditError
        If there is none, or a draft has been made of it already.
    """
    item = work.item(_number(act, "item"))
    if item is None:
        raise EditError(_GONE)
    if item.state == "accepted":
        msg = "A draft has been made of this suggestion; change the draft instead."
        raise EditError(msg)
    return item


def added(work: Worksheet, number: int, value: WorkValue | WorkClaim) -> Worksheet:
    """Add a value or a claim to an item, or with the number 0 to a new one.

    A figure goes to the last claim of the item.

    Raises
    ------
    EditError
        If there is no such item, or it has no claim that could state a figure.
    """
    if number == 0:
        item = WorkItem(number=work.next_number, section="incidents", title="New record")
        work = work.with_items((item, *work.items))
    else:
        item = item_of(work, {"item": number})
    return work.with_item(_with_value(item, value))


def _with_value(item: WorkItem, value: WorkValue | WorkClaim) -> WorkItem:
    if isinstance(value, WorkClaim):
        return _with(item, claims=(*item.claims, value))
    if value.field in {"by", "against", "where", "when", "what"}:
        # A record has one date and one type.
        kept = [one for one in item.values
                if one.field != value.field or value.field not in {"when", "what"}]  # fmt: skip
        return _with(item, values=(*kept, value))
    if not item.claims:
        msg = "Add a claim first: a figure is what somebody states."
        raise EditError(msg)
    last = item.claims[-1]
    figures = (*(one for one in last.figures if one.field != value.field), value)
    return _with(item, claims=(*item.claims[:-1], last.model_copy(update={"figures": figures})))


def _reject(work: Worksheet, item: WorkItem, _: Mapping[str, Any]) -> Worksheet:
    return work.with_item(_with(item, state="rejected"))


def _reopen(work: Worksheet, item: WorkItem, _: Mapping[str, Any]) -> Worksheet:
    return work.with_item(_with(item, state="open"))


def _retitle(work: Worksheet, item: WorkItem, act: Mapping[str, Any]) -> Worksheet:
    title = act.get("title")
    words = " ".join(title.split()) if isinstance(title, str) else ""
    return work.with_item(_with(item, title=words or item.title))


def _remove(work: Worksheet, item: WorkItem, act: Mapping[str, Any]) -> Worksheet:
    if "claim" not in act:
        at = _place(act, "value", item.values)
        return work.with_item(_with(item, values=_without(item.values, at)))
    at = _place(act, "claim", item.claims)
    claim = item.claims[at]
    if "value" not in act:
        return work.with_item(_with(item, claims=_without(item.claims, at)))
    figures = _without(claim.figures, _place(act, "value", claim.figures))
    return work.with_item(_with_claim(item, at, claim.model_copy(update={"figures": figures})))


def _choose(work: Worksheet, item: WorkItem, act: Mapping[str, Any]) -> Worksheet:
    at = _place(act, "value", item.values)
    value = item.values[at]
    number = _number(act, "choice")
    if not 0 <= number < len(value.choices):
        raise EditError(_GONE)
    choice = value.choices[number]
    new = value.model_copy(
        update={"fields": choice.fields, "note": choice.label, "question": "", "choices": ()}
    )
    if value.field == "when":
        new = new.model_copy(update={"label": choice.label, "note": ""})
    return work.with_item(_with(item, values=_replaced(item.values, at, new)))


def _swap(work: Worksheet, item: WorkItem, act: Mapping[str, Any]) -> Worksheet:
    """Have a group act instead of being acted against, or the other way round."""
    at = _place(act, "value", item.values)
    value = item.values[at]
    if value.field not in _SWAPPED:
        raise EditError(_GONE)
    new = value.model_copy(update={"field": _SWAPPED[value.field]})
    return work.with_item(_with(item, values=_replaced(item.values, at, new)))


def _turn(work: Worksheet, item: WorkItem, _: Mapping[str, Any]) -> Worksheet:
    """Make a presence claim of an incident, or the other way round: what happened is left open."""
    section = "presence" if item.section == "incidents" else "incidents"
    values = tuple(one for one in item.values if one.field != "what")
    return work.with_item(_with(item, section=section, values=values))


def _merge(work: Worksheet, item: WorkItem, act: Mapping[str, Any]) -> Worksheet:
    other = item_of(work, {"item": act.get("other")})
    if other.number == item.number:
        raise EditError(_GONE)
    values = list(item.values)
    for value in other.values:
        same = next((at for at, one in enumerate(values) if _same(one, value)), None)
        if same is None:
            values.append(value)
        else:
            spans = tuple(dict.fromkeys((*values[same].spans, *value.spans)))
            values[same] = values[same].model_copy(update={"spans": spans})
    merged = _with(item, values=_one_each(values), claims=(*item.claims, *other.claims),
                   questions=tuple(dict.fromkeys((*item.questions, *other.questions))))  # fmt: skip
    kept = work.with_items(one for one in work.items if one.number != other.number)
    return kept.with_item(merged)


def _same(one: WorkValue, other: WorkValue) -> bool:
    return one.field == other.field and one.fields == other.fields and bool(one.fields)


def _one_each(values: list[WorkValue]) -> tuple[WorkValue, ...]:
    """The values with one date and one type: the first of each, or the first that is settled."""
    found: list[WorkValue] = []
    for value in values:
        at = next((at for at, one in enumerate(found) if one.field == value.field), None)
        if value.field not in {"when", "what"} or at is None:
            found.append(value)
        elif not found[at].fields:
            found[at] = value
    return tuple(found)


def _split(work: Worksheet, item: WorkItem, act: Mapping[str, Any]) -> Worksheet:
    """Make a record of its own of one place or one claim of an item."""
    if "claim" in act:
        at = _place(act, "claim", item.claims)
        new = _with(item, number=work.next_number, claims=(item.claims[at],), questions=())
        rest = _with(item, claims=_without(item.claims, at))
    else:
        at = _place(act, "value", item.values)
        if item.values[at].field != "where":
            raise EditError(_GONE)
        here = tuple(one for one in item.values if one.field != "where")
        bare = tuple(one.model_copy(update={"figures": ()}) for one in item.claims)
        has_figures = any(one.figures for one in item.claims)
        new = _with(item, number=work.next_number, values=(*here, item.values[at]), claims=bare,
                    questions=(_SPLIT_TOTAL,) if has_figures else ())  # fmt: skip
        rest = _with(item, values=_without(item.values, at))
    items = [both for one in work.items
             for both in ((rest, new) if one.number == item.number else (one,))]  # fmt: skip
    return work.with_items(items)


def _with(item: WorkItem, **fields: Any) -> WorkItem:
    return item.model_copy(update=fields)


def _with_claim(item: WorkItem, at: int, claim: WorkClaim) -> WorkItem:
    return _with(item, claims=_replaced(item.claims, at, claim))


def _without(all_of: tuple[Any, ...], at: int) -> tuple[Any, ...]:
    return (*all_of[:at], *all_of[at + 1 :])


def _replaced(all_of: tuple[Any, ...], at: int, new: Any) -> tuple[Any, ...]:
    return (*all_of[:at], new, *all_of[at + 1 :])


def _number(act: Mapping[str, Any], name: str) -> int:
    value = act.get(name)
    if type(value) is not int:
        raise EditError(_GONE)
    return value


def _place(
    act: Mapping[str, Any], name: str, all_of: Sequence[WorkValue | WorkClaim]
) -> int:  # fmt: skip
    """Where the part is that an act names; of two that are the same, the first."""
    at = next((at for at, one in enumerate(all_of) if one.digest == act.get(name)), None)
    if at is None:
        raise EditError(_CHANGED)
    return at


def selected_span(act: Mapping[str, Any], text: str) -> WorkSpan:
    """The characters that a person has selected, without the spaces around them.

    Raises
    ------
    EditError
        If nothing is selected.

    Examples
    --------
    >>> selected_span({"start": 3, "end": 11}, "in  Kunduz  on Monday")
    (4, 10)
    """
    start, end = _number(act, "start"), _number(act, "end")
    words = text[start:end] if 0 <= start < end <= len(text) else ""
    if not words.strip():
        msg = "Select words of the text first."
        raise EditError(msg)
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())


_ACTS: Final[
    Mapping[str, Callable[[Worksheet, WorkItem, Mapping[str, Any]], Worksheet]]
] = {
    "reject": _reject, "reopen": _reopen, "title": _retitle, "remove": _remove, "choose": _choose,
    "swap": _swap, "turn": _turn, "merge": _merge, "split": _split,
}  # fmt: skip
