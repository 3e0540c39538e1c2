"""What the program says to a form while it is filled in.

Python alone judges: the browser shows what it is told. A field has what is wrong with it, how it
was read and what it may mean; the record as a whole has its sentences, where it is drawn, and other
records that may be about the same event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from geo.app.editing.alike import alike
from geo.app.editing.fields import NEW_SOURCE, FormField, every_field, form_parts
from geo.app.editing.naming import short_name
from geo.app.editing.origin_answers import suggest_origins
from geo.app.editing.place_answers import answer_place
from geo.app.editing.reading import FormContext
from geo.app.editing.values import Entered, FormValues, from_form, is_blank, new_sources
from geo.dossier.entries import LISTS, Section
from geo.dossier.intake import read_entry
from geo.dossier.records import REVIEW_FIELDS, Claim, Dossier, Record, Source, Where
from geo.table.located import locate_records
from geo.table.workspace import Workspace
from geo.wording.sentences import sentence

NEEDED: Final = "Needed."
_NAMED_BY: Final[Mapping[Section, tuple[str, str]]] = {
    "incidents": ("title", "when"), "presence": ("title", "first"),
    "sources": ("publisher", "published"), "groups": ("short", ""), "statements": ("text", "date"),
}  # fmt: skip
"""The fields from which the short name of a new entry is made: words, and a date."""
_WHENEVER: Final = "1900-01-01/.."
"""The date of a record whose date has not been entered yet, while its places are drawn: EDTF has no
interval that is open at both ends."""


@dataclass(frozen=True)
class FormState:
    """A form and the entry that it was made from.

    Parameters
    ----------
    base
        The entry as it was when the form was opened; ``None`` for a new one.
    copied
        The entry that a new one was copied from.
    """

    section: Section
    values: FormValues
    base: Mapping[str, Any] | None = None
    copied: Mapping[str, Any] | None = None


@dataclass
class FieldAnswer:
    """What is said of one field.

    Parameters
    ----------
    fault
        What is wrong with it.
    is_missing
        Whether it only lacks a value: nobody is told before they have passed it.
    choices
        What it may mean: a label, and the text of fields by their places in the form.
    """

    said: str = ""
    fault: str = ""
    is_missing: bool = False
    choices: tuple[tuple[str, Mapping[str, str]], ...] = ()


@dataclass
class Answer:
    """What is said of a form.

    Parameters
    ----------
    entry
        What it says as plain YAML, with the keys of new sources in its claims.
    sources
        The new sources that it describes, by their keys.
    record
        The record, if nothing is wrong with it.
    general
        What is wrong with no field in particular.
    preview
        What the map shows of it, as far as it can be drawn.
    """

    entry: dict[str, Any]
    sources: dict[str, dict[str, Any]]
    fields: dict[str, FieldAnswer] = field(default_factory=dict)
    general: list[str] = field(default_factory=list)
    record: Record | None = None
    sentence: str = ""
    alike: tuple[tuple[str, str], ...] = ()
    preview: Workspace | None = None

    @property
    def faults(self) -> int:
        """How many things are wrong."""
        return sum(1 for one in self.fields.values() if one.fault) + len(self.general)

    def at(self, place: str) -> FieldAnswer:
        """What is said of the field at a place of the form."""
        return self.fields.setdefault(place, FieldAnswer())


def answer(state: FormState, workspace: Workspace, today: date) -> Answer:
    """Answer a form.

    Parameters
    ----------
    today
        What begins after it is not a report.
    """
    dossier = workspace.reading.dossier
    fields = every_field(form_parts(state.section, dossier))
    west, south, east, north = workspace.country.provinces.whole.bounds
    context = FormContext(today, (west, south, east, north))
    made_from = state.base or state.copied
    entered = from_form(state.values, fields, made_from, context=context)
    entry = {name: one for name, one in entered.entry.items() if name not in REVIEW_FIELDS}
    found = Answer(entry, new_sources(entry, partial(_other_sources, dossier)))
    _name(found, state, workspace)
    _say_read(found, entered)
    with_sources = _with_sources(dossier, found)
    _say_missing(found, state.values, fields, "")
    _judge(found, state, entered, with_sources, today)
    if state.section in LISTS:
        _say_places(found, workspace)
        _say_origins(found, entered, with_sources)
        _show(found, state.section, with_sources, workspace)
    return found


def _name(found: Answer, state: FormState, workspace: Workspace) -> None:
    """Give a new entry a short name, and refuse one that another entry has."""
    if state.base is not None:
        found.entry["id"] = state.base["id"]
        return
    taken = _taken(state.section, workspace)
    words, day = _NAMED_BY[state.section]
    given = found.entry.get("id")
    if not given:
        text = str(found.entry.get(words, ""))
        found.entry["id"] = short_name(text, str(found.entry.get(day, "")), taken)
        found.at("id").said = f"It will be {found.entry['id']}." if text else ""
    elif given in taken:
        found.at("id").fault = "Another entry has this name; choose one that is free."


def _taken(section: Section, workspace: Workspace) -> set[str]:
    if section in LISTS:
        drafts = {one.key for one in workspace.reading.drafts}
        return drafts | {record.id for record in workspace.reading.dossier.records}
    return set(getattr(workspace.reading.dossier, section))


def _say_read(found: Answer, entered: Entered) -> None:
    for place, read in entered.read.items():
        one = found.at(place)
        one.said, one.fault = read.said, read.fault
        one.choices = tuple((label, {place: text}) for label, text in read.choices)


def _say_missing(
    found: Answer, values: Mapping[str, Any], fields: Iterable[FormField], within: str
) -> None:
    for one in fields:
        value = values.get(one.name)
        if not _is_asked(one, values):
            continue
        if one.kind == "list" and isinstance(value, list):
            for at, form in enumerate(value):
                # A form that nobody has begun counts only where there has to be one.
                if not is_blank(form) or (one.needed and len(value) == 1):
                    _say_missing(found, form, one.fields, f"{within}{one.name}.{at}.")
        is_given = bool(value.strip()) if isinstance(value, str) else bool(value)
        # A short name is made, and a general statement has the role of its speaker.
        is_needed = one.needed and one.name != "id" and not values.get("statement")
        if is_needed and not is_given:
            missing = found.at(f"{within}{one.name}")
            missing.fault, missing.is_missing = NEEDED, True


def _is_asked(one: FormField, values: Mapping[str, Any]) -> bool:
    name, wanted = one.when
    return (not name or values.get(name) == wanted) and not (one.unless and values.get(one.unless))


def _other_sources(dossier: Dossier, raw: Mapping[str, Any]) -> set[str]:
    """The keys of the sources that are not the one described; it may have been saved already."""
    described = _valid(Source, {name: one for name, one in raw.items() if name != "id"})
    return {key for key, source in dossier.sources.items() if source != described}


def _with_sources(dossier: Dossier, found: Answer) -> Dossier:
    """The dossier with the new sources that are valid."""
    valid = {key: read for key, raw in found.sources.items()
             if (read := _valid(Source, {n: v for n, v in raw.items() if n != "id"}))}  # fmt: skip
    return dossier.model_copy(update={"sources": {**dossier.sources, **valid}})


def _judge(
    found: Answer, state: FormState, entered: Entered, dossier: Dossier, today: date
) -> None:
    found.record, problems = read_entry(state.section, found.entry, dossier, today=today)
    for path, said in problems:
        place = _place_of(path, entered.places)
        if found.fields.get(place, FieldAnswer()).fault:
            continue
        if "missing" in said and said.startswith("the field"):
            # Each field that is missing says so itself.
            continue
        if place:
            found.at(place).fault = _for_field(said, path)
        else:
            found.general.append(said)
    for key, raw in found.sources.items():
        _judge_source(found, state, key, raw, dossier)


def _judge_source(
    found: Answer, state: FormState, key: str, raw: Mapping[str, Any], dossier: Dossier
) -> None:
    others = dossier.model_copy(
        update={"sources": {k: v for k, v in dossier.sources.items() if k != key}}
    )
    _, problems = read_entry("sources", {**raw, "id": key}, others)
    for at, claim in enumerate(state.values.get("claims", [])):
        if claim.get("source") != NEW_SOURCE:
            continue
        for path, said in problems:
            place = f"claims.{at}.new_source.0.{path[0] if path else 'title'}"
            if not found.at(place).fault and not said.startswith("the field"):
                found.at(place).fault = _for_field(said, path)
        if not claim.get("new_source"):
            found.at(f"claims.{at}.source").fault = "Describe the new source, or choose one."


def _place_of(path: tuple[str | int, ...], places: Mapping[tuple[str | int, ...], str]) -> str:
    """The place in the form of the nearest part at or above a path."""
    for length in range(len(path), 0, -1):
        if (place := places.get(path[:length])) is not None:
            return place
    return ""


def _for_field(said: str, path: tuple[str | int, ...]) -> str:
    """A problem as a sentence beside its field, whose name it need not repeat."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    said = said.removeprefix(f"{name} ")
    return f"{said[:1].upper()}{said[1:]}."


def _say_places(found: Answer, workspace: Workspace) -> None:
    for at, raw in enumerate(found.entry.get("where", [])):
        answered = answer_place(raw, workspace.country)
        one = found.at(f"where.{at}.place")
        if not answered.said or one.fault:
            continue
        one.said = answered.said
        one.choices = tuple(
            (label, {f"where.{at}.{name}": text for name, text in fields.items()})
            for label, fields in answered.choices
        )


def _say_origins(found: Answer, entered: Entered, dossier: Dossier) -> None:
    """Offer one origin for claims that share words; a person decides."""
    if found.record is None:
        return
    for place, (said, label, texts) in suggest_origins(found.record, dossier, entered).items():
        one = found.at(place)
        if not one.said and not one.fault:
            one.said, one.choices = said, ((label, texts),)


def _show(found: Answer, section: Section, dossier: Dossier, workspace: Workspace) -> None:
    """What the record says and where it is drawn; what is not known yet is not made up."""
    record = found.record if not found.faults else None
    shown = record or provisional_record(found.entry, section, dossier)
    if shown is None:
        return
    only = dossier.model_copy(
        update={
            "incidents": (shown,) if section == "incidents" else (),
            "presence": (shown,) if section == "presence" else (),
            "assessments": (),
        }
    )
    reading = replace(workspace.reading, dossier=only, problems=(), left_out=0)
    found.preview = Workspace(
        workspace.country, reading, locate_records(reading, workspace.country)
    )
    if record is None:
        return
    places = found.preview.located.places[record.id]
    names = {province.code: province.name for province in workspace.country.provinces}
    evidence = found.preview.located.evidence[record.id]
    found.sentence = sentence(evidence, places, dossier, names, workspace.country.name)
    found.alike = tuple((one.record.id, f"{one.record.title} ({one.record.period.text}): {one.why}")
                        for one in alike(record, places, workspace))  # fmt: skip


def provisional_record(
    entry: Mapping[str, Any], section: Section, dossier: Dossier
) -> Record | None:
    """The record of an entry as far as it goes, to draw its places; ``None`` while it has none."""
    where = [raw for raw in entry.get("where", []) if _valid(Where, raw)]
    if not where:
        return None
    source = next(iter(dossier.sources), "none")
    stub = {"by": "?", "role": "media", "says": "occurrence", "text": "?", "source": source}
    claims = [raw for raw in entry.get("claims", []) if _valid(Claim, raw)]
    known = [one for one in claims if one.get("source") in dossier.sources]
    raw: dict[str, Any] = {"id": "draft", "title": "?", "where": where, "claims": known or [stub]}
    groups = [key for name in ("by", "groups") for key in entry.get(name) or []]
    if section == "presence":
        raw |= {"groups": groups, "presence_kind": "activity", "first": _WHENEVER}
    else:
        raw |= {"by": groups, "when": _WHENEVER}
    read, _ = read_entry(section, raw, dossier)
    return read


def _valid(model: type[BaseModel], raw: Mapping[str, Any]) -> Any:
    try:
        return model.model_validate(dict(raw))
    except ValidationError:
        return None
