"""A text as scenes: sentences, or parts of them, that tell of one event, with their mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import Final

from geo.reports.acting import group_part
from geo.reports.acting_words import SentenceParts
from geo.reports.event_lookup import event_lookup
from geo.reports.event_mentions import FoundEvent, events_in, presence_beside
from geo.reports.fact_sheets import fact_lines, undated_head, with_facts
from geo.reports.language import TextToken, text_tokens
from geo.reports.mentions import (
    GroupMention,
    Mention,
)
from geo.reports.profiles import (
    is_biography,
    is_called_untrue,
    is_profile,
    is_untrue,
    profile_clauses,
)
from geo.reports.scene import Scene
from geo.reports.scene_asides import is_before_reference, is_of_seat, is_told_here
from geo.reports.scene_context import (
    is_any_inside,
    with_both,
    with_context,
    with_places_before,
)
from geo.reports.scene_cuts import people_harmed, scene_cuts
from geo.reports.scene_frames import (
    incidents,
    is_done,
    is_of_accusation,
    is_of_another_time,
    is_of_background,
    spoken_of,
    without_spoken_of,
)
from geo.reports.scene_groups import with_groups
from geo.reports.scene_lookup import scene_lookup
from geo.reports.scene_places import (
    is_apart,
    provinces_told,
    told_places,
    without_places_on_the_way,
)
from geo.reports.scene_words import (
    begins_another_event,
    begins_with_number,
    counts_groups,
    divided_mentions,
    is_accident,
    is_compared,
    is_day_of_another,
    is_general_judgement,
    is_long_ago,
    is_of_country,
    is_of_habit,
    is_within,
    may_be_earlier,
    means_both,
    points_back,
    speaks_of_more,
    without_wider_dates,
)
from geo.reports.sentences import BULLETS, SentenceSpan
from geo.reports.spoken_at import (
    is_day_of_statement,
    is_of_speaker,
    is_possessive,
    is_where_told,
)
from geo.reports.spoken_before import (
    is_day_after_deed,
    is_day_alone,
    is_day_of_words_before,
    is_of_it,
)
from geo.reports.suggestions import TextSpan

_SUBJECT: Final = 8
"""Tokens at the beginning of a sentence among which "it" or "they" is its subject."""
_SIDES: Final = 2
"""Scenes of one speaker, before and after another scene, that make it the speaker's too."""
_TOPIC: Final = 3
"""Most words and signs of a sentence that only names the subject: "Night searches."."""
_NUMBERED: Final = re.compile(r"(?:^|\n)[ \t]*[(\[]?\d{1,3}[.)\]][ \t]*\Z")
_NUMBERING: Final = 10
"""Characters before a sentence in which the number of its entry is looked for."""


def scenes_of(
    text: str, spans: Sequence[SentenceSpan], mentions: Sequence[Mention]
) -> tuple[Scene, ...]:
    """Divide a text into scenes.

    Parameters
    ----------
    mentions
        All mentions of the text, sorted by their start.

    Returns
    -------
    tuple of Scene
        In the order of the text.
    """
    found: list[Scene] = []
    told_in: set[str] = set()
    lines = fact_lines(text, spans)
    at = 0
    for span in spans:
        while at < len(mentions) and mentions[at].end <= span.start:
            at += 1
        here = []
        following = at
        while following < len(mentions) and mentions[following].start < span.end:
            here.append(mentions[following])
            following += 1
        if span.paragraph in lines:
            here = [undated_head(one) for one in here]
        parts = list(_parts(text, span, here, told_in))
        told_in |= provinces_told(parts)
        found += parts
    found = list(with_facts(found, lines))
    entries = {one.paragraph for one in found if one.is_entry}
    marked = [replace(one, in_entry=one.paragraph in entries) for one in found]
    placed = list(with_places_before(list(with_both(list(_without_false_heads(marked))))))
    told = list(with_context(placed))
    return tuple(_with_speakers(list(with_groups(text, told))))


def _without_false_heads(scenes: Sequence[Scene]) -> Iterator[Scene]:
    """The scenes; a line that tells of something heads nothing, if another or none follows it."""
    for scene, following in zip_longest(scenes, scenes[1:]):
        is_line = scene.paragraph > 1 and scene.tells_incident and bool(scene.places)
        is_last = following is None or following.is_heading
        yield replace(scene, is_heading=False) if is_line and is_last else scene


def _with_speakers(scenes: list[Scene]) -> Iterator[Scene]:
    """The scenes; one between two of the same speaker in a paragraph is the speaker's too."""
    telling = [one for one in scenes if one.speakers or one.tells_incident or one.tells_presence]
    number = {one.span: at for at, one in enumerate(telling)}
    for scene in scenes:
        at = number.get(scene.span, 0)
        beside = telling[max(0, at - 1) : at] + telling[at + 1 : at + 2]
        around = [one for one in beside if one.paragraph == scene.paragraph and one.speakers]
        if scene.speakers or len(around) < _SIDES:
            yield scene
            continue
        before, after = around[0].speakers[-1], around[1].speakers[0]
        same = getattr(before.value, "name", "") == getattr(after.value, "name", None)
        yield replace(scene, speakers=(before,)) if same else scene


def _parts(
    text: str, span: SentenceSpan, mentions: Sequence[Mention], told_in: AbstractSet[str]
) -> Iterator[Scene]:
    """The scenes of a sentence: one, or one for each part that tells of something elsewhere.

    A part without a speaker has the one of the sentence, and one without a date has the date with
    which the sentence begins.
    """
    cuts = list(scene_cuts(text, span, mentions))
    if not cuts or is_biography(
        text_tokens(text, span.start, span.end), _of_kind(mentions, "date")
    ):
        yield _scene(text, span, mentions, told_in)
        return
    scenes: list[Scene] = []
    texts = scene_lookup().texts
    for start, end in pairwise([span.start, *cuts, span.end]):
        part = SentenceSpan(start, end, span.paragraph, span.is_heading)
        here = [one for one in mentions if start <= one.start < end]
        scene = _scene(text, part, here, told_in)
        is_since = text[:start].rstrip().endswith(texts["ever_since"])
        is_before = is_since or text[start:end].startswith(texts["vaguely"])
        scenes.append(replace(scene, is_part=True, is_before=is_before))
    speakers = {getattr(one.value, "name", ""): one for scene in scenes for one in scene.speakers}
    opening = _opening_dates(scenes[0])
    for scene in scenes:
        spoken = scene.speakers or (tuple(speakers.values()) if len(speakers) == 1 else ())
        dates = scene.dates if scene.is_before else scene.dates or opening
        yield replace(scene, speakers=spoken, dates=dates)


def _opening_dates(scene: Scene) -> tuple[Mention, ...]:
    """The dates of a part that are before what happened in it."""
    told = [*(one.mention for one in scene.events), *scene.numbers]
    first = min((one.start for one in told), default=scene.span.end)
    return tuple(one for one in scene.dates if one.end <= first)


def _scene(
    text: str, span: SentenceSpan, mentions: Sequence[Mention], told_in: AbstractSet[str]
) -> Scene:
    lookup = scene_lookup()
    tokens = text_tokens(text, span.start, span.end)
    events = spoken_of(list(events_in(text, tokens, _of_kind(mentions, "place"))), tokens)
    mentions = without_spoken_of(mentions, events, tokens)
    dated = _of_kind(mentions, "date")
    if _is_topic(tokens, mentions):
        events = []
    is_byline = span.is_heading and bool(tokens) and lookup.is_in(tokens[0].plain, "byline")
    is_said_of_somebody = (
        is_untrue(tokens)
        or is_biography(tokens, dated)
        or is_profile(tokens, _named(mentions), is_dated=bool(dated))
    )
    if is_said_of_somebody:
        events = [one for one in events if one.event.presence]
    if is_called_untrue(tokens):
        events, mentions = [], [one for one in mentions if one.kind != "number"]
    if is_byline or is_said_of_somebody:
        mentions = [one for one in mentions if one.kind not in {"number", "place", "date"}]
    speakers = [
        one for one in _of_kind(mentions, "speaker") if not speaks_of_more(one, tokens, events)
    ]
    numbers = [one for one in people_harmed(mentions) if not is_of_accusation(one, tokens, events)]
    parts = SentenceParts(
        tokens, [one for one in events if not one.is_background], numbers, speakers
    )
    groups = [
        (one, group_part(one, parts)) for one in mentions if isinstance(one.value, GroupMention)
    ]
    if not events and not numbers and not is_said_of_somebody:
        events = list(presence_beside(text, tokens, mentions))
    opens = bool(events) and events[0].is_background and events[0].first <= _SUBJECT
    opens = opens and (is_done(events[0]) or not incidents(events))
    clauses = profile_clauses(tokens, mentions)
    near, others = divided_mentions(
        _of_kind(mentions, "place"),
        lambda one: (
            is_within(one, clauses) or not (opens or not is_of_background(one, tokens, events))
        ),
    )
    near = [one for one in near if not is_where_told(one, tokens, speakers)]
    # A group that moves is, or was, at both ends of its way.
    moves = any(
        one.event.presence and any(origin in one.mention.text for origin in lookup.texts["origin"])
        for one in events
    )
    places, aside = divided_mentions(
        near if moves else _of_event(near, tokens, events, numbers),
        lambda one: (
            is_of_speaker(one, tokens, speakers)
            or is_of_seat(one, tokens, speakers)
            or (not numbers and is_before_reference(one, tokens, events) and is_apart(one, told_in))
        ),
    )
    days = _dates_of(mentions, clauses, tokens, events)
    dates, stated = divided_mentions(
        days,
        lambda one: (
            is_day_of_statement(one, tokens, speakers)
            or is_day_of_words_before(one, days, tokens, speakers)
            or is_day_after_deed(one, days, tokens, events)
        ),
    )
    return Scene(
        TextSpan(span.start, span.end),
        span.paragraph,
        span.is_heading,
        tuple(one for one in events if not one.is_background),
        tuple(places),
        tuple(aside),
        tuple(without_wider_dates(dates)),
        tuple(stated),
        tuple(numbers),
        tuple(speakers),
        tuple(groups),
        is_another=begins_another_event(tokens),
        counts_groups=counts_groups(tokens),
        is_entry=_is_entry(text, span.start, tokens),
        opens_list=bool(tokens) and tokens[-1].plain == ":",
        is_about_presence=any(one.event.presence for one in events),
        is_general=is_general_judgement(tokens),
        may_be_earlier=may_be_earlier(tokens),
        begins_with_number=begins_with_number(tokens),
        is_of_habit=is_of_habit(tokens),
        is_of_country=is_of_country(tokens),
        is_accident=is_accident(tokens, events),
        is_long_ago=is_long_ago(tokens),
        means_both=means_both(tokens),
        points_back=points_back(tokens),
        is_here=is_told_here(tokens),
        is_recorded=any(one.plain in event_lookup().recorded for one in tokens),
        is_of_it=is_of_it(tokens),
        is_day_alone=is_day_alone(tokens, dates),
        is_done=any(one.plain in event_lookup().carried_out for one in tokens),
        background_places=tuple(
            one
            for one in without_places_on_the_way(others, tokens)
            if is_any_inside([one]) and not is_of_another_time(one, tokens, events)
        ),
    )


def _is_topic(tokens: Sequence[TextToken], mentions: Sequence[Mention]) -> bool:
    """Whether a sentence only names the subject of what follows, such as "Detention"."""
    is_fact = any(one.plain == ":" for one in tokens[:-1])  # "Type: abduction" tells of one.
    is_short = len(tokens) <= _TOPIC and not is_fact
    return is_short and all(one.kind == "event" for one in mentions)


def _of_event(
    places: list[Mention],
    tokens: Sequence[TextToken],
    events: Sequence[FoundEvent],
    numbers: Sequence[Mention],
) -> list[Mention]:
    """The places of what happened."""
    told = [*(one.mention for one in events if one.event.presence is None), *numbers]
    near = without_places_on_the_way(places, tokens, is_told=bool(events or numbers))
    return told_places(near, tokens, told)


def _named(mentions: Iterable[Mention]) -> list[Mention]:
    return [one for one in mentions if one.kind in {"group", "place"}]


def _dates_of(
    mentions: Sequence[Mention],
    clauses: Sequence[TextSpan],
    tokens: Sequence[TextToken],
    events: Sequence[FoundEvent],
) -> list[Mention]:
    """The dates of a sentence, without those of what it only refers to, if there is another."""
    dates = [one for one in _of_kind(mentions, "date") if not is_compared(one, tokens)]
    beside = [one for one in dates if not is_within(one, clauses)]
    named = [one for one in beside if is_day_of_another(one, tokens, events)]
    owners = [one for one in named if is_possessive(one, tokens)]
    if owners and not any(one.is_verb for one in events):
        return owners  # "The toll of Saturday's strike rose on Monday" tells of nothing else.
    return [one for one in beside if one not in named] or dates


def _is_entry(text: str, start: int, tokens: Sequence[TextToken]) -> bool:
    """Whether a bullet or a number of an entry is at the beginning of a sentence."""
    if tokens and tokens[0].plain in BULLETS:
        return True
    return _NUMBERED.search(text[max(0, start - _NUMBERING) : start]) is not None


def _of_kind(mentions: Iterable[Mention], kind: str) -> list[Mention]:
    """The mentions of a kind, without places of a dateline and dates of the publication."""
    return [
        one for one in mentions if one.kind == kind and not getattr(one.value, "in_dateline", False)
    ]
