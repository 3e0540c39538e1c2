"""What a person adds to a suggestion: words that they selected, read as what they say it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, cast, get_args

from geo import limits
from geo.app.reading.from_report import date_value, figure_value, group_value, place_value
from geo.app.reading.worksheet import HarmField, WorkClaim, WorkField, WorkSpan, WorkValue
from geo.errors import EditError
from geo.places.locations import locate
from geo.reports.mentions import (
    Counted,
    DateMention,
    GroupMention,
    Mention,
    MentionKind,
    NumberMention,
    PlaceMention,
    SpeakerMention,
)
from geo.table.search import fold
from geo.table.workspace import Workspace
from geo.written.dates import read_date
from geo.written.figures import read_figure

_KIND_OF: Final[dict[str, MentionKind]] = {
    "by": "group", "against": "group", "where": "place", "when": "date", "claim": "speaker",
    **dict.fromkeys(get_args(HarmField), "number"),
}  # fmt: skip


@dataclass(frozen=True)
class SelectedWords:
    """Words of a text that a person selected.

    Parameters
    ----------
    span
        Their characters.
    mentions
        All mentions of the text.
    published
        The day to which "yesterday" refers; ``None`` if it is not known.
    """

    text: str
    span: WorkSpan
    mentions: tuple[Mention, ...]
    published: date | None

    @property
    def words(self) -> str:
        """The words on one line."""
        return " ".join(self.text[self.span[0] : self.span[1]].split())

    def mention(self, kind: MentionKind) -> Mention | None:
        """The mention of a kind that the words are, or the only one that they hold."""
        start, end = self.span
        inside = [
            one for one in self.mentions
            if one.kind == kind and one.start < end and start < one.end
        ]  # fmt: skip
        whole = [one for one in inside if (one.start, one.end) == self.span]
        found = whole or inside
        return found[0] if len(found) == 1 else None


def added_value(field: str, selected: SelectedWords, workspace: Workspace) -> WorkValue | WorkClaim:
    """Read selected words as the value of a field.

    Raises
    ------
    EditError
        If they cannot be that; the message says what is expected.
    """
    kind = _KIND_OF.get(field)
    if kind is None:
        raise EditError("This cannot be added; the page is out of date.")
    if len(selected.words) > limits.MAX_LINE and field != "claim":
        msg = f"Select at most {limits.MAX_LINE} characters: a name, a date or a number."
        raise EditError(msg)
    found = selected.mention(kind)
    if field == "claim":
        return _claim(found, selected)
    if field in {"by", "against"}:
        return _group(cast("WorkField", field), found, selected, workspace)
    if field == "where":
        return _place(found, selected, workspace)
    if field == "when":
        return _date(found, selected)
    return _figure(cast("HarmField", field), found, selected)


def _claim(found: Mention | None, selected: SelectedWords) -> WorkClaim:
    value = found.value if found is not None else None
    if isinstance(value, SpeakerMention):
        return WorkClaim(by=value.name, role=value.role, says=value.says, via=value.via,
                         spans=(selected.span,))  # fmt: skip
    return WorkClaim(by="", role=None, says="occurrence", spans=(selected.span,))


def _group(
    field: WorkField, found: Mention | None, selected: SelectedWords, workspace: Workspace
) -> WorkValue:  # fmt: skip
    value = found.value if found is not None else None
    if isinstance(value, GroupMention):
        return group_value(field, value, (selected.span,))
    wanted = fold(selected.words)
    for key, group in workspace.reading.dossier.groups.items():
        if wanted in {fold(name) for name in (key, group.name, group.short, *group.also)}:
            return group_value(field, GroupMention(key, group.name), (selected.span,))
    return group_value(field, GroupMention("", selected.words), (selected.span,))


def _place(found: Mention | None, selected: SelectedWords, workspace: Workspace) -> WorkValue:
    value = found.value if found is not None else None
    is_whole = found is not None and (found.start, found.end) == selected.span
    location = (
        value.location
        if isinstance(value, PlaceMention) and is_whole
        else locate(selected.words, workspace.country)
    )
    return place_value(location, (selected.span,), selected.text, workspace.country)


def _date(found: Mention | None, selected: SelectedWords) -> WorkValue:
    value = found.value if found is not None else None
    if isinstance(value, DateMention):
        return date_value(value, (selected.span,))
    read = read_date(selected.words, around=selected.published)
    if not read.edtf and not read.candidates:
        raise EditError(f"This is not read as a date. {read.question}")
    made = DateMention(read.edtf, read.words, candidates=read.candidates, question=read.question)
    return date_value(made, (selected.span,))


def _figure(field: HarmField, found: Mention | None, selected: SelectedWords) -> WorkValue:
    value = found.value if found is not None else None
    if isinstance(value, NumberMention):
        number = NumberMention(
            value.low, value.best, value.high, cast("Counted", field), value.whom, value.question
        )
    else:
        read = read_figure(selected.words)
        if read.value is None:
            raise EditError(f"This is not read as a number of people. {read.question}")
        number = NumberMention(read.low, read.best, read.high, cast("Counted", field))
    made = figure_value(number, (selected.span,))
    if made is None:
        raise EditError("A record has no field for this number.")
    return made
