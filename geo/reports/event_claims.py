"""Who says what about a suggested record: a claim for each speaker, or the text's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.dossier.records import ClaimKind, SpeakerRole
from geo.reports.event_lookup import event_lookup
from geo.reports.event_parts import mention_span
from geo.reports.gathering import GatheredEvent
from geo.reports.mentions import Mention, NumberMention, SpeakerMention
from geo.reports.scene import Scene
from geo.reports.suggestions import (
    CONTESTING,
    SuggestedClaim,
    SuggestedFigure,
    SuggestedGroup,
    TextSpan,
)


class EventClaims:
    """Finds the claims of the events of one text.

    Parameters
    ----------
    parties
        Keys of the groups of the dossier: whoever speaks for one is a party to the conflict.
    """

    def __init__(self, scenes: Sequence[Scene], parties: frozenset[str]) -> None:
        self.scenes, self.parties = scenes, parties
        self.heads: dict[int, list[Scene]] = {}
        for scene in scenes:
            before = self.heads.setdefault(scene.paragraph, [])
            if scene.speakers and not before:
                before.append(scene)
        # Whoever quotes others reports; a text without a speaker may be anybody's own statement.
        quotes = any(scene.speakers for scene in scenes)
        self.own_role: SpeakerRole | None = "media" if quotes else None

    def of_event(
        self, event: GatheredEvent, acts: Sequence[SuggestedGroup]
    ) -> Iterator[SuggestedClaim]:
        """The claims of an event: each speaker once, with all that the speaker states."""
        acting = frozenset(one.group.key or one.group.name for one in acts)
        claims: dict[tuple[str, str], SuggestedClaim] = {}
        told = [one for one in event.scenes if not one.is_heading or one.speakers]
        for scene in told or event.scenes:
            spoken = list(self._spoken(scene, acting, is_presence=event.is_presence))
            is_silent = not spoken and bool(claims) and not scene.numbers
            own = [] if is_silent else [self._own(scene, acting, is_presence=event.is_presence)]
            for claim in spoken or own:
                key = claim.by, claim.says if claim.says in CONTESTING else ""
                claims[key] = _joined(claims[key], claim) if key in claims else claim
        for scene in event.contesting:
            for claim in self._spoken(scene, acting, is_presence=event.is_presence):
                claims.setdefault((claim.by, claim.says), claim)
        yield from claims.values()

    def of_scene(self, scene: Scene, *, is_presence: bool) -> tuple[SuggestedClaim, ...]:
        """The claims of a scene of which nobody acts, or what the text itself says.

        Returns
        -------
        tuple of SuggestedClaim
            One for each speaker, in their order; never empty.
        """
        nobody = frozenset[str]()
        spoken = tuple(self._spoken(scene, nobody, is_presence=is_presence))
        return spoken or (self._own(scene, nobody, is_presence=is_presence),)

    def _spoken(
        self, scene: Scene, acting: frozenset[str], *, is_presence: bool
    ) -> Iterator[SuggestedClaim]:
        """A claim for each speaker of a scene; the figures are those of the first."""
        figures = _scene_figures(scene)
        for one in scene.speakers:
            value = one.value
            if not isinstance(value, SpeakerMention):
                continue
            is_pronoun = event_lookup().is_in(one.text.casefold(), "speaker_pronouns")
            says = value.says
            if says in {"occurrence", "responsibility"} and is_presence:
                is_strength = any(one.event.presence == "strength" for one in scene.events)
                says = "strength" if is_strength else "presence"
            elif says == "occurrence" and value.name in acting:
                says = "responsibility"
            own_figures = figures if says not in CONTESTING else ()
            yield SuggestedClaim(
                value.name, self._role(value, acting), says, "medium" if is_pronoun else "high",
                _with_speaker(one, scene), value.via, own_figures,
            )  # fmt: skip
            figures = () if own_figures else figures

    def _voice(self, scene: Scene) -> Mention | None:
        """Who issued the text or the paragraph: named before a colon or in the heading."""
        first, issued = self.scenes[0], event_lookup().beginnings["issued"]
        issuing: list[tuple[Mention, tuple[str, ...]]]
        issuing = [] if first.tells_incident else [(one, issued) for one in first.speakers]
        heads = self.heads.get(scene.paragraph, [])
        issuing += [(one, ()) for head in heads for one in head.speakers]
        for one, words in issuing:
            value = one.value
            if isinstance(value, SpeakerMention) and one.start < scene.span.start:
                verb = value.verb.casefold()
                if verb == ":" or verb.startswith(words):
                    return one
        return None

    def _role(self, speaker: SpeakerMention, acting: frozenset[str]) -> SpeakerRole | None:
        if speaker.name in acting:
            return "acting_party"
        return "opposing_party" if speaker.name in self.parties else speaker.role

    def _own(self, scene: Scene, acting: frozenset[str], *, is_presence: bool) -> SuggestedClaim:
        """What the text tells in its own voice, or in that of whoever issued it."""
        voice = self._voice(scene)
        if voice is not None:
            issued = replace(scene, speakers=(voice,))
            claim = next(self._spoken(issued, acting, is_presence=is_presence))
            spans = (TextSpan(voice.start, voice.end), scene.span)
            return replace(claim, confidence="medium", passages=spans)
        says: ClaimKind = "presence" if is_presence else "occurrence"
        return SuggestedClaim(
            "", self.own_role, says, "medium", (scene.span,), figures=_scene_figures(scene)
        )


def _with_speaker(speaker: Mention, scene: Scene) -> tuple[TextSpan, ...]:
    """The passages of a claim: its scene, and the speaker if another part of the text names it."""
    if scene.span.start <= speaker.start and speaker.end <= scene.span.end:
        return (scene.span,)
    return (mention_span(speaker), scene.span)


def _joined(one: SuggestedClaim, other: SuggestedClaim) -> SuggestedClaim:
    """One claim of two by the same speaker; a figure that is told twice counts once."""
    known = {
        (figure.number.of_what, figure.number.low, figure.number.best) for figure in one.figures
    }
    more = [
        figure
        for figure in other.figures
        if (figure.number.of_what, figure.number.low, figure.number.best) not in known
        or event_lookup().has_any(figure.number.whom.casefold().split(), "more")
    ]
    says = other.says if one.says == "occurrence" else one.says
    return replace(
        one, says=says, figures=(*one.figures, *more), via=one.via or other.via,
        passages=tuple(dict.fromkeys((*one.passages, *other.passages))),
    )  # fmt: skip


def _scene_figures(scene: Scene) -> tuple[SuggestedFigure, ...]:
    return tuple(
        SuggestedFigure(one.value, (mention_span(one),))
        for one in scene.numbers
        if isinstance(one.value, NumberMention)
    )
