"""What a text says has happened, and how groups are present, by the words for it.

The words are those of ``words/english/events.toml``. A word such as "attack" leaves open how; one
after "planned" or "could" tells of nothing that has happened, and is a mention all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from geo.reports.language import PhraseTable, TextToken, text_tokens
from geo.reports.mentions import EventMention, Mention
from geo.reports.sentences import SentenceSpan, sentences
from geo.reports.wordlists import word_lists

_NEAR: Final = 6
"""Tokens before an event in which "planned" or "could" is about it."""
_OBJECT: Final = 6
"""Tokens after "seized" among which the district is: "the remote NAME NAME district"."""
_HELD_IN: Final = frozenset({"in", "across", "throughout"})
_BEEN: Final = frozenset({"was", "were"})


@dataclass(frozen=True, slots=True)
class EventWords:
    """What words for an event mean, and whether they are a verb."""

    event: EventMention
    is_verb: bool = False


@dataclass(frozen=True, slots=True)
class VerbWithObject:
    """An event that a verb tells of only with certain objects: "threw" and "grenade"."""

    objects: frozenset[str]
    words: EventWords


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


class EventLookup:
    """The word lists of events, as tables."""

    def __init__(self) -> None:
        raw = word_lists("events")
        rows: list[tuple[str, EventWords]] = []
        happening = raw["targets"]["happening"]
        for one in [{"type": None, "sub": "", **raw["open"]}, *raw["events"]]:
            event = EventMention(one["type"], one["sub"])
            nouns = {form for noun in one["nouns"] for form in (noun, _plural(noun, happening))}
            rows += [(phrase, EventWords(event)) for phrase in sorted(nouns)]
            rows += [(phrase, EventWords(event, is_verb=True)) for phrase in one["verbs"]]
        for one in raw["presence"]:
            event = EventMention(presence=one["kind"])
            rows += [(phrase, EventWords(event)) for phrase in one["words"]]
        self.events = PhraseTable(dict(rows).items())
        self.with_object: dict[str, list[VerbWithObject]] = {}
        for one in raw["with_object"]:
            words = EventWords(EventMention(one["type"] or None, one["sub"]), is_verb=True)
            for verb in one["verbs"]:
                pair = VerbWithObject(frozenset(one["objects"]), words)
                self.with_object.setdefault(verb, []).append(pair)
        self.background = PhraseTable((phrase, True) for phrase in raw["background"]["words"])
        self.negations = frozenset(raw["background"]["negations"])
        self.general = PhraseTable((phrase, True) for phrase in raw["general"]["words"])
        self.habits = PhraseTable((phrase, True) for phrase in raw["habits"]["words"])
        self.accidents = PhraseTable((phrase, True) for phrase in raw["accidents"]["words"])
        self.long_ago = PhraseTable((phrase, True) for phrase in raw["earlier"]["long"])
        self.statements, self.statements_in, self.issues = (
            frozenset(raw["targets"][name]) for name in ("statements", "statements_in", "issues")
        )
        self.plural = frozenset(raw["habits"]["plural"])
        self.countrywide = PhraseTable((phrase, True) for phrase in raw["countrywide"]["words"])
        self.earlier = PhraseTable((phrase, True) for phrase in raw["earlier"]["words"])
        self.takes, self.taken, self.between = (
            frozenset(raw["targets"][name]) for name in ("takes", "taken", "between")
        )
        moving = [f"{one} {way}" for one in raw["targets"]["motion"] for way in ("from", "to")]
        self.aside = PhraseTable((phrase, False) for phrase in (*raw["targets"]["aside"], *moving))
        self.away = PhraseTable((phrase, True) for phrase in raw["targets"]["away"])
        self.natives = frozenset(raw["targets"]["natives"])
        self.roads = frozenset(raw["targets"]["roads"])
        self.joining = frozenset(raw["targets"]["joining"])
        self.another = PhraseTable((phrase, True) for phrase in raw["another"]["words"])
        self.things = frozenset(raw["targets"]["things"])
        self.back_references = frozenset(raw["targets"]["back_references"])
        self.several = frozenset(raw["targets"]["several"])
        self.carried_out = frozenset(raw["targets"]["carried_out"])
        self.done_by = frozenset(raw["targets"]["done_by"])
        self.driven = frozenset(raw["targets"]["driven"])
        self.ends_object = frozenset(raw["targets"]["ends_object"])
        self.exists, self.kinds_meant, self.not_back = (
            frozenset(raw["targets"][name]) for name in ("exists", "kinds_meant", "not_back")
        )
        self.recorded = frozenset(raw["targets"]["recorded"])
        self.own = PhraseTable((phrase, True) for phrase in raw["targets"]["own"])
        self.whole = frozenset(raw["targets"]["whole"])
        self.beside_group = frozenset(raw["targets"]["beside_group"])
        self.leaving = frozenset(raw["targets"]["leaving"])
        self.owned = frozenset(raw["targets"]["owned"])
        self.looked_for = frozenset(raw["targets"]["looked_for"])
        self.civilians = PhraseTable((phrase, True) for phrase in raw["targets"]["civilians"])
        self.target_before = frozenset(raw["targets"]["before"])


@lru_cache(maxsize=1)
def event_lookup() -> EventLookup:
    """The word lists of events."""
    return EventLookup()


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
    while at < len(tokens):
        match = (
            lookup.events.match(tokens, at) or _takes(tokens, at, places) or _has_object(tokens, at)
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
        background = _is_background(tokens, at, is_verb=words.is_verb)
        yield FoundEvent(mention, words.event, at, end, words.is_verb, background)
        at = end


def _takes(
    tokens: Sequence[TextToken], at: int, places: Sequence[Mention]
) -> tuple[int, EventWords] | None:
    """Whether a verb has a place as its object: "seized NAME district", "captured two posts"."""
    lookup = event_lookup()
    if tokens[at].plain not in lookup.takes:
        return None
    following = tokens[at + 1].start if at + 1 < len(tokens) else -1
    # Who meant "to seize" a place need not have done so.
    is_meant = at > 0 and tokens[at - 1].plain == "to"
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


def _has_object(tokens: Sequence[TextToken], at: int) -> tuple[int, EventWords] | None:
    """Whether a verb has an object by which it tells of an event: "threw a home-made grenade".

    Over "was" or "were" the object is before the verb: "two pylons were cut".
    """
    found = event_lookup().with_object.get(tokens[at].plain)
    if not found:
        return None
    is_passive = at > 0 and tokens[at - 1].plain in {*_BEEN, "been"}
    rest = tokens[max(0, at - _OBJECT - 1) : at - 1][::-1] if is_passive else tokens[at + 1 :]
    words: set[str] = set()
    for one in rest[:_OBJECT]:
        is_end = one.plain in event_lookup().ends_object and not is_passive
        if is_end or (one.is_sign and one.plain not in {"-", "'", '"'}):
            break
        words.add(one.plain)
    return next(((1, one.words) for one in found if one.objects & words), None)


def _plural(noun: str, happening: Sequence[str]) -> str:
    """The plural of a phrase whose last word is that of something that happens; else the same."""
    if noun.rsplit(maxsplit=1)[-1] not in happening:
        return noun
    return f"{noun}es" if noun.endswith(("ch", "sh")) else f"{noun}s"


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
        if words & _HELD_IN and words <= event_lookup().beside_group:
            at = between[-1]
            start, end = tokens[between[0]].start, tokens[at].end
            event = EventMention(presence="activity")
            mention = Mention("event", start, end, text[start:end], event)
            yield FoundEvent(mention, event, between[0], at + 1, is_verb=False, is_background=False)
            return


def _is_in_name(tokens: Sequence[TextToken], at: int, end: int) -> bool:
    """Whether words for a presence are part of a name: "Camp NAME"."""
    beside = [*tokens[max(0, at - 1) : at], *tokens[end : end + 1]]
    return tokens[at].is_capital and end - at == 1 and any(one.is_capital for one in beside)


def _is_carried_out(tokens: Sequence[TextToken], at: int) -> bool:
    """Whether "and conducted" follows "planned": then it has happened."""
    after = [one.plain for one in tokens[at : at + 2]]
    return after[:1] == ["and"] and not event_lookup().carried_out.isdisjoint(after[1:])


def _is_background(tokens: Sequence[TextToken], at: int, *, is_verb: bool) -> bool:
    """Whether a word such as "planned" is shortly before a token, with no sign between.

    Over "was" only a negation is about the verb: an "expert", or one "responsible for attacks", was
    arrested.
    """
    lookup = event_lookup()
    is_over = is_verb and tokens[at].plain in _BEEN
    for begins in range(at - 1, max(-1, at - _NEAR - 1), -1):
        if tokens[begins].is_sign and tokens[begins].plain not in {"-", "'", '"', "“"}:
            return False
        is_over = is_over or (is_verb and tokens[begins].plain in _BEEN)
        match = lookup.background.match(tokens, begins)
        if match and begins + match[0] <= at and not _is_carried_out(tokens, begins + match[0]):
            return not is_over or tokens[begins].plain in lookup.negations
        if tokens[begins].plain == "during":
            return False
    return False
