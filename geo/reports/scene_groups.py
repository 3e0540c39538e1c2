"""The groups of a scene that its words only refer to: "it", "the group", "our men"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from geo.reports.event_lookup import event_lookup
from geo.reports.language import text_tokens
from geo.reports.mentions import GroupMention, Mention
from geo.reports.scene import Scene
from geo.reports.scene_context import is_any_inside
from geo.reports.scene_lookup import scene_lookup
from geo.reports.scene_words import are_in_general

_SUBJECT: Final = 8
"""Tokens at the beginning of a sentence among which "it" or "they" is its subject."""
_LEAD: Final = 2
"""How many times as often as any other one the group that a text is about is named."""


def with_groups(text: str, scenes: Sequence[Scene]) -> Iterator[Scene]:
    """The scenes, with the group that "it" or "the front" at their beginning means.

    It is the group of the sentence before in the paragraph, if that has only one besides those
    acted upon; the passage is where it is named. Where cells or camps are told of that nobody is
    said to have, they are those of the only group of the paragraph.
    """
    last: list[Mention] = []
    topic: dict[str, Mention] = {}
    paragraph = -1
    subject, issuer = _subject_of(scenes), _issuer_of(scenes)
    listed = _ListedActs(issuer)
    for scene in scenes:
        if scene.paragraph != paragraph:
            last, topic, paragraph = [], {}, scene.paragraph
        named = scene.of_part("acts", "open")
        tells = scene.tells_incident or scene.tells_presence
        word = _refers_back(text, scene) if tells and not named else ""
        meant = last if len(last) == 1 or word in event_lookup().several else []
        if word in event_lookup().whole and not meant:
            meant = subject if _is_definite(word, text, scene) else []
        if not word:
            meant = list(topic.values()) or subject if _has_no_subject(text, scene, topic) else []
        if issuer and not scene.of_part("acts") and _is_own_act(text, scene):
            meant = issuer
        meant = meant or listed.meant(scene)
        listed.note(scene, meant)
        yield replace(scene, groups=(*scene.groups, *((one, "acts") for one in meant)))
        here = {key_or_name(one): one for one in scene.of_part("acts", "open", "speaks")}
        acting = {key_or_name(one): one for one in scene.of_part("acts")}
        last = list((acting or here).values()) or last
        topic |= {key_or_name(one): one for one in named}


class _ListedActs:
    """The group whose acts a text lists: "our men carried out three operations:"."""

    def __init__(self, issuer: list[Mention]) -> None:
        self.issuer, self.acting, self.paragraph = issuer, list[Mention](), -1

    def meant(self, scene: Scene) -> list[Mention]:
        """The group, if a scene behind its list of acts names nobody who acts."""
        names = {key_or_name(one) for one in self.acting}
        is_entry = scene.tells_incident and scene.paragraph > self.paragraph
        others = {key_or_name(one) for one in scene.of_part("acted_upon", "open")}
        is_own = bool(names) and not names & others
        return self.acting if is_entry and is_own and not scene.of_part("acts") else []

    def note(self, scene: Scene, meant: list[Mention]) -> None:
        """Remember who does what a scene only counts, without saying where."""
        acting = scene.of_part("acts") or meant
        names = {key_or_name(one) for one in acting}
        is_issued = names == {key_or_name(one) for one in self.issuer}
        is_count = bool(scene.incidents) and not scene.places and are_in_general(scene.incidents)
        if len(names) == 1 and is_count and (scene.opens_list or is_issued):
            self.acting, self.paragraph = acting[:1], scene.paragraph


def _issuer_of(scenes: Sequence[Scene]) -> list[Mention]:
    """The group that issued a text: the only one that its first lines or its last ones name."""
    beginning = [one for one in scenes if one.is_heading and one.paragraph <= 1]
    named = [one for scene in beginning for one, _ in scene.groups]
    return named[:1] if len({key_or_name(one) for one in named}) == 1 else []


def _is_own_act(text: str, scene: Scene) -> bool:
    """Whether "our fighters" or "we" do what happens, in words that only the issuer uses."""
    if not scene.tells_incident:
        return False
    tokens = text_tokens(text, scene.span.start, scene.span.end)
    first = min((one.first for one in scene.incidents), default=len(tokens))
    own, lookup = event_lookup().own, scene_lookup()
    for at in range(len(tokens)):
        match = own.match(tokens, at)
        if match is not None:
            is_doer = at < first or lookup.is_in(tokens[at - 1].plain, "before_own")
            after = [one.plain for one in tokens[at + match[0] : first + 1]]
            return is_doer and not lookup.is_any_in(after, "passive")
    return False


def _is_definite(word: str, text: str, scene: Scene) -> bool:
    """Whether a word has the article in a scene: "the group"."""
    lower = text[scene.span.start : scene.span.end].casefold()
    return any(f"{article}{word} " in lower for article in scene_lookup().texts["with_article"])


def _subject_of(scenes: Sequence[Scene]) -> list[Mention]:
    """The group that a text is about, which "the group" means: named far more often than others."""
    named = [one for scene in scenes for one, part in scene.groups if part != "speaks"]
    count = Counter(key_or_name(one) for one in named).most_common(2)
    if not count or (len(count) > 1 and count[0][1] < _LEAD * count[1][1]):
        return []
    return [next(one for one in named if key_or_name(one) == count[0][0])]


def _has_no_subject(text: str, scene: Scene, topic: Mapping[str, Mention]) -> bool:
    """Whether a scene tells of cells or camps whose group only the paragraph names."""
    is_named = any(part != "speaks" for _, part in scene.groups)
    if not scene.tells_presence or is_named or len(topic) > 1:
        return False
    words = [one.plain for one in text_tokens(text, scene.span.start, scene.span.end)]
    return is_any_inside(scene.places) and not scene_lookup().is_any_in(words, "persons")


def key_or_name(group: Mention) -> str:
    """The key of a group, or its name if it has none."""
    value = group.value
    return (value.key or value.name) if isinstance(value, GroupMention) else group.text


def _refers_back(text: str, scene: Scene) -> str:
    """The word such as "they" at the beginning of a scene; empty, if there is none."""
    tokens = text_tokens(text, scene.span.start, scene.span.end)
    first = min((one.first for one in scene.events), default=len(tokens))
    references = event_lookup().back_references
    beginning = [token.plain for token in tokens[: max(first, _SUBJECT)]]
    return next((plain for plain in beginning if plain in references), "")
