"""Each record in a few sentences, built from its fields: who claims what, where and when.

They are the first lines of every card, and the text that a screen reader speaks for a mark. Where
a field is empty they state less than the source does, never more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from geo.dossier.evidence import CasualtyFigures, Evidence, Harm, say_count
from geo.dossier.records import DETAILS, PARTY_ROLES, Claim, Dossier, Group, Record
from geo.places.locations import Location
from geo.text import capitalised, listed

_WHILE_UNCONTESTED: Final = {
    "claimed_only": "No one else confirms it",
    "reported": "It has not been checked further",
    "corroborated": "Independent sources agree",
    "verified": "Place and date are verified",
    "refuted": "It has been refuted",
}
"""The sentence for each verification status of a record that nobody denies or doubts."""


def sentence(
    evidence: Evidence,
    places: Iterable[Location],
    dossier: Dossier,
    names: Mapping[str, str],
    country: str,
) -> str:
    """The record in sentences, the first of which names who claims or reports it.

    Parameters
    ----------
    places
        The located places of the record.
    names
        Province names by code.
    country
        Name of the country that the map is of.

    Returns
    -------
    str
        Such as ``NRF claims: Attack on a base. It is placed somewhere in Panjshir province (the
        position is not known) and dated May 2022. No one else confirms it. Fatalities are not
        stated.``
    """
    record = evidence.record
    parts = [
        f"{say_speakers(evidence, dossier)}: {record.title}",
        say_where_and_when(record, places, names, country),
        say_standing(evidence, dossier),
    ]
    if record.kind == "incident":
        parts.append(say_deaths(evidence, dossier))
    return " ".join(f"{capitalised(part)}." for part in parts if part)


def say_speakers(evidence: Evidence, dossier: Dossier) -> str:
    """Who asserts the record: a party to the conflict "claims" it, anyone else "says" it.

    A speaker who is quoted in both roles "claims" it.
    """
    parties = {
        speaker(claim, dossier.groups)
        for claim in evidence.record.claims
        if claim.role in PARTY_ROLES
    }
    speakers = asserting(evidence, dossier)
    claiming = [name for name in speakers if name in parties]
    others = [name for name in speakers if name not in parties]
    verbs = ((claiming, "claim"), (others, "say"))
    said = [
        f"{listed(names)} {verb}{'' if len(names) > 1 else 's'}" for names, verb in verbs if names
    ]
    return listed(said) or "Reported without a source"


def say_where_and_when(
    record: Record, places: Iterable[Location], names: Mapping[str, str], country: str
) -> str:
    """The location and the date of a record, in a sentence."""
    when = record.period.text if record.period.edtf else ""
    dated = f"dated {when}" if when else "not dated"
    if where := say_places(places, names, country):
        return f"It is placed {where} and {dated}"
    return f"No location is given; it is {dated}"


def asserting(evidence: Evidence, dossier: Dossier) -> list[str]:
    """The speakers who assert the record, each once.

    A speaker who first denied it and later acknowledged it is not among them, nor is one who only
    adds a figure, a place or a date.
    """
    gave_way = {claim.by for claim in evidence.record.claims if claim.says == "acknowledgement"}
    said = [
        speaker(claim, dossier.groups)
        for claim, stance in evidence.claims
        if stance == "asserts" and claim.by not in gave_way and claim.says not in DETAILS
    ]
    return list(dict.fromkeys(said))


def speaker(claim: Claim, groups: Mapping[str, Group]) -> str:
    """The name of the speaker of a claim."""
    return groups[claim.by].short if claim.by in groups else claim.by


def say_standing(evidence: Evidence, dossier: Dossier) -> str:
    """Who denies or doubts it, and who has since acknowledged it; else what its status means."""
    against = _speakers(evidence, dossier, "denial")
    in_general = _speakers(evidence, dossier, "denial", general=True)
    doubting = [
        f"{speaker(claim, dossier.groups)}{f' on {claim.date.text}' if claim.date else ''}"
        f"{' in general terms' if claim.statement else ''}"
        for claim in evidence.record.claims
        if claim.says == "doubt"
    ]
    withdrawn = [
        speaker(claim, dossier.groups) for claim, stance in evidence.claims if stance == "withdrawn"
    ]
    parts = [
        f"denied by {listed(against)}" if against else "",
        f"denied in general terms by {listed(in_general)}" if in_general else "",
        f"doubted by {listed(doubting)}" if doubting else "",
        f"first denied and later acknowledged by {listed(withdrawn)}" if withdrawn else "",
    ]
    if said := listed([part for part in parts if part]):
        return f"It {'was' if not any(parts[:3]) else 'is'} {said}"
    return _WHILE_UNCONTESTED.get(evidence.status, "")


def say_places(places: Iterable[Location], names: Mapping[str, str], country: str) -> str:
    """Where a record is, no finer than known; places of the same precision are named together.

    Empty where no place is stated.

    Examples
    --------
    >>> here = Location(
    ...     "Panjshir Valley", "resolved", "Panjshir", "province", "province", ("AF-PAN",)
    ... )
    >>> say_places([here], {"AF-PAN": "Panjshir"}, "Afghanistan")
    'somewhere in Panjshir province (the position is not known)'
    """
    alike: dict[tuple[str, str, str, str], list[Location]] = {}
    for place in (one for one in places if one.off != "not_stated"):
        alike.setdefault((place.off, place.precision, place.status, place.kind), []).append(place)
    return listed([_say_alike(found, names, country) for found in alike.values()])


def _say_alike(locations: list[Location], names: Mapping[str, str], country: str) -> str:
    first = locations[0]
    called = listed([place.name or place.query for place in locations])
    if len(locations) == 1:
        return say_place(first, names, country)
    if first.off == "outside":
        return f"in {called}, outside {country}"
    if first.precision == "province":
        return f"somewhere in the provinces of {called} (the positions are not known)"
    if first.precision == "settlement" and first.kind == "settlement":
        return f"in {called} (the positions in these towns are not known)"
    return listed([say_place(place, names, country) for place in locations])


def say_place(  # noqa: C901, PLR0911 - a table of cases
    place: Location, names: Mapping[str, str], country: str
) -> str:
    """Where one place is, in words that match the way it is drawn."""
    inside = names.get(place.provinces[0], "") if len(place.provinces) == 1 else ""
    match place.off, place.precision:
        case "not_stated", _:
            return "no location given"
        case "withdrawn", _:
            return f"at “{place.query}” (withdrawn, no longer mapped)"
        case "outside", _:
            return f"in {place.name or place.query}, outside {country}"
        case "unknown", _:
            return f"at “{place.query}” (location not found)"
        case "country", _:
            said = country if place.query == place.name else f"“{place.query}”"
            return f"in {said} (no location given)"
        case _, "exact":
            return f"at {place.name}"
        case _, "settlement" if place.kind == "site":
            return f"at {place.name} (where in the town is not known)"
        case _, "settlement":
            return f"in {place.name} (the position in the town is not known)"
        case _, "near":
            return f"within {(place.uncertainty_m or 0) / 1000:g} km of {place.name}"
        case _, "region":
            count = len(place.provinces)
            return f"somewhere in {place.name} ({count} provinces, none singled out)"
        case _, "district":
            return f"somewhere in {place.name} district, {inside} (the position is not known)"
        case _:
            inferred = "inferred; " if place.status == "inferred" else ""
            return f"somewhere in {inside} province ({inferred}the position is not known)"


def say_deaths(evidence: Evidence, dossier: Dossier) -> str:
    """Fatalities as a range with its source, and who was killed; "not stated" is never zero.

    Where sources count different people (one party, another party, everyone), each figure is given
    with its source: they are not two figures for the same thing.
    """
    if not evidence.figures("killed").stated:
        if evidence.figures("killed_or_injured").stated:
            words = _say_harm(evidence, dossier, "killed_or_injured")
            return f"{words}; fatalities alone are not stated"
        return "fatalities are not stated"
    return _say_harm(evidence, dossier, "killed")


def _say_harm(evidence: Evidence, dossier: Dossier, harm: Harm) -> str:
    figures, verb = evidence.figures(harm), harm.replace("_", " ")
    whole = " in all places together" if figures.scope == "total" else ""
    if len(figures.of) > 1:
        return f"{verb}: {say_each(evidence, dossier, harm)}{whole}"
    counted = say_counted(figures, dossier.groups)
    was = "was" if figures_text(figures) == "1" else "were"
    return f"{counted} {was} {verb}{whole}{_claimants(evidence, dossier, harm)}"


def say_counted(figures: CasualtyFigures, groups: Mapping[str, Group]) -> str:
    """A range, and which people it counts, if every claim counts the same people.

    Examples
    --------
    >>> eight = CasualtyFigures(8, 8, 8, "claimed_by_party", said=("8",), of=("border guards",))
    >>> say_counted(eight, {})
    '8 border guards'
    """
    text = figures_text(figures)
    whose = _people(text, figures.of[0], groups) if len(figures.of) == 1 else ""
    return f"{text} {whose}".strip()


def say_each(evidence: Evidence, dossier: Dossier, harm: Harm) -> str:
    """Each figure of a record on its own: how many, which people, and according to whom."""
    return listed([
        f"{say_count(count)} {_people(say_count(count), claim.of or '', dossier.groups)}".strip()
        + f" according to {speaker(claim, dossier.groups)}"
        for claim, stance in evidence.claims
        if stance == "asserts" and (count := getattr(claim, harm)) is not None
    ])  # fmt: skip


def whom(key: str, groups: Mapping[str, Group]) -> str:
    """Which people a figure counts: the short name of a group, or the words of the source."""
    return groups[key].short if key in groups else key


def _people(count: str, key: str, groups: Mapping[str, Group]) -> str:
    """The people that a figure counts; of a group it counts members, not groups."""
    if key not in groups:
        return key
    return f"member{'' if count == '1' else 's'} of {groups[key].short}"


def figures_text(figures: CasualtyFigures) -> str:
    """A range in the words of its source, or "not stated".

    Examples
    --------
    >>> figures_text(CasualtyFigures()), figures_text(CasualtyFigures(5, None, 9, "independent"))
    ('not stated', '5 to 9')
    """
    if not figures.stated:
        return "not stated"
    if len(figures.said) == 1:
        return figures.said[0]
    low, high = figures.low, figures.high
    if low is not None and high is not None:
        return str(low) if low == high else f"{low} to {high}"
    return listed(list(figures.said))


def claim_figures(claim: Claim, groups: Mapping[str, Group]) -> str:
    """The figures of one claim in words; empty if it gives none."""
    whose = whom(claim.of or "", groups)
    harms = (
        (claim.killed, "killed"),
        (claim.injured, "injured"),
        (claim.killed_or_injured, "killed or injured"),
    )
    figures = [f"{say_count(count)} {harm}" for count, harm in harms if count is not None]
    if not figures:
        return ""
    of = f" ({whose})" if whose else ""
    whole = ", for all places together" if claim.scope == "total" else ""
    return f"{', '.join(figures)}{of}{whole}"


def _claimants(evidence: Evidence, dossier: Dossier, harm: Harm) -> str:
    if evidence.figures(harm).basis in {"independent", "un"}:
        return ""
    said = [
        speaker(claim, dossier.groups)
        for claim, stance in evidence.claims
        if stance == "asserts" and getattr(claim, harm) is not None
    ]
    return f", according to {listed(list(dict.fromkeys(said)))}"


def _speakers(
    evidence: Evidence,
    dossier: Dossier,
    says: str,
    *,
    general: bool = False,
) -> list[str]:
    found = [
        speaker(claim, dossier.groups)
        for claim, stance in evidence.claims
        if claim.says == says and stance == "contests" and (claim.statement is not None) == general
    ]
    return list(dict.fromkeys(found))
