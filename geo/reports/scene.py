"""What one sentence, or a part of it, tells."""

from __future__ import annotations

from dataclasses import dataclass

from geo.reports.acting_words import GroupPart
from geo.reports.event_mentions import FoundEvent
from geo.reports.mentions import Mention
from geo.reports.scene_words import are_in_general
from geo.reports.suggestions import TextSpan


@dataclass(frozen=True, slots=True)
class Scene:
    """What one sentence, or a part of it, tells.

    Parameters
    ----------
    span
        Its characters.
    events
        What happened, without what is only planned or feared.
    dates
        The dates of the event; `stated_on` has those on which somebody said so.
    is_another
        Whether it begins with a word such as "separately".
    is_part
        Whether it is one of several parts of a sentence.
    is_about_presence
        Whether it is about groups being present, be it only that somebody denies it.
    is_entry, opens_list
        Whether it begins with a bullet, or ends with a colon.
    counts_groups
        Whether it gives a number of groups that it does not name.
    is_general
        Whether it is a general judgement.
    may_be_earlier
        Whether a word such as "had" or "recently" can move it to another day.
    begins_with_number
        Whether it begins with a number, as the entries of a list of operations do.
    is_of_habit
        Whether it says that something happens again and again.
    is_long_ago
        Whether it says that something was months or years ago.
    is_accident
        Whether it tells of an accident, such as one in traffic, and of no attack.
    is_of_country
        Whether it is about the whole country, as a sum of casualties is.
    is_before
        Whether it is what happened before another event: "the first attack since".
    background_places
        The places of what it only refers to: "a leader responsible for attacks in NAME".
    is_here
        Whether it tells of what happened "here", where the text was written.
    means_both
        Whether it speaks of "both provinces", which were named before.
    in_section
        Whether it has its place from the head of a section, with others.
    points_back
        Whether "the district" or "there" means a place that was named before.
    in_entry
        Whether its paragraph is an entry of a list.
    is_done
        Whether somebody "conducted" or "launched" what it tells.
    is_recorded
        Whether it says that something "occurred" or "was reported".
    is_of_it
        Whether it begins with "it", which was told of before.
    is_day_alone
        Whether it has a day, the hour at most, and nothing else.
    """

    span: TextSpan
    paragraph: int
    is_heading: bool
    events: tuple[FoundEvent, ...]
    places: tuple[Mention, ...]
    speaker_places: tuple[Mention, ...]
    dates: tuple[Mention, ...]
    stated_on: tuple[Mention, ...]
    numbers: tuple[Mention, ...]
    speakers: tuple[Mention, ...]
    groups: tuple[tuple[Mention, GroupPart], ...]
    is_another: bool = False
    is_part: bool = False
    counts_groups: bool = False
    is_entry: bool = False
    opens_list: bool = False
    is_about_presence: bool = False
    is_general: bool = False
    may_be_earlier: bool = False
    begins_with_number: bool = False
    is_of_habit: bool = False
    is_before: bool = False
    is_of_country: bool = False
    is_accident: bool = False
    is_long_ago: bool = False
    background_places: tuple[Mention, ...] = ()
    is_here: bool = False
    means_both: bool = False
    in_section: bool = False
    points_back: bool = False
    in_entry: bool = False
    is_done: bool = False
    is_recorded: bool = False
    is_of_it: bool = False
    is_day_alone: bool = False

    def of_part(self, *parts: GroupPart) -> list[Mention]:
        """The groups that have one of these parts.

        Returns
        -------
        list of Mention
            In the order of the text.
        """
        return [mention for mention, part in self.groups if part in parts]

    @property
    def heads(self) -> bool:
        """Whether it is a headline: no line of a log, which counts people below the first line."""
        is_line = self.paragraph > 0 and bool(self.numbers and (self.places or self.dates))
        return self.is_heading and not is_line

    @property
    def incidents(self) -> tuple[FoundEvent, ...]:
        """What happened, without how groups are present."""
        return tuple(one for one in self.events if one.event.presence is None)

    @property
    def tells_incident(self) -> bool:
        """Whether something happened, or people came to harm."""
        rules = any(one.event.presence == "administration" for one in self.events)
        befell = any(one.is_verb and one.event.presence is None for one in self.events)
        is_aside = (rules and not befell) or self._is_about_groups
        is_told = bool(self.numbers) if is_aside else bool(self.incidents or self.numbers)
        return is_told and not self.is_accident

    @property
    def _is_about_groups(self) -> bool:
        """Whether it tells how groups are present, and of events only in general and undated."""
        is_present = any(one.event.presence for one in self.events)
        return is_present and not self.dates and are_in_general(self.incidents)

    @property
    def tells_presence(self) -> bool:
        """Whether a group is present, and nothing happened."""
        return not self.tells_incident and any(one.event.presence for one in self.events)
