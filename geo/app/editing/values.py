"""Between the fields of a form, which are text, and an entry of the dossier.

What nobody has changed in the form keeps its very value, also where the form could not say it as
well: an entry that is opened and saved is the same. New text is read as people write it
(:mod:`geo.written`); nothing becomes a number or a date that does not say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from geo import limits
from geo.app.editing.fields import NEW_SOURCE, FormField
from geo.app.editing.naming import short_name
from geo.app.editing.reading import NONE_STATED, FormContext, Read, read_field
from geo.dossier.yaml_rendering import in_flow

ORIGIN: Final = "origin"
"""Of a form in a list: the number of the item of the entry that it shows; empty for a new one."""
_MOST_LETTERS: Final = limits.MAX_PROSE
_MOST_ITEMS: Final = max(limits.MAX_CLAIMS, limits.MAX_PLACES)

FormValues = dict[str, Any]
"""What is in a form: text by field, lists of keys, and lists of such forms."""


@dataclass
class Entered:
    """What a form says.

    Parameters
    ----------
    entry
        The entry as plain YAML, without what is empty.
    read
        How the text of a field was read, by the place of the field, such as ``claims.0.killed``.
    faults
        What could not be read, by the place of the field.
    places
        The place of the field in the form, by the path of its value in the entry.
    """

    entry: dict[str, Any] = field(default_factory=dict)
    read: dict[str, Read] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    places: dict[tuple[str | int, ...], str] = field(default_factory=dict)


def to_form(entry: Mapping[str, Any], fields: Iterable[FormField]) -> FormValues:
    """Return what a form shows of an entry.

    Returns
    -------
    dict
        A value for each field: text, or a list of keys or of forms.

    Examples
    --------
    >>> to_form({"killed": {"low": 10, "high": 15}}, [FormField("killed", "Killed", "figure")])
    {'killed': '10 to 15'}
    """
    return {one.name: _shown(entry, one) for one in fields}


def _shown(entry: Mapping[str, Any], one: FormField) -> Any:
    value = entry.get(one.key)
    if one.kind == "list":
        items = value if isinstance(value, list) else []
        return [
            {ORIGIN: str(at), **to_form(item, one.fields)}
            for at, item in enumerate(items)
            if isinstance(item, dict)
        ]
    if one.kind in {"several", "lines"}:
        texts = [str(each) for each in value] if isinstance(value, list) else []
        return texts if one.kind == "several" else "\n".join(texts)
    if one.kind == "point":
        lat, lon = entry.get("lat"), entry.get("lon")
        return "" if lat is None or lon is None else f"{lat}, {lon}"
    return _shown_text(value, one)


def _shown_text(value: Any, one: FormField) -> str:
    if one.kind == "figure":
        return _figure_text(value)
    if one.kind == "suggest":
        return next((each.label for each in one.options if each.value == value), str(value or ""))
    return "" if value is None else str(value)


def _figure_text(value: Any) -> str:
    if value == 0:
        return NONE_STATED
    if not isinstance(value, dict):
        return "" if value is None else str(value)
    low, best, high = (value.get(name) for name in ("low", "best", "high"))
    if low == best == high or (best is not None and low is None and high is None):
        return str(best)
    ends = f"{low} to {high}"
    if low is None or high is None:
        ends = f"at least {low}" if high is None else f"at most {high}"
    return ends if best is None else f"{best} ({ends})"


def from_form(
    values: Mapping[str, Any], fields: Iterable[FormField],
    entry: Mapping[str, Any] | None = None, *, context: FormContext,
) -> Entered:  # fmt: skip
    """Read a form.

    Parameters
    ----------
    values
        What is in it; fields that are missing are empty.
    entry
        The entry that it was made from.
    context
        As for :func:`geo.app.editing.reading.read_field`.

    Returns
    -------
    Entered
        Fields whose text is as :func:`to_form` gave it have the value of `entry`.

    Examples
    --------
    A figure that nobody has entered stays out of the entry:

    >>> from datetime import date
    >>> fields = [FormField(name, name, "figure") for name in ("killed", "injured")]
    >>> context = FormContext(date(2026, 1, 1))
    >>> from_form({"killed": "12", "injured": " "}, fields, context=context).entry
    {'killed': 12}
    """
    found = Entered(dict(entry or {}))
    before = to_form(entry or {}, fields := tuple(fields))
    for one in fields:
        _enter(found, one, values.get(one.name), before[one.name], context)
    if found.entry.get("statement"):
        found.entry = {name: found.entry[name] for name in ("statement", "role")
                       if name in found.entry}  # fmt: skip
    return found


def _enter(found: Entered, one: FormField, typed: Any, before: Any, context: FormContext) -> None:
    if one.kind == "list":
        _enter_list(found, one, typed if isinstance(typed, list) else [], context)
    elif one.kind == "several":
        keys = [key for key in typed or [] if isinstance(key, str)]
        if keys != before:
            _put(found, one, {one.key: keys or None})
    elif (text := typed if isinstance(typed, str) else "") != before:
        _enter_text(found, one, text, context)
    found.places[(one.key,)] = one.name
    if one.kind == "point":
        found.places |= {("lat",): one.name, ("lon",): one.name}


def _enter_text(found: Entered, one: FormField, text: str, context: FormContext) -> None:
    is_offered = one.kind == "suggest"
    read = _suggested(one, text) if is_offered else read_field(one.kind, text, context)
    if text.strip():
        found.read[one.name] = read
    if read.fault:
        found.faults[one.name] = read.fault
    values = read.values if read.values is not None else {one.key: read.value}
    _put(found, one, values)


def _suggested(one: FormField, text: str) -> Read:
    """One of what is offered, by any of its names, or the text itself."""
    typed = text.strip()
    for each in one.options:
        if typed.casefold() in {name.casefold() for name in (each.value, each.label, *each.also)}:
            return Read(each.value)
    return Read(typed or None)


def _put(found: Entered, one: FormField, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        # What was said in other words in a field of its own is not overwritten by a guess.
        if name != one.name and one.kind == "point" and name == "uncertainty_m":
            found.entry.setdefault(name, value)
        elif value is None:
            found.entry.pop(name, None)
        else:
            found.entry[name] = value


def _enter_list(found: Entered, one: FormField, forms: list[Any], context: FormContext) -> None:
    old = found.entry.get(one.name)
    items = old if isinstance(old, list) else []
    result: list[Any] = []
    for at, form in enumerate(forms[:_MOST_ITEMS]):
        if not isinstance(form, dict) or is_blank(form):
            continue
        origin = str(form.get(ORIGIN, ""))
        known = items[int(origin)] if origin.isdecimal() and int(origin) < len(items) else None
        inner = from_form(form, one.fields, known, context=context)
        _take(found, inner, f"{one.name}.{at}", (one.name, len(result)))
        result.append(inner.entry)
    found.entry[one.name] = result
    if not result and one.name not in {"where", "claims"}:
        found.entry.pop(one.name)


def _take(found: Entered, inner: Entered, place: str, path: tuple[str | int, ...]) -> None:
    found.read |= {f"{place}.{name}": read for name, read in inner.read.items()}
    found.faults |= {f"{place}.{name}": said for name, said in inner.faults.items()}
    found.places |= {(*path, *inside): f"{place}.{name}" for inside, name in inner.places.items()}
    found.places[path] = place


def is_blank(form: Mapping[str, Any]) -> bool:
    """Whether nothing has been entered in a form of a list.

    Examples
    --------
    >>> is_blank({"origin": "", "place": " ", "kind": ""}), is_blank({"place": "Kabul"})
    (True, False)
    """
    return all(
        not (value.strip() if isinstance(value, str) else value)
        for name, value in form.items()
        if name != ORIGIN
    ) and not form.get(ORIGIN)


def checked_form(given: Any, fields: Iterable[FormField]) -> FormValues:
    """Return a form that came from the browser, without what no form has.

    Returns
    -------
    dict
        As of :func:`to_form`; what is missing or of another kind is empty, and what is longer than
        a dossier may hold is cut one letter beyond that, so that it is refused and not lost.
    """
    form = given if isinstance(given, dict) else {}
    return {one.name: _checked(form.get(one.name), one) for one in fields}


def _checked(value: Any, one: FormField) -> Any:
    if one.kind == "list":
        items = value[: _MOST_ITEMS + 1] if isinstance(value, list) else []
        return [
            {ORIGIN: _text(item.get(ORIGIN)), **checked_form(item, one.fields)}
            for item in items
            if isinstance(item, dict)
        ]
    if one.kind == "several":
        # Also what can no longer be chosen: it was, and the entry says what is wrong with it.
        keys = value[:_MOST_ITEMS] if isinstance(value, list) else []
        return [key for key in keys if isinstance(key, str) and len(key) <= limits.MAX_LINE]
    return _text(value)


def _text(value: Any) -> str:
    return value[: _MOST_LETTERS + 1] if isinstance(value, str) else ""


def new_sources(
    entry: dict[str, Any], taken_by_others: Callable[[Mapping[str, Any]], Iterable[str]]
) -> dict[str, dict[str, Any]]:
    """Take the sources described in the claims out of an entry, which then names them by key.

    Parameters
    ----------
    taken_by_others
        The keys that sources have which are not the one described.

    Returns
    -------
    dict
        The new sources by their keys.
    """
    found: dict[str, dict[str, Any]] = {}
    for claim in entry.get("claims") or []:
        described = claim.pop("new_source", None)
        if claim.get("source") == NEW_SOURCE:
            source = dict(described[0]) if described else {}
            words, day = (str(source.get(name, "")) for name in ("publisher", "published"))
            key = short_name(words, day, {*found, *taken_by_others(source)})
            claim["source"] = key
            found[key] = {**source, "id": key}
    return found


def shown_value(value: Any) -> str:
    """A value of an entry on one line, as a dossier writes it."""
    return "not given" if value is None else in_flow(value)
