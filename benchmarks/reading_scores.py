"""How well reports are read: mentions and suggested records against the labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from benchmarks.labelled_reports import Label, LabelKind, LabelledReport
from benchmarks.reading_values import Verdict, verdict
from geo.reports.mentions import GroupMention, Mention, NumberMention, PlaceMention, SpeakerMention
from geo.reports.suggestions import SuggestedRecord

_PRONOUNS: Final = frozenset({"he", "she", "they", "it", "we", "i", "who", "which"})
"""Speakers that are not labelled, since the name that they stand for is."""


@dataclass(frozen=True, slots=True)
class FoundInReport:
    """What a way of reading finds in one report."""

    mentions: tuple[Mention, ...]
    suggestions: tuple[SuggestedRecord, ...] = ()
    published: date | None = None


@dataclass(slots=True)
class Tally:
    """How many labels of a kind are read how, and the mentions that no label has.

    Parameters
    ----------
    right, open, wrong, missed
        Labels that must be found.
    false
        Mentions with a value over words that mean nothing of that kind, or something else.
    needless
        Questions about such words.
    """

    right: int = 0
    open: int = 0
    wrong: int = 0
    missed: int = 0
    false: int = 0
    needless: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, one) + getattr(other, one) for one in self.__slots__))

    @property
    def labels(self) -> int:
        """How many labels there are."""
        return self.right + self.open + self.wrong + self.missed

    @property
    def recall(self) -> float:
        """The share of the labels that are read right."""
        return self.right / self.labels if self.labels else 1.0

    @property
    def precision(self) -> float:
        """The share of the values that are right."""
        values = self.right + self.wrong + self.false
        return self.right / values if values else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def share_wrong(self) -> float:
        """The share of the values that are wrong."""
        return 1 - self.precision


@dataclass(frozen=True, slots=True)
class Miss:
    """A label that is not read right, or a mention that should not be there."""

    report: str
    kind: str
    fault: str
    words: str
    wanted: str
    found: str = ""


@dataclass(slots=True)
class MentionScores:
    """The tallies of all kinds of mentions, and every miss."""

    tallies: dict[LabelKind, Tally] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def add(self, report: LabelledReport, found: FoundInReport) -> None:
        """Count one report."""
        for kind in ("place", "group", "date", "number", "speaker"):
            labels = [one for one in report.labels if one.kind == kind]
            mentions = [one for one in found.mentions if one.kind == kind]
            counted = Counter[str]()
            for miss in _compared(report, kind, labels, mentions, counted):
                self.misses.append(miss)
                counted[miss.fault] += 1
            tally = Tally(**{name: counted[name] for name in Tally.__slots__})
            self.tallies[kind] = self.tallies.get(kind, Tally()) + tally


def _compared(
    report: LabelledReport,
    kind: LabelKind,
    labels: Sequence[Label],
    mentions: Sequence[Mention],
    counted: Counter[str],
) -> Iterator[Miss]:
    """Count what is right, and yield what is not."""
    of_label = _by_label(labels, mentions)
    for label in labels:
        over = of_label[label]
        if not over:
            if label.is_counted and _is_within_other(label, mentions):
                counted["right"] += 1
            elif label.is_counted:
                yield _miss(report, "missed", label, ())
            continue
        found: Verdict = verdict(label, over)
        if found == "right":
            counted["right"] += label.is_counted
        elif found == "wrong" and not label.is_counted:
            yield _miss(report, "false", label, over)
        elif label.is_counted:
            yield _miss(report, found, label, over)
    taken = {id(one) for over in of_label.values() for one in over}
    for mention in mentions:
        if id(mention) not in taken and not _may_be_unlabelled(report, mention):
            fault = "false" if _has_value(mention) else "needless"
            yield Miss(report.id, kind, fault, mention.text, "", said(mention))


def _is_within_other(label: Label, mentions: Sequence[Mention]) -> bool:
    """Whether a mention of more words has its value, as "Sangin, Helmand" has that of "Helmand"."""
    return any(
        one.start <= label.start and label.end <= one.end and verdict(label, [one]) == "right"
        for one in mentions
    )


def _by_label(labels: Sequence[Label], mentions: Sequence[Mention]) -> dict[Label, list[Mention]]:
    """The mentions of each label: every mention goes to the label that fits its words best."""
    over: dict[Label, list[Mention]] = {label: [] for label in labels}
    for mention in mentions:
        near = [one for one in labels if one.start < mention.end and mention.start < one.end]
        if near:
            over[max(near, key=lambda one: _likeness(one, mention))].append(mention)
    return over


def _likeness(label: Label, mention: Mention) -> float:
    """The characters that both have, as a share of those that either has."""
    both = min(label.end, mention.end) - max(label.start, mention.start)
    either = max(label.end, mention.end) - min(label.start, mention.start)
    return both / either


def _may_be_unlabelled(report: LabelledReport, mention: Mention) -> bool:
    """Whether labels leave it out by rule.

    These are the country and its regions, states that are labelled as parties, numbers of people to
    whom nothing happens, and pronouns.
    """
    value = mention.value
    if isinstance(value, NumberMention):
        return value.of_what == "other"
    if isinstance(value, SpeakerMention):
        return mention.text.casefold().partition(" ")[0] in _PRONOUNS
    if not isinstance(value, PlaceMention):
        return False
    if value.location.precision in {"region", "country"}:
        return True
    return value.location.status == "outside" and any(
        one.kind == "group" and one.start < mention.end and mention.start < one.end
        and any(key.startswith(("state-", "united-")) for key in one.values)
        for one in report.labels
    )  # fmt: skip


def _has_value(mention: Mention) -> bool:
    """Whether it says something, and does not only ask."""
    value = mention.value
    if isinstance(value, PlaceMention):
        return value.location.status not in {"ambiguous", "unknown"}
    if isinstance(value, GroupMention):
        return not value.candidates
    return not getattr(value, "question", "") or bool(getattr(value, "edtf", ""))


def _miss(report: LabelledReport, fault: str, label: Label, over: Iterable[Mention]) -> Miss:
    wanted = " ".join((*label.values, *label.also)) + (" ?" if label.is_open else "")
    found = "; ".join(f"{one.text!r} {said(one)}" for one in over)
    return Miss(report.id, label.kind, fault, label.text, wanted, found)


def said(mention: Mention) -> str:
    """The value of a mention in one line."""
    value = mention.value
    if isinstance(value, PlaceMention):
        location = value.location
        return f"{location.status} {location.kind} {location.name} {','.join(location.provinces)}"
    return str(value)
