"""Which events of a table a View keeps, and for each of the others the first reason why not.

The filters are those that the map document applies to events (``js/events/store.js``), in the same
order: an event is never a presence claim, cites no source of the dossier, and is neither rated nor
reviewed. Each distinct value is tested once, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.counts.event_rows import list_codes
from geo.events.columns.columns import CodedColumn, Combinations
from geo.snapshot.content.event_choice import EventChoice
from geo.snapshot.content.event_file import registry_of
from geo.table.search import fold_all, words
from geo.table.workspace import Workspace
from geo.view import UNNAMED, View, workspace_for
from geo.view.keeping import REASONS
from geo.wording.vocabulary import UNRATED_CLAIM, UNRATED_SOURCE

Kept = NDArray[np.bool_]
_UNMATCHED: Final = "unmatched"
"""Key of the group for parties that the registry does not know, as in the map document."""
_SEARCHED: Final = ("event", "subevent", "place_name", "place_text")
_OPEN: Final = np.iinfo(np.int32)


@dataclass(frozen=True, eq=False)
class EventLayers:
    """The distinct combinations of groups and verification status of an event table.

    Parameters
    ----------
    groups, statuses
        Keys of the groups, and the status, of each combination; sorted, so that their numbers
        depend on nothing but the table.
    number
        For each event, the number of its combination.
    """

    groups: tuple[tuple[str, ...], ...]
    statuses: tuple[str, ...]
    number: NDArray[np.int64]

    @classmethod
    def of(cls, table: pa.Table) -> EventLayers:
        """The combinations of a table."""
        codes, lists = list_codes(table["groups"])
        is_queued = pc.fill_null(pc.greater(pc.list_value_length(table["unmatched"]), 0), False)  # noqa: FBT003 - a value
        status = CodedColumn.of(table["status"])
        both = Combinations.of(codes, is_queued.to_numpy().astype(np.int8), status.codes)
        found = []
        for row in both.first.tolist():
            keys = (*lists[codes[row]], *((_UNMATCHED,) if is_queued[row].as_py() else ()))
            found.append((keys or (UNNAMED,), status.texts[status.codes[row]]))
        order = sorted(range(len(found)), key=found.__getitem__)
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        return cls(
            tuple(found[at][0] for at in order), tuple(found[at][1] for at in order),
            rank[both.number] if order else np.empty(0, np.int64),
        )  # fmt: skip

    def switched_off(self, view: View) -> tuple[int, ...]:
        """The numbers of the combinations that a View does not show."""
        pairs = enumerate(zip(self.groups, self.statuses, strict=True))
        return tuple(at for at, (keys, status) in pairs if not view.shows(keys, "incident", status))


def why_no_event(
    table: pa.Table, view: View, choice: EventChoice, workspace: Workspace
) -> NDArray[np.int16]:
    """The first reason why each event is not shown: its position in REASONS from 1, or 0.

    Parameters
    ----------
    table
        An event table with the columns of
        :data:`geo.snapshot.content.event_file.FIGURE_COLUMNS`.

    Examples
    --------
    >>> REASONS[:3]
    ('layer', 'period', 'kind')
    """
    question = _EventQuestion(table, view, choice, workspace)
    why = np.zeros(table.num_rows, np.int16)
    for reason in reversed(REASONS):
        kept = question.answer(reason)
        if kept is not None:
            why[~kept] = REASONS.index(reason) + 1
    return why


class _EventQuestion:
    def __init__(
        self, table: pa.Table, view: View, choice: EventChoice, workspace: Workspace
    ) -> None:
        self.table, self.view, self.choice = table, view, choice
        self.workspace = workspace_for(view, workspace)
        self.rows = table.num_rows

    def answer(self, reason: str) -> Kept | None:
        """Whether each event passes the filters of a reason; ``None`` if none is set."""
        own: Mapping[str, Callable[[], Kept | None]] = {
            "layer": self._layer, "period": self._period, "against": self._against,
            "place": self._place, "deaths": self._deaths, "text": self._text,
        }  # fmt: skip
        if reason in own:
            return own[reason]()
        columns = {
            "event": self.view.events, "status": self.view.statuses,
            "attribution": self.view.attributions, "precision": self.view.precisions,
        }  # fmt: skip
        if reason in columns:
            return self._among(reason, columns[reason])
        return np.zeros(self.rows, np.bool_) if self._admits_none(reason) else None

    def _admits_none(self, reason: str) -> bool:
        """Whether a filter that is the same for all events excludes them."""
        view = self.view
        match reason:
            case "kind":
                return bool(view.kinds) and "incident" not in view.kinds
            case "review":
                return bool(view.reviews) and "unreviewed" not in view.reviews
            case "source":
                return bool(view.sources)
            case "grade":
                is_graded = view.grade not in {None, UNRATED_SOURCE}
                return is_graded or view.credibility not in {None, UNRATED_CLAIM}
        return False

    def _layer(self) -> Kept | None:
        if not self.view.off and not self.choice.left_out:
            return None
        layers = EventLayers.of(self.table)
        left_out = self.choice.left_out
        off = layers.switched_off(self.view) if left_out is None else left_out
        shown = np.ones(len(layers.groups), np.bool_)
        shown[[at for at in off if at < len(shown)]] = False
        return shown[layers.number]

    def _period(self) -> Kept | None:
        first, last = self.view.first, self.view.last
        if first is None and last is None:
            return None
        begins, ends = (_days(self.table[name]) for name in ("earliest", "latest"))
        low = np.datetime64(first, "D").astype(np.int64) if first else _OPEN.min
        high = np.datetime64(last, "D").astype(np.int64) if last else _OPEN.max
        begin, end = (column.fill_null(_OPEN.min).to_numpy() for column in (begins, ends))
        has_begin, has_end = (column.is_valid().to_numpy() for column in (begins, ends))
        if not self.view.certain:
            overlaps: Kept = ~(has_begin & (begin > high)) & ~(has_end & (end < low))
            return overlaps
        inside: Kept = ((first is None) | (has_begin & (begin >= low))) & (
            (last is None) | (has_end & (end <= high))
        )
        return inside

    def _among(self, column: str, wanted: Collection[str]) -> Kept | None:
        if not wanted:
            return None
        kept: Kept = CodedColumn.of(self.table[column]).each(wanted.__contains__, np.bool_)
        return kept

    def _against(self) -> Kept | None:
        if not self.view.against:
            return None
        wanted = frozenset(self.view.against)
        codes, lists = list_codes(self.table["against"])
        shares: Kept = np.array([not wanted.isdisjoint(keys) for keys in lists], np.bool_)[codes]
        return shares

    def _place(self) -> Kept | None:
        provinces = self._among("province", self.view.provinces)
        districts = self._among("district", self.view.districts)
        if provinces is None or districts is None:
            return districts if provinces is None else provinces
        return provinces & districts

    def _deaths(self) -> Kept | None:
        wanted = self.view.deaths
        if wanted is None:
            return None
        unstated = ("", "not_stated")
        stated: Kept = CodedColumn.of(self.table["killed_basis"]).each(
            lambda word: word not in unstated, np.bool_
        )
        if isinstance(wanted, str):
            return stated if wanted == "stated" else ~stated
        ends = (self.table[f"killed_{end}"] for end in ("low", "best", "high"))
        kept: Kept = stated & (pc.fill_null(pc.coalesce(*ends), -1).to_numpy() >= wanted)
        return kept

    def _text(self) -> Kept | None:
        wanted = words(self.view.text)
        if not wanted:
            return None
        layers = EventLayers.of(self.table)
        names = _names(layers.groups, self.workspace)
        columns = [(fold_all(names), layers.number)]
        for name in _SEARCHED:
            column = CodedColumn.of(self.table[name])
            columns.append((fold_all(column.texts), column.codes.astype(np.int64)))
        kept = np.ones(self.rows, np.bool_)
        for word in wanted:
            hit = np.zeros(self.rows, np.bool_)
            for texts, codes in columns:
                has = np.array([word in text for text in texts], np.bool_)
                hit |= has[codes] if has.size else False
            kept &= hit
        return kept


def _days(column: Any) -> Any:
    return column.cast(pa.int32())


def _names(combinations: Iterable[tuple[str, ...]], workspace: Workspace) -> list[str]:
    """The names of the groups of each combination, as a reader would type them."""
    groups, registry = workspace.reading.dossier.groups, registry_of(workspace)

    def name(key: str) -> str:
        return f"{groups[key].short} {groups[key].name}" if key in groups else registry.label(key)

    return [" ".join(map(name, keys)) for keys in combinations]
