"""What a text says has happened, and how groups are present, by the words for it.

The words are those of ``words/english/events.toml``. A word such as "attack" leaves open how; one
after "planned" or "could" tells of nothing that has happened, and is a mention all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from geo.reports.event_lookup import EventWords, event_lookup
from geo.reports.language import TextToken, text_tokens
from geo.reports.mentions import EventMention, Mention
from geo.reports.sentences import SentenceSpan, sentences

_NEAR: Final = 6
"""Tokens before an event in which "planned" or "could" is about it."""
_OBJECT: Final = 6
"""Tokens after "seized" among which the district is: "the remote NAME NAME district"."""

_TAKEN: Final = 14
"""Tokens after "took" among which "from his house" is, behind whoever was taken."""


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event in a sentence.

    Parameters
    ----------
    mention
        Its mention.
    first, end
        Its tokens in the sentence, up to, but not including, `end`.
    is_background
        Whether it is planned, feared or told of in general.
    """

    mention: Mention
    event: EventMention
    first: int
    end: int
    is_verb: bool
    is_background: bool


def event_mentions(text: str, spans: Sequence[SentenceSpan] | None = None) -> tuple[Mention, ...]:
    """Find what has happened, and how groups are present.

    Returns
    -------
    tuple of Mention
        In order; they do not overlap.

    Examples
    --------
    >>> found = event_mentions("A roadside bomb went off after an attack on their stronghold.")
    >>> [(one.text, one.value.event_type, one.value.presence) for one in found]
    [('roadside bomb', 'Explosions/Remote violence', None),
     ('went off', 'Explosions/Remote violence', None),
     ('attack', None, None), ('stronghold', None, 'front_or_bastion')]
    """
    found: list[Mention] = []
    for span in sentences(text) if spans is None else spans:
        found += [one.mention for one in events_in(text, text_tokens(text, span.start, span.end))]
    return tuple(found)


def events_in(
    text: str, tokens: Sequence[TextToken], places: Sequence[Mention] = ()
) -> Iterator[FoundEvent]:
    """The events of a sentence, with their tokens; a place can be what somebody "seized"."""
    lookup, at = event_lookup(), 0
    is_asked = _is_asked(tokens)
    while at < len(tokens):
        if nothing := lookup.nothing.match(tokens, at):
            at += nothing[0]
            continue
        match = (
            lookup.events.match(tokens, at)
            or _takes(tokens, at, places)
            or _falls(tokens, at, places)
            or _has_object(tokens, at)
            or _is_from_home(tokens, at)
        )
        if match is None:
            at += 1
            continue
        length, words = match
        end = at + length
        if words.event.presence and _is_in_name(tokens, at, end):
            at = end
            continue
        start, stop = tokens[at].start, tokens[end - 1].end
        mention = Mention("event", start, stop, text[start:stop], words.event)
        background = is_asked or _is_still_to_come(tokens, end, is_verb=words.is_verb)
        background = background or _is_background(tokens, at, is_verb=words.is_verb)
        yield FoundEvent(mention, words.event, at, end, words.is_verb, background)
        at = end


def _is_asked(tokens: Sequence[TextToken]) -> bool:
    """Whether a sentence asks, and tells of nothing: "What if they attack?"."""
    if len(tokens) < _NEAR or tokens[-1].plain != "?":
        return False
    return tokens[0].plain in event_lookup().asking


def _is_still_to_come(tokens: Sequence[TextToken], end: int, *, is_verb: bool) -> bool:
    """Whether "will" is just after a noun for an event: "fighting will resume", "is expected"."""
    lookup, after = event_lookup(), [one.plain for one in tokens[end : end + 2]]
    is_expected = lookup.has_any(after[:1], "passive") and lookup.has_any(after[1:], "expected")
    return not is_verb and (lookup.has_any(after[:1], "to_come") or is_expected)


def _takes(
    tokens: Sequence[TextToken], at: int, places: Sequence[Mention]
) -> tuple[int, EventWords] | None:
    """Whether a verb has a place as its object: "seized NAME district", "captured two posts"."""
    lookup = event_lookup()
    if tokens[at].plain not in lookup.takes:
        return None
    following = tokens[at + 1].start if at + 1 < len(tokens) else -1
    # Who meant "to seize" a place need not have done so.
    is_meant = at > 0 and lookup.is_in(tokens[at - 1].plain, "infinitive")
    is_place = not is_meant and any(one.start <= following < one.end for one in places)
    for one in tokens[at + 1 : at + 1 + _OBJECT]:
        if is_place or one.plain in lookup.taken:
            return 1, EventWords(
                EventMention("Battles", "Non-state actor overtakes territory"), is_verb=True
            )
        if one.is_sign and one.plain not in {"-", "'"}:
            return None
        if not one.is_capital and one.plain not in lookup.between:
            return None
    return None


def _falls(
    tokens: Sequence[TextToken], at: int, places: Sequence[Mention]
) -> tuple[int, EventWords] | None:
    """Whether all that is said of a place is that it fell: "NAME falls"."""
    if not event_lookup().is_in(tokens[at].plain, "falls") or at == 0:
        return None
    is_end = at + 1 == len(tokens) or tokens[at + 1].is_sign
    is_of_place = any(one.end == tokens[at - 1].end for one in places)
    if not (is_end and is_of_place):
        return None
    event = EventMention("Battles", "Non-state actor overtakes territory")
    return 1, EventWords(event, is_verb=True)


def _has_object(tokens: Sequence[TextToken], at: int) -> tuple[int, EventWords] | None:
    """Whether a verb has an object by which it tells of an event: "threw a home-made grenade".

    Over "was" or "were" the object is before the verb: "two pylons were cut".
    """
    lookup = event_lookup()
    found = lookup.with_object.get(tokens[at].plain)
    if not found:
        return None
    is_passive = at > 0 and lookup.is_in(tokens[at - 1].plain, "object_before")
    rest = tokens[max(0, at - _OBJECT - 1) : at - 1][::-1] if is_passive else tokens[at + 1 :]
    words: set[str] = set()
    for one in rest[:_OBJECT]:
        is_end = one.plain in lookup.ends_object and not is_passive
        if is_end or (one.is_sign and one.plain not in {"-", "'", '"'}):
            break
        words.add(one.plain)
    return next(((1, one.words) for one in found if one.objects & words), None)


def _is_from_home(tokens: Sequence[TextToken], at: int) -> tuple[int, EventWords] | None:
    """Whether somebody was led away from home: "took a teacher, NAME, from his house"."""
    lookup = event_lookup()
    if tokens[at].plain not in lookup.from_home["verbs"]:
        return None
    plain = [one.plain for one in tokens[at + 1 : at + 1 + _TAKEN]]
    for word, owner, home in zip(plain, plain[1:], plain[2:], strict=False):
        is_home = owner in lookup.from_home["owners"] and home in lookup.from_home["homes"]
        if lookup.is_in(word, "ablative") and is_home:
            return 1, lookup.taken_from_home
    return None


def presence_beside(
    text: str, tokens: Sequence[TextToken], mentions: Sequence[Mention]
) -> Iterator[FoundEvent]:
    """How a group is present where a sentence names it beside a place: "GROUP fighters in NAME".

    Not where it says when: then it tells of something that no list has.
    """
    if any(one.kind == "date" for one in mentions):
        return
    speakers = [one for one in mentions if one.kind == "speaker"]
    groups = [
        one for one in mentions
        if one.kind == "group"
        and not any(each.start <= one.start < each.end for each in speakers)
    ]  # fmt: skip
    places = [one for one in mentions if one.kind == "place"]
    for group, place in ((one, two) for one in groups for two in places if one.end <= two.start):
        between = [
            at for at, one in enumerate(tokens)
            if group.end <= one.start and one.end <= place.start
        ]  # fmt: skip
        words = {tokens[at].plain for at in between}
        if _acts_after(place, tokens):
            continue
        is_in = event_lookup().has_any(words, "present_in")
        if is_in and words <= event_lookup().beside_group:
            at = between[-1]
            start, end = tokens[between[0]].start, tokens[at].end
            event = EventMention(presence="activity")
            mention = Mention("event", start, end, text[start:end], event)
            yield FoundEvent(mention, event, between[0], at + 1, is_verb=False, is_background=False)
            return


def _acts_after(place: Mention, tokens: Sequence[TextToken]) -> bool:
    """Whether a verb follows a place: "GROUP officers in NAME declined" tells what they did."""
    lookup = event_lookup()
    after = next((one.plain for one in tokens if one.start >= place.end), "")
    return lookup.ends_in(after, "pasts") or after in lookup.acts_after


def _is_in_name(tokens: Sequence[TextToken], at: int, end: int) -> bool:
    """Whether words for a presence are part of a name: "Camp NAME"."""
    beside = [*tokens[max(0, at - 1) : at], *tokens[end : end + 1]]
    return tokens[at].is_capital and end - at == 1 and any(one.is_capital for one in beside)


def _is_carried_out(tokens: Sequence[TextToken], at: int) -> bool:
    """Whether "and conducted" follows "planned": then it has happened."""
    lookup, after = event_lookup(), [one.plain for one in tokens[at : at + 2]]
    return lookup.has_any(after[:1], "joins") and not lookup.carried_out.isdisjoint(after[1:])


def _is_of_nobody(tokens: Sequence[TextToken], at: int) -> bool:
    """Whether "nobody" or "no one" is just before a verb."""
    nobody = event_lookup().nobody
    found = ((begins, nobody.match(tokens, begins)) for begins in range(max(0, at - 2), at))
    return any(match is not None and begins + match[0] == at for begins, match in found)


def _names_people(tokens: Sequence[TextToken], at: int) -> bool:
    """Whether a word such as "wounded" names those to whom it happened: "flew the wounded"."""
    lookup, before = event_lookup(), tokens[at - 1].plain if at else ""
    return lookup.is_in(before, "before_people") and tokens[at].plain in lookup.people


def _is_background(tokens: Sequence[TextToken], at: int, *, is_verb: bool) -> bool:
    """Whether a word such as "planned" is shortly before a token, with no sign between.

    Over "was" only a negation is about the verb: an "expert", or one "responsible for attacks", was
    arrested.
    """
    lookup = event_lookup()
    is_over = is_verb and lookup.is_in(tokens[at].plain, "was")
    is_past_preposition = False
    if _is_of_nobody(tokens, at) or _names_people(tokens, at):
        return True
    for begins in range(at - 1, max(-1, at - _NEAR - 1), -1):
        plain = tokens[begins].plain
        if tokens[begins].is_sign and plain not in {"-", "'", '"', "“"}:
            return False
        is_over = is_over or (is_verb and lookup.is_in(plain, "was"))
        match = lookup.background.match(tokens, begins)
        if match and begins + match[0] <= at and not _is_carried_out(tokens, begins + match[0]):
            is_not = match[0] == 1 and plain in lookup.negations
            return is_not if is_over else not (is_not and is_past_preposition)
        is_past_preposition = is_past_preposition or lookup.is_in(plain, "about_others")
        if lookup.is_in(plain, "ends_background"):
            return False
    return False
