"""The title of a suggested record, and a claim in a sentence: made from the fields only.

No words of the text enter them but names of places and whoever is counted, so that what is stored
is in words of the product.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from geo.limits import MAX_LINE
from geo.reports.mentions import EventMention, NumberMention
from geo.reports.suggestions import SuggestedClaim, SuggestedGroup, SuggestedRecord
from geo.text import capitalised, listed
from geo.wording.vocabulary import CLAIM_KINDS, PRESENCE_KINDS

_HARMS: Final = {
    "killed": "killed", "injured": "injured", "killed_or_injured": "killed or injured",
    "captured": "captured", "other": "counted",
}  # fmt: skip
_EVENTS: Final = {
    "Battles": "Fighting", "Protests": "Protest", "Riots": "Riot",
    "Explosions/Remote violence": "Explosion", "Violence against civilians": "Attack on civilians",
    "Strategic developments": "Development",
}  # fmt: skip
_SUB_EVENTS: Final = {
    "Remote explosive/landmine/IED": "Explosive device", "Air/drone strike": "Air or drone strike",
    "Shelling/artillery/missile attack": "Shelling or missile attack",
    "Abduction/forced disappearance": "Abduction",
    "Non-state actor overtakes territory": "Territory taken",
    "Government regains territory": "Territory regained", "Suicide bomb": "Suicide bombing",
    "Change to group/activity": "Change to a group", "Attack": "Attack on civilians",
    "Other": "Other event",
    "Grenade": "Grenade attack",
}  # fmt: skip


def record_title(record: SuggestedRecord, names: Mapping[str, str]) -> str:
    """A title made from what happened, the groups and the places.

    Parameters
    ----------
    names
        The short names of groups by their keys.

    Examples
    --------
    >>> from geo.reports.mentions import GroupMention
    >>> group = SuggestedGroup(GroupMention("north", "Front of the North"), ())
    >>> record_title(SuggestedRecord("incident", "", (), "low", against=(group,)), {"north": "NF"})
    'Attack against NF'
    """
    where = listed([one.location.name or one.location.query for one in record.places])
    beyond = f" in {where}" if where else ""
    acting = listed(_names(record.groups, names))
    if record.kind == "presence":
        kind = record.event.presence if record.event else None
        says = PRESENCE_KINDS[kind] if kind else "present"
        return f"{acting or 'Group not named'}: {says}{beyond}"[:MAX_LINE]
    against = listed(_names(record.against, names))
    what = _event_words(record.event)
    by = f" by {acting}" if acting else ""
    target = f" against {against}" if against else ""
    return f"{what}{by}{target}{beyond}"[:MAX_LINE]


def claim_text(claim: SuggestedClaim, record: SuggestedRecord, names: Mapping[str, str]) -> str:
    """A claim as a sentence, such as a draft can hold until somebody writes a better one.

    Parameters
    ----------
    names
        The short names of groups by their keys.

    Examples
    --------
    >>> claim = SuggestedClaim("Police", "state", "denial", "high", ())
    >>> claim_text(claim, SuggestedRecord("incident", "Attack in Kunduz", (), "low"), {})
    'Police denies it: Attack in Kunduz.'
    """
    by = names.get(claim.by, claim.by) or "The text"
    figures = [figure_words(one.number) for one in claim.figures]
    counted = f" {capitalised(listed([one for one in figures if one]))}." if any(figures) else ""
    via = f", to {claim.via}" if claim.via else ""
    return f"{capitalised(by)} {CLAIM_KINDS[claim.says]}{via}: {record.title}.{counted}"


def figure_words(number: NumberMention) -> str:
    """A number of people in words; empty, if the text gives none.

    Examples
    --------
    >>> figure_words(NumberMention(5, None, 7, "killed"))
    '5 to 7 killed'
    """
    low, best, high = number.low, number.best, number.high
    if best is not None:
        count = f"{best:,}"
    elif low is not None and high is not None:
        count = f"{low:,} to {high:,}"
    elif low is not None:
        count = f"at least {low:,}"
    elif high is not None:
        count = f"at most {high:,}"
    else:
        return ""
    return f"{count} {_HARMS[number.of_what]}"


def _event_words(event: EventMention | None) -> str:
    if event is None or event.event_type is None:
        return "Attack"
    sub = event.sub_event_type
    return _SUB_EVENTS.get(sub, sub) if sub else _EVENTS[event.event_type]


def _names(groups: Sequence[SuggestedGroup], names: Mapping[str, str]) -> list[str]:
    return [names.get(one.group.key, one.group.name) for one in groups]
