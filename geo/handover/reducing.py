"""A workspace with only what Views show and a profile allows, and the Views that fit it.

Everything that is made from the result (a map document, a figure, a table, a recipe) can hold
nothing else, whatever its format, because there is nothing else to take. Records that are not in it
are not counted either: how many there are would already tell something about them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, get_args

from geo.dossier.reading import Reading
from geo.dossier.records import (
    CIVILIANS,
    ColourName,
    Dossier,
    Group,
    Incident,
    Presence,
    Record,
    Statement,
)
from geo.dossier.review import Review
from geo.handover.hiding import hide_fields, hide_names, hide_speaker, keyed
from geo.handover.profiles import INTERNAL, Profile
from geo.table.located import LocatedTable, locate_records
from geo.table.workspace import Workspace
from geo.text import listed
from geo.view import ALL, EXCLUDED, UNNAMED, View, keep, workspace_for
from geo.wording.symbology import group_styles

_LOG: Final = logging.getLogger(__name__)
ONLY_SHOWN: Final = (
    "Holds only what is shown: records outside this selection are not in this file and are not "
    "counted."
)
"""The sentence in a file that holds only what its Views show."""


@dataclass(frozen=True)
class Reduction:
    """A workspace that is safe to make files from, and what it was reduced from.

    Parameters
    ----------
    workspace
        With what may be passed on, and nothing else.
    views
        The Views that show of it what the given ones show of the whole, in their order.
    whole
        The data with all drafts that can be read.
    """

    workspace: Workspace
    views: tuple[View, ...]
    whole: Workspace
    profile: Profile
    only_shown: bool

    @property
    def records(self) -> frozenset[str]:
        """Ids of the records that may be passed on."""
        return frozenset(one.id for one in self.workspace.reading.dossier.records)


def reduce_workspace(
    workspace: Workspace,
    views: Sequence[View],
    profile: Profile = INTERNAL,
    *,
    only_shown: bool = True,
    records: AbstractSet[str] | None = None,
) -> Reduction:
    """Reduce a workspace to what Views show and a profile allows.

    It then has these records, their claims, the sources and general statements that these cite and
    the groups that they name. It has no assessments, no problems of the file and no other drafts.

    Parameters
    ----------
    views
        Of a View with a second period, the records of both periods are shown.
    only_shown
        Whether records that no View shows are excluded.
    records
        Ids of the records to keep, instead of those that the Views show.

    Returns
    -------
    Reduction
        With the workspace itself, if nothing is to be excluded.

    Examples
    --------
    A group that no record names is not in the result, not even as a key in the View:

    >>> from geo import View, open_workspace
    >>> found = reduce_workspace(open_workspace(), [View(off=("isis-k",))])
    >>> "isis-k" in found.workspace.reading.dossier.groups, found.views[0].off
    (False, ('not-in-this-file',))
    """
    drafts = any(view.drafts for view in views)
    source = workspace.with_drafts if drafts else workspace
    if not only_shown and profile.hides_nothing:
        return Reduction(workspace, tuple(views), workspace.with_drafts, profile, only_shown)
    wanted = _shown(views, workspace) if records is None else records
    kept = [
        hide_names(hide_fields(record, profile), source.reading.dossier.groups, profile)
        for record in source.reading.dossier.records
        if (record.id in wanted or not only_shown) and _is_allowed(record, source, profile)
    ]
    dossier = _dossier(kept, source.reading.dossier, profile)
    reading = Reading(dossier, digest=source.reading.digest)
    located = _with_reviews(locate_records(reading, source.country), source.located)
    holds = _say_holds(profile, only_shown=only_shown, is_reviewed=source.located.is_reviewed)
    reduced = Workspace(source.country, reading, located, holds)
    _LOG.debug("%d of %d records kept", len(kept), len(source.reading.dossier.records))
    fitting = tuple(_fitting(view, workspace, reduced) for view in views)
    return Reduction(reduced, fitting, workspace.with_drafts, profile, only_shown)


def _shown(views: Iterable[View], workspace: Workspace) -> frozenset[str]:
    """Ids of the records that any of the Views shows, in either of its periods."""
    return frozenset(
        str(key)
        for view in views
        for period in _periods(view)
        for key, why in keep(period, workspace_for(view, workspace).located.table).items()
        if not why
    )


def _periods(view: View) -> Iterator[View]:
    yield view
    if view.compare is not None:
        yield replace(view, first=view.compare[0], last=view.compare[1])


def _is_allowed(record: Record, workspace: Workspace, profile: Profile) -> bool:
    """Whether a profile allows a record: a draft must not be taken for a record that is none."""
    if record.draft and not profile.is_shown("record", "draft"):
        return False
    if profile.unapproved or not workspace.located.is_reviewed:
        return True
    return workspace.located.reviews[record.id].state == "approved"


def _dossier(records: Sequence[Record], whole: Dossier, profile: Profile) -> Dossier:
    """The dossier of these records: every other entry is one that they refer to."""
    cited = {claim.source for record in records for claim in record.claims}
    sources = keyed(whole.sources, cited, profile)
    named = set(_named(records)) | {one.belligerent for one in sources.values()}
    groups = keyed(_coloured(whole.groups), {key for key in named if key}, profile)
    # Built from nothing, so that a field that is added to the dossier later is not taken over.
    return Dossier.model_construct(
        title=whole.title,
        sources=MappingProxyType(sources),
        groups=MappingProxyType(groups),
        statements=MappingProxyType(dict(_statements(records, whole, groups, profile))),
        incidents=tuple(one for one in records if isinstance(one, Incident)),
        presence=tuple(one for one in records if isinstance(one, Presence)),
    )


def _named(records: Iterable[Record]) -> Iterator[str | None]:
    """What may be keys of groups in these records."""
    for record in records:
        yield from record.groups
        yield from record.against if isinstance(record, Incident) else ()
        for claim in record.claims:
            yield from (claim.by, claim.of)


def _statements(
    records: Iterable[Record], whole: Dossier, groups: Mapping[str, Group], profile: Profile
) -> Iterator[tuple[str, Statement]]:
    repeated = {claim.statement for record in records for claim in record.claims}
    for key, one in keyed(whole.statements, filter(None, repeated), profile).items():
        about = tuple(group for group in one.about if group in groups)
        yield (
            key,
            hide_speaker(one.model_copy(update={"about": about}), whole.groups, profile),
        )


def _coloured(groups: Mapping[str, Group]) -> dict[str, Group]:
    """The groups with the colours that they have among all others, so that none changes its own."""
    names = {
        group_styles({"": Group(name="x", short="x", letter="x", colour=name)})[""]: name
        for name in get_args(ColourName)
    }
    styles = group_styles(groups)
    return {
        key: group.model_copy(update={"colour": group.colour or names.get(styles[key])})
        for key, group in groups.items()
    }


def _with_reviews(located: LocatedTable, whole: LocatedTable) -> LocatedTable:
    """The table with the reviews of the whole records: a hidden note voids no approval."""
    reviews = dict(located.reviews)
    for key, one in located.evidence.items():
        if (approval := one.record.approved) is not None:
            was = whole.reviews[key]
            reviews[key] = Review(was.state, approval, was.is_void, one.record.written_by)
    table = located.table.copy()
    table["review"] = [reviews[key].state for key in table["record"]]
    return replace(located, table=table, reviews=reviews, problems=())


def _say_holds(profile: Profile, *, only_shown: bool, is_reviewed: bool) -> str:
    hidden = listed(profile.hidden(is_reviewed=is_reviewed))
    parts = [
        ONLY_SHOWN if only_shown else "",
        f"For: {profile.label}. Not included: {hidden}." if hidden else "",
    ]
    return " ".join(filter(None, parts))


def _fitting(view: View, whole: Workspace, reduced: Workspace) -> View:
    """The View without the keys of what is not in the data, and without a filter on hidden fields.

    A word that was found in a hidden note is neither found any more nor repeated.
    """
    dossier = reduced.reading.dossier
    records = {record.id: record for record in dossier.records}
    off = [key for key in view.off if key.split("/")[0] in {*dossier.groups, UNNAMED, ALL}]
    fitting = replace(
        view,
        off=tuple(sorted(off + [EXCLUDED] * (len(off) < len(view.off)))),
        sources=tuple(key for key in view.sources if key in dossier.sources),
        against=tuple(key for key in view.against if key in {*dossier.groups, CIVILIANS}),
        drafts=any(record.draft for record in records.values()),
        chosen=view.chosen if view.chosen in records else None,
    )
    before = keep(view, workspace_for(view, whole).located.table)
    shown = [key for key in records if before.get(key) == ""]
    for field, reason in (("text", "text"), ("reviews", "review")):
        now = keep(fitting, reduced.located.table)
        if not records or any(now[key] == reason for key in shown):
            fitting = replace(fitting, **{field: type(getattr(view, field))()})
    return fitting
