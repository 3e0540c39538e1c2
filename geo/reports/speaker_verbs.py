"""The verbs of speech with all their forms, and what each makes of what is said.

``words/english/speakers.toml`` has verbs in two ways: as phrases that are taken as they are, and in
the form in which a dictionary has them, from which the others are made here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

from geo.dossier.records import ClaimKind
from geo.reports.word_forms import formed


class SpeechVerb(NamedTuple):
    """What a verb makes of what is said, and whether the speaker follows it.

    ``needs_clause`` is true for a verb that is one of speech only before what somebody says:
    "maintains that", and not "maintains a camp"; ``of_reports`` for one that is none but in the
    reports of monitors, "list three camps"; ``is_plural`` for a form that one person cannot have.
    """

    says: ClaimKind
    speaker_follows: bool = False
    needs_clause: bool = False
    of_reports: bool = False
    is_plural: bool = False


def verb_forms(verb: str, irregular: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The forms of a verb that can follow its subject; those of the first word of a phrase.

    Parameters
    ----------
    irregular
        The past forms that do not follow the rules, by the verb.

    Examples
    --------
    >>> verb_forms("deny", {}), verb_forms("speak of", {"speak": ["spoke"]})
    (('deny', 'denies', 'denied'), ('speak of', 'speaks of', 'spoke of'))
    """
    first, gap, rest = verb.partition(" ")
    pasts = irregular.get(first) or [formed(first, "pasts")]
    return tuple(f"{form}{gap}{rest}" for form in (first, formed(first, "third_persons"), *pasts))


def speech_verbs(raw: Mapping[str, Any]) -> Iterator[tuple[str, SpeechVerb]]:
    """The verbs of the word lists, each form with what it makes of what is said.

    A phrase that is taken as it is comes before a form that is made.
    """
    for table, follows in (("verbs", False), ("before_speaker", True)):
        for says, phrases in raw[table].items():
            yield from ((one, SpeechVerb(cast("ClaimKind", says), follows)) for one in phrases)
    for table, needs in (("forms", False), ("forms_before_clause", True)):
        for says, verbs in raw[table].items():
            verb = SpeechVerb(cast("ClaimKind", says), needs_clause=needs)
            for one in verbs:
                forms = verb_forms(one, raw["irregular"])
                yield from ((form, verb) for form in forms[1:])
                yield one, verb._replace(is_plural=one not in forms[1:])


def active_forms(raw: Mapping[str, Any]) -> Iterator[tuple[str, SpeechVerb]]:
    """The verbs of "is saying" and "began by saying", and what each makes of what is said."""
    for says, verbs in raw["forms"].items():
        for one in verbs:
            first, gap, rest = one.partition(" ")
            form = f"{formed(first, 'actives')}{gap}{rest}"
            yield form, SpeechVerb(cast("ClaimKind", says), needs_clause=says == "occurrence")
