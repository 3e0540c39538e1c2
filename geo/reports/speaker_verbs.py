"""The verbs of speech with all their forms, and what each makes of what is said.

``words/english/speakers.toml`` has verbs in two ways: as phrases that are taken as they are, and in
the form in which a dictionary has them, from which the others are made here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple, cast

from geo.dossier.records import ClaimKind

_VOWELS: Final = "aeiou"
_HISSING: Final = ("s", "sh", "ch", "x", "z")


class SpeechVerb(NamedTuple):
    """What a verb makes of what is said, and whether the speaker follows it.

    ``needs_clause`` is true for a verb that is one of speech only before what somebody says:
    "maintains that", and not "maintains a camp".
    """

    says: ClaimKind
    speaker_follows: bool = False
    needs_clause: bool = False


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
    pasts = irregular.get(first) or [_past(first)]
    return tuple(f"{form}{gap}{rest}" for form in (first, _third(first), *pasts))


def _third(verb: str) -> str:
    """The form after "he": "says", "denies", "stresses"."""
    if verb in {"have", "be"}:
        return {"have": "has", "be": "is"}[verb]
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(_HISSING) else f"{verb}s"


def _past(verb: str) -> str:
    """The past of a regular verb."""
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return f"{verb[:-1]}ied"
    return f"{verb}ed"


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
                yield from ((form, verb) for form in verb_forms(one, raw["irregular"]))
