"""The words for what has happened, as tables: those of ``words/english/events.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geo.reports.language import PhraseTable
from geo.reports.mentions import EventMention
from geo.reports.word_forms import formed
from geo.reports.wordlists import word_lists


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
        self.from_home: Mapping[str, frozenset[str]] = {
            name: frozenset(raw["from_home"][name]) for name in ("verbs", "owners", "homes")
        }
        self.taken_from_home = dict(rows)[raw["from_home"]["event"]]
        self.words: Mapping[str, frozenset[str]] = {
            name: frozenset(words) for name, words in raw["grammar"].items()
        }
        self.phrases = {
            name: PhraseTable((phrase, True) for phrase in phrases)
            for name, phrases in raw["phrases"].items()
        }
        self.beginnings: Mapping[str, tuple[str, ...]] = {
            name: tuple(phrases) for name, phrases in raw["beginnings"].items()
        }
        self.endings: Mapping[str, tuple[str, ...]] = {
            name: tuple(endings) for name, endings in raw["endings"].items()
        }
        self._begin_words_around(raw)
        self._begin_words_beside(raw["targets"])

    def is_in(self, plain: str, kind: str) -> bool:
        """Whether a word is in one of the lists of grammar."""
        return plain in self.words[kind]

    def has_any(self, words: Iterable[str], kind: str) -> bool:
        """Whether one of some words is in one of the lists of grammar."""
        return not self.words[kind].isdisjoint(words)

    def ends_in(self, plain: str, kind: str) -> bool:
        """Whether a word has an ending, such as that of a participle."""
        return plain.endswith(self.endings[kind])

    def _begin_words_around(self, raw: Mapping[str, Any]) -> None:
        """Words that say whether, when and how the sentence around an event tells of it."""
        background = raw["background"]
        self.accusing = PhraseTable((phrase, True) for phrase in background["accusing"])
        self.background = PhraseTable(
            (phrase, True) for phrase in (*background["words"], *background["accusing"])
        )
        self.nobody = PhraseTable((phrase, True) for phrase in background["nobody"])
        self.another = PhraseTable((phrase, True) for phrase in raw["another"]["words"])
        self.negations = frozenset(background["negations"])
        self.general = PhraseTable((phrase, True) for phrase in raw["general"]["words"])
        self.habits = PhraseTable((phrase, True) for phrase in raw["habits"]["words"])
        self.accidents = PhraseTable((phrase, True) for phrase in raw["accidents"]["words"])
        self.also_accidents = frozenset(raw["accidents"]["also"])
        self.nothing = PhraseTable((phrase, True) for phrase in raw["nothing"]["words"])
        self.long_ago = PhraseTable((phrase, True) for phrase in raw["earlier"]["long"])
        self.asking = frozenset(raw["targets"]["asking"])
        self.statements, self.statements_in, self.issues = (
            frozenset(raw["targets"][name]) for name in ("statements", "statements_in", "issues")
        )
        self.suffered = PhraseTable((phrase, True) for phrase in raw["suffered"]["words"])
        self.meets, self.onto = (frozenset(raw["suffered"][name]) for name in ("meets", "onto"))
        self.plural = frozenset(raw["habits"]["plural"])
        self.countrywide = PhraseTable((phrase, True) for phrase in raw["countrywide"]["words"])
        self.earlier = PhraseTable((phrase, True) for phrase in raw["earlier"]["words"])

    def _begin_words_beside(self, targets: Mapping[str, Any]) -> None:
        """Words beside an event, its places and its parties."""
        self.takes, self.taken, self.between = (
            frozenset(targets[name]) for name in ("takes", "taken", "between")
        )
        moving = [f"{one} {way}" for one in targets["motion"] for way in targets["ways"]]
        self.aside = PhraseTable((phrase, False) for phrase in (*targets["aside"], *moving))
        self.away = PhraseTable((phrase, True) for phrase in targets["away"])
        self.natives = frozenset(targets["natives"])
        self.roads = frozenset(targets["roads"])
        self.joining = frozenset(targets["joining"])
        self.things = frozenset(targets["things"])
        self.back_references = frozenset(targets["back_references"])
        self.several = frozenset(targets["several"])
        self.carried_out = frozenset(targets["carried_out"])
        self.done_by = frozenset(targets["done_by"])
        self.driven = frozenset(targets["driven"])
        self.ends_object = frozenset(targets["ends_object"])
        self.exists, self.kinds_meant, self.not_back = (
            frozenset(targets[name]) for name in ("exists", "kinds_meant", "not_back")
        )
        self.recorded = frozenset(targets["recorded"])
        self.own = PhraseTable((phrase, True) for phrase in targets["own"])
        self.whole = frozenset(targets["whole"])
        self.people = frozenset(targets["people"])
        self.acts_after = frozenset(targets["acts_after"])
        self.beside_group = frozenset(targets["beside_group"])
        self.leaving = frozenset(targets["leaving"])
        self.holds, self.losses, self.of_people = (
            frozenset(targets[name]) for name in ("holds", "losses", "of_people")
        )
        self.speaks_for = frozenset(targets["speaks_for"])
        self.owned = frozenset(targets["owned"])
        self.looked_for = frozenset(targets["looked_for"])
        self.civilians = PhraseTable((phrase, True) for phrase in targets["civilians"])
        self.target_before = frozenset(targets["before"])


@lru_cache(maxsize=1)
def event_lookup() -> EventLookup:
    """The word lists of events."""
    return EventLookup()


def _plural(noun: str, happening: Sequence[str]) -> str:
    """The plural of a phrase whose last word is that of something that happens; else the same."""
    if noun.rsplit(maxsplit=1)[-1] not in happening:
        return noun
    return formed(noun, "plurals")
