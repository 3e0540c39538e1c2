"""The groups and other parties that a text mentions.

A name whose meaning depends on the day is read for the day of the text. "The Front" is the front
named before it, if there is only one. A state is a party only where it acts; else it is a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from geo.dossier.records import Dossier
from geo.events.parties.actors import Registry
from geo.places.spelling import name_words
from geo.reports.language import with_plain_spaces
from geo.reports.mentions import GroupMention, Mention
from geo.reports.party_names import PartyHit, PartyName, on_day, party_index
from geo.reports.tokens import Token, tokens_of
from geo.reports.wordlists import word_set

_WHEN: Final = "What the name means depends on the day, which is open."
_WHICH: Final = "The text names several that this can be."
_TOPIC: Final = "groups"


@dataclass(slots=True)
class _PartyReading:
    """Reads the hits of a text in order, and remembers what was named."""

    tokens: Sequence[Token]
    text: str
    on: date | None
    named: dict[str, str]
    called: dict[str, set[str]]

    def mention(self, hit: PartyHit) -> Mention | None:
        tokens = self.tokens
        if not _is_party(tokens, hit):
            return None
        meant = on_day(hit.parties, self.on)
        start, end = tokens[hit.first].start, tokens[hit.last].end
        if self.text[end : end + 1] == "." and len(tokens[hit.last].text) == 1:
            end += 1
        if "(" in self.text[start:end] and self.text[end : end + 1] == ")":
            end += 1
        words = self.text[start:end]
        if len(meant) == 1:
            self.named[meant[0].key] = meant[0].name
            self.called.setdefault(meant[0].key, set()).update(name_words(words))
            value = _value(meant[0])
        else:
            candidates = tuple(party.key for party in meant or hit.parties)
            value = GroupMention("", words, tuple(dict.fromkeys(candidates)), _WHEN)
        return Mention("group", start, end, words, value)

    def back_reference(self, at: int) -> Mention | None:
        """With a capital, "the Front" is the one front named so far."""
        token = self.tokens[at]
        fitting = {
            key: name for key, name in self.named.items()
            if token.low in name_words(name) or token.low in self.called[key]
        }  # fmt: skip
        if not fitting:
            return None
        if len(fitting) == 1:
            ((key, name),) = fitting.items()
            value = GroupMention(key, name)
        else:
            value = GroupMention("", token.text, tuple(fitting), _WHICH)
        return Mention("group", token.start, token.end, token.text, value)


def group_mentions(
    text: str, dossier: Dossier, registry: Registry, on: date | None = None
) -> tuple[Mention, ...]:
    """The groups and other parties that a text mentions.

    Parameters
    ----------
    text
        In English.
    dossier
        Whose groups have keys.
    registry
        The names of further parties, with the days on which they mean them.
    on
        The day of the text; ``None``, if it is not known.

    Returns
    -------
    tuple
        Mentions of the kind ``group`` from left to right, without overlaps.

    Examples
    --------
    >>> from geo import open_workspace
    >>> from geo.events.parties.actors import Registry
    >>> workspace = open_workspace()
    >>> registry = Registry.of_folder(workspace.country.folder, workspace.reading.dossier.groups)
    >>> text = "The Pakistani Taliban (TTP) are not the Taleban; ISKP is."
    >>> found = group_mentions(text, workspace.reading.dossier, registry, date(2022, 5, 24))
    >>> [(one.text, one.value.key) for one in found]
    [('Pakistani Taliban', 'ttp'), ('TTP', 'ttp'), ('Taleban', 'taliban'), ('ISKP', 'isis-k')]
    """
    tokens = tokens_of(with_plain_spaces(text))
    names = party_index(dossier.groups, registry)
    hits = {hit.first: hit for hit in names.hits(tokens)}
    reader = _PartyReading(tokens, text, on, {}, {})
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        mention = None
        if at in hits:
            mention = reader.mention(hits[at])
        elif _is_back_reference(tokens, at):
            mention = reader.back_reference(at)
        if mention is not None:
            found.append(mention)
        at = hits[at].last + 1 if at in hits else at + 1
    return tuple(found)


def _value(party: PartyName) -> GroupMention:
    return GroupMention(party.key, party.name)


def _is_back_reference(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if not token.capital or token.headline or token.low not in word_set(_TOPIC, "back"):
        return False
    return bool(at) and tokens[at - 1].low in word_set(_TOPIC, "definite") and token.gap == " "


def _is_party(tokens: Sequence[Token], hit: PartyHit) -> bool:
    """Whether the words around a name leave it the name of a party."""
    before = tokens[hit.first - 1] if hit.first else None
    if before is not None and before.low in word_set(_TOPIC, "against"):
        is_joined = tokens[hit.first].gap in {"-", "‐", "‑"}
        if is_joined or before.low in word_set(_TOPIC, "apart"):
            return False
    if _is_something_else(tokens, hit, before):
        return False
    words = " ".join(token.low for token in tokens[hit.first : hit.last + 1])
    written = hit.parties[0].written.lower()
    if written in word_set(_TOPIC, "nationals"):
        is_definite = before is not None and before.low in word_set(_TOPIC, "definite")
        return is_definite and words == written
    is_state = words in word_set(_TOPIC, "states") or any(party.is_state for party in hit.parties)
    return not is_state or _acts(tokens, hit, before)


def _is_something_else(tokens: Sequence[Token], hit: PartyHit, before: Token | None) -> bool:
    """Whether a short name is here that of a weapon, a person or an illness."""
    low = tokens[hit.first].low
    if hit.first != hit.last:
        return False
    after = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    if after is not None and after.gap[:1] in {"-", "‑"} and after.gap[1:2].isdigit():
        return True  # "AK-47"
    if after is not None and after.gap == " " and after.low in word_set(_TOPIC, "ill"):
        return low in word_set(_TOPIC, "illnesses")
    beside = [
        one for one, gap in ((before, tokens[hit.first].gap), (after, after.gap if after else ""))
        if one is not None and gap == " " and one.capital
        and not (one.opens and one.low in word_set("places", "openers"))
    ]  # fmt: skip
    return low in word_set(_TOPIC, "given_names") and bool(beside)


def _acts(tokens: Sequence[Token], hit: PartyHit, before: Token | None) -> bool:
    """Whether a state does something, rather than being where something is."""
    after = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    if before is not None and before.low in word_set(_TOPIC, "definite") and hit.first > 1:
        before = tokens[hit.first - 2]
    if before is not None and before.low in word_set(_TOPIC, "accusing"):
        return True
    further = tokens[hit.first - 2] if hit.first > 1 else None
    if before and further and before.low in word_set(_TOPIC, "genitive"):
        has_armed = after is not None and after.low in word_set(_TOPIC, "acting")
        return has_armed or further.low in word_set(_TOPIC, "armed")
    if before and further and before.low in word_set(_TOPIC, "company"):
        has_armed = after is not None and after.low in word_set(_TOPIC, "acting")
        return has_armed or further.low in word_set(_TOPIC, "at_war")
    is_place = before is not None and before.low in word_set(_TOPIC, "located")
    acting = word_set(_TOPIC, "acting") | word_set(_TOPIC, "doing")
    gap = "" if after is None else after.gap.lstrip(".")
    is_acting = after is not None and gap in {" ", "-"} and after.low in acting
    if hit.parties[0].is_state and after and after.low in word_set(_TOPIC, "joins"):
        # "Iran and Pakistan" are countries in a list.
        return False
    return is_acting and (
        not is_place or (after is not None and after.low not in word_set(_TOPIC, "after_place"))
    )
