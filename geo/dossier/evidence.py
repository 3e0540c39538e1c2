"""What the claims of a record add up to: its status, its attribution and its figures.

All of it is derived, not written in the data: a status follows from who says what in which role,
so that it always agrees with the claims that it summarises. ``verified`` and ``refuted`` are the
exceptions; they need an editor's decision and a reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from geo.dossier.lineage import known_origins
from geo.dossier.records import (
    CONTESTING,
    DETAILS,
    PARTY_ROLES,
    Claim,
    Count,
    Dossier,
    Record,
    Reliability,
    Source,
    StatusKey,
)

Stance = Literal["asserts", "contests", "withdrawn"]
Attribution = Literal[
    "claimed_by_actor", "attributed_by_third_party", "claimed_and_attributed", "contested",
    "unattributed",
]  # fmt: skip
Basis = Literal["independent", "un", "claimed_by_party", "not_stated"]
Harm = Literal["killed", "injured", "killed_or_injured"]
Grade = tuple[Reliability, int]
Finding = tuple[tuple[str | int, ...], str]

_INDEPENDENT_VOICES: Final = 2
"""Independent sources that corroborate a record, and that credibility 1 ("confirmed by other
sources") needs: one source and one other."""
_BEST_CREDIBILITY_OF_A_PARTY: Final = 3
"""The best credibility ("possibly true") of a party's own claim that nobody else reports: a rule of
this program, see ``docs/explanation/verification.md``."""


@dataclass(frozen=True, slots=True)
class CasualtyFigures:
    """A number of people, who states it, and whether it is one total for several places.

    ``None`` means not stated, never zero; a total is never split among places.

    Parameters
    ----------
    low, best, high
        Numbers of people.
    basis
        Who gives the figures.
    scope
        Whether the figures are a total for several places, or for each place.
    said
        The figures as each claim states them, each wording once.
    of
        Which people the claims count, each once in the order of the claims: the key of a group, or
        words of the source; empty for a claim that does not say.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    basis: Basis = "not_stated"
    scope: Literal["total", "per place"] | None = None
    said: tuple[str, ...] = ()
    of: tuple[str, ...] = ()

    @property
    def stated(self) -> bool:
        """Whether any source gives a number."""
        return self.basis != "not_stated"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the claims of one record add up to, derived once and used everywhere.

    Parameters
    ----------
    record
        The record that the claims belong to.
    stances
        The stance of each claim, in the order of the claims.
    status, attribution, grades
        See :func:`status_of`, :func:`attribution_of` and :func:`grades_of`.
    killed, injured, killed_or_injured
        See :func:`figures_of`.

    Examples
    --------
    >>> from geo import open_workspace
    >>> evidence = open_workspace().located.evidence["shaba-base-attack-2022"]
    >>> evidence.status, evidence.figures("injured").stated
    ('claimed_only', False)
    """

    record: Record
    stances: tuple[Stance, ...]
    status: StatusKey
    attribution: Attribution
    grades: tuple[Grade, ...]
    killed: CasualtyFigures
    injured: CasualtyFigures
    killed_or_injured: CasualtyFigures

    @classmethod
    def of(cls, record: Record, sources: Mapping[str, Source]) -> Evidence:
        """Derive everything from the claims of a record and the sources of its dossier."""
        return cls(
            record,
            stances(record.claims),
            status_of(record, sources),
            attribution_of(record),
            grades_of(record, sources),
            figures_of(record, "killed"),
            figures_of(record, "injured"),
            figures_of(record, "killed_or_injured"),
        )

    @property
    def claims(self) -> tuple[tuple[Claim, Stance], ...]:
        """Each claim of the record with its stance, in order."""
        return tuple(zip(self.record.claims, self.stances, strict=True))

    def figures(self, harm: Harm) -> CasualtyFigures:
        """The figures of one kind of harm."""
        return {
            "killed": self.killed,
            "injured": self.injured,
            "killed_or_injured": self.killed_or_injured,
        }[harm]


def stances(claims: tuple[Claim, ...]) -> tuple[Stance, ...]:
    """The stance of each claim towards its record, in the order of the claims.

    A denial is *withdrawn* if the same speaker acknowledges the event further down the list; it
    remains in the record and on the card.

    Examples
    --------
    >>> said = {"by": "taliban", "role": "opposing_party", "text": "x", "source": "s1"}
    >>> denial = Claim(says="denial", **said)
    >>> stances((denial, Claim(says="acknowledgement", **said)))
    ('withdrawn', 'asserts')
    """
    admitted_at = {
        claim.by: place for place, claim in enumerate(claims) if claim.says == "acknowledgement"
    }
    return tuple(
        "asserts"
        if claim.says not in CONTESTING
        else "withdrawn"
        if admitted_at.get(claim.by, -1) > place
        else "contests"
        for place, claim in enumerate(claims)
    )


def status_of(record: Record, sources: Mapping[str, Source]) -> StatusKey:
    """The verification status of `record`, derived from its claims and their sources.

    Notes
    -----
    The rules are those of ``docs/explanation/verification.md``: *disputed* if a claim contests it;
    *corroborated* if two origins that are known and independent assert it, see
    :mod:`geo.dossier.lineage`; *reported* if a third party says so in its own voice; else
    *claimed_only*. A claim that only adds a figure, a
    place or a date does not assert that it happened.
    """
    if record.status is not None:
        return record.status
    standing = stances(record.claims)
    if "contests" in standing:
        return "disputed"
    others = [
        claim
        for claim, stance in zip(record.claims, standing, strict=True)
        if stance == "asserts" and claim.role not in PARTY_ROLES and claim.says not in DETAILS
    ]
    if len(known_origins(others, sources)) >= _INDEPENDENT_VOICES:
        return "corroborated"
    return "reported" if others else "claimed_only"


def attribution_of(record: Record) -> Attribution:
    """Who attributes the record to its groups: the group itself, third parties, or both."""
    if not record.groups:
        return "unattributed"
    standing = stances(record.claims)
    if "contests" in standing:
        return "contested"
    asserted = [
        claim
        for claim, stance in zip(record.claims, standing, strict=True)
        if stance == "asserts" and claim.says not in DETAILS
    ]
    own = any(claim.by in record.groups or claim.role == "acting_party" for claim in asserted)
    others = any(
        claim.by not in record.groups and claim.role != "acting_party" for claim in asserted
    )
    if own and others:
        return "claimed_and_attributed"
    return "claimed_by_actor" if own else "attributed_by_third_party"


def grades_of(record: Record, sources: Mapping[str, Source]) -> tuple[Grade, ...]:
    """Source reliability and information credibility of each claim that asserts the record.

    The two are never merged: a reliable source can pass on a doubtful claim.

    Returns
    -------
    tuple
        Pairs of A to F and 1 to 6, in the order of the claims.
    """
    return tuple(
        (sources[claim.source].reliability, claim.credibility)
        for claim, stance in zip(record.claims, stances(record.claims), strict=True)
        if stance == "asserts" and claim.source in sources
    )


def figures_of(record: Record, harm: Harm = "killed") -> CasualtyFigures:
    """The range of the figures that are claimed, with a best figure only where sources agree on it.

    Low is the lowest and high the highest figure that anyone states; one open end leaves that end
    open. The best figure is that of third parties; a party's figure is used only if nobody else
    gives one, and the basis then says so.
    """
    stated = [
        (claim, count)
        for claim, stance in zip(record.claims, stances(record.claims), strict=True)
        if stance == "asserts" and (count := getattr(claim, harm)) is not None
    ]
    if not stated:
        return CasualtyFigures()
    others = [pair for pair in stated if pair[0].role not in PARTY_ROLES]
    leading = others or stated
    best = {count.best for _, count in leading}
    return CasualtyFigures(
        low=_end([count for _, count in stated], "low"),
        best=best.pop() if len(best) == 1 else None,
        high=_end([count for _, count in stated], "high"),
        basis=_basis(others),
        scope=_scope(record, [claim for claim, _ in stated]),
        said=tuple(dict.fromkeys(say_count(count) for _, count in stated)),
        of=tuple(dict.fromkeys(claim.of or "" for claim, _ in stated)),
    )


def say_count(count: Count) -> str:
    """A figure in the words of its source, or else in as few words as possible.

    Examples
    --------
    >>> say_count(Count(low=20)), say_count(Count(low=3, high=5)), say_count(Count(best=0))
    ('at least 20', '3 to 5', '0')
    """
    if count.said is not None:
        return count.said
    low, best, high = count.low, count.best, count.high
    if low is not None and high is not None:
        return str(low) if low == high else f"{low} to {high}"
    if low is not None and best is None:
        return f"at least {low}"
    if high is not None and best is None:
        return f"at most {high}"
    return str(best)


def findings(record: Record, dossier: Dossier) -> Iterator[Finding]:
    """The coding rules that `record` breaks.

    The rules are those of ``docs/explanation/verification.md``.

    Yields
    ------
    tuple
        The path inside the record, and the sentence of the problem.
    """
    independent = len(known_origins(record.claims, dossier.sources))
    is_party_only = all(claim.role in PARTY_ROLES for claim in record.claims)
    for place, claim in enumerate(record.claims):
        yield from (
            (("claims", place, "credibility"), sentence)
            for sentence in _grading(claim, independent, is_party_only=is_party_only)
        )
        if sentence := _older_than_the_record(claim, record, dossier.sources):
            yield ("claims", place, "date" if claim.date else "says"), sentence
    if record.status == "verified" and not _may_be_verified(record, dossier.sources):
        yield (
            ("status",),
            "'verified' needs a claim of credibility 1 or 2 from a source rated A to C",
        )
    outside = (c for c in record.claims if c.role not in PARTY_ROLES and c.says not in DETAILS)
    if record.status == "claimed_only" and any(outside):
        yield (
            ("status",),
            "'claimed_only' does not apply: one of the claims is not made by a party",
        )


def _older_than_the_record(claim: Claim, record: Record, sources: Mapping[str, Source]) -> str:
    """Why `claim` cannot contest `record`: it was made before the record's earliest day; or "".

    A claim without a date has the date of its source, if that is exact.
    """
    source = sources.get(claim.source)
    made = claim.date or (source.published if source else None)
    begins = record.period.earliest
    if claim.says not in CONTESTING or made is None or made.latest is None or begins is None:
        return ""
    if made.latest >= begins or (claim.date is None and made.loose):
        return ""
    since = "" if claim.date else f", when its source {claim.source!r} was published,"
    return (
        f"the {claim.says} of {made.edtf}{since} is older than what it contests, which is dated "
        f"{record.period.edtf}; correct one of the dates, or move it to 'assessments' if it is a "
        "judgement about a group in general"
    )


def _grading(claim: Claim, independent: int, *, is_party_only: bool) -> Iterator[str]:
    if claim.credibility == 1 and independent < _INDEPENDENT_VOICES:
        yield "credibility 1 (confirmed) needs sources of two different independent_group"
    if is_party_only and claim.credibility < _BEST_CREDIBILITY_OF_A_PARTY:
        yield "a party's own claim cannot be rated better than 3 while nobody else reports it"


def _may_be_verified(record: Record, sources: Mapping[str, Source]) -> bool:
    return any(
        claim.credibility in {1, 2}
        and claim.source in sources
        and sources[claim.source].reliability in {"A", "B", "C"}
        for claim in record.claims
    )


def _end(counts: list[Count], side: Literal["low", "high"]) -> int | None:
    ends: list[int] = []
    for count in counts:
        end = getattr(count, side)
        if end is None and count.best is not None and count.low is None and count.high is None:
            end = count.best
        if end is None:
            return None
        ends.append(end)
    return min(ends) if side == "low" else max(ends)


def _basis(others: list[tuple[Claim, Count]]) -> Basis:
    if not others:
        return "claimed_by_party"
    return "un" if all(claim.role == "un" for claim, _ in others) else "independent"


def _scope(record: Record, claims: list[Claim]) -> Literal["total", "per place"] | None:
    if len(record.where) < 2:  # noqa: PLR2004 - one place has nothing to be split among
        return None
    return "per place" if all(claim.scope == "per place" for claim in claims) else "total"
