"""An approval holds for what a record means: it goes with any change of it, and with no other."""

from __future__ import annotations

import random
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from dossiers import GROUPS, SOURCE, claim, dossier_bytes, incident, presence
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from recording import times
from yaml_layouts import laid_out

from geo.dossier.editing import Edit, applied
from geo.dossier.entries import Entries, Section
from geo.dossier.history import FieldEdit
from geo.dossier.intake import read_dossier
from geo.dossier.merging import merged
from geo.dossier.rebasing import FieldConflictError
from geo.dossier.records import Record
from geo.dossier.review import Review, approving, meaning_digest, review_of, taking_back
from geo.dossier.saving import read_history, save_edit
from geo.errors import ConflictError, EditError, Problem

ROOT = Path(__file__).resolve().parent.parent
AUTHOR, REVIEWER, OTHER = "A. Analyst", "B. Reviewer", "C. Third"
KEY = "an-attack"
STATEMENT = {"by": "nrf", "role": "acting_party", "says": "strength", "text": "Is strong.",
             "source": "report"}  # fmt: skip
RAW: dict[str, Any] = {
    "title": "T",
    "sources": {"report": SOURCE, "other": SOURCE},
    "groups": GROUPS,
    "statements": {"strong": STATEMENT},
    "incidents": [
        incident(
            note="A note", written_by=[AUTHOR],
            where=[{"place": "Kabul", "kind": "settlement"}, {"place": "Panjshir"}],
            claims=[claim(killed={"low": 8, "best": 8, "high": 8}, credibility=5),
                    claim(by="taliban", role="opposing_party", says="denial", date="2022-06"),
                    {"statement": "strong"}],
        ),
        incident(id="another-one"),
    ],
    "presence": [presence()],
}  # fmt: skip


reading_of = lru_cache(maxsize=64)(read_dossier)


def laid(value: dict[str, Any], rng: random.Random) -> bytes:
    """A random layout that the reader takes: entries of one section begin in one column."""
    for _ in range(100):
        data = laid_out(value, rng).text.encode()
        if not reading_of(data).errors:
            return data
    return reject()


def record_of(data: bytes, key: str = KEY) -> Record:
    (found,) = [one for one in reading_of(data).dossier.records if one.id == key]
    return found


def review(data: bytes, key: str = KEY) -> Review:
    return review_of(record_of(data, key), reading_of(data).dossier.sources)


def digest(data: bytes, key: str = KEY) -> str:
    return meaning_digest(record_of(data, key), reading_of(data).dossier.sources)


def changed(data: bytes, *, key: str = KEY, **fields: Any) -> bytes:
    return applied(data, Edit.to(data, "incidents", key, fields, by=AUTHOR), check=False)


def approved(data: bytes, by: str = REVIEWER) -> bytes:
    return applied(data, approving(data, "incidents", KEY, by=by))


@pytest.fixture(name="data")
def data_fixture() -> bytes:
    return laid(RAW, random.Random(1))  # noqa: S311 - a layout, not a secret


@pytest.fixture(name="file")
def file_fixture(tmp_path: Path, data: bytes) -> Path:
    file = tmp_path / "incidents.yaml"
    file.write_bytes(data)
    return file


# The states --------------------------------------------------------------------------------------


def test_a_record_is_unreviewed_then_approved_then_changed_since(data: bytes) -> None:
    assert review(data).state == "unreviewed"
    signed = approved(data)
    found = review(signed)
    assert (found.state, found.is_void, found.written_by) == ("approved", False, (AUTHOR,))
    assert found.approval is not None
    assert found.approval.by == REVIEWER
    later = review(changed(signed, note="Another note"))
    assert (later.state, later.is_void) == ("unreviewed", True)
    assert later.approval == found.approval
    assert review(changed(signed, withdrawn_because="Wrong")).state == "withdrawn"


@pytest.mark.parametrize(
    ("how", "fields", "name"),
    [
        ("nobody approves their own record", {}, " a.  ANALYST "),
        ("is a draft", {"draft": True}, REVIEWER),
        ("is withdrawn", {"withdrawn_because": "Wrong"}, REVIEWER),
        ("has an error", {"when": "soon"}, REVIEWER),
        ("has an error", {"claims": []}, REVIEWER),
        ("needs the name", {}, "  "),
    ],
)
def test_what_cannot_be_approved_is_refused(
    data: bytes, how: str, fields: dict[str, Any], name: str
) -> None:
    with pytest.raises(EditError, match=how):
        approving(changed(data, **fields), "incidents", KEY, by=name)


def test_an_approval_is_given_once_to_a_record_that_is_there(data: bytes) -> None:
    with pytest.raises(EditError, match=r"already approved by B\. Reviewer"):
        approved(approved(data), OTHER)
    with pytest.raises(EditError, match="no record 'none'"):
        approving(data, "incidents", "none", by=REVIEWER)
    with pytest.raises(EditError, match="only incidents and presence claims"):
        approving(data, "groups", "nrf", by=REVIEWER)
    unknown = Problem("place 'Kabol' is unknown", record=f"incident {KEY!r}")
    with pytest.raises(EditError, match="Kabol"):
        approving(data, "incidents", KEY, by=REVIEWER, problems=[unknown])
    other = Problem("place 'Kabol' is unknown", record="incident 'another-one'")
    assert approving(data, "incidents", KEY, by=REVIEWER, problems=[other]).new
    held = approving(data, "presence", "a-presence", by=REVIEWER)
    assert review(applied(data, held), "a-presence").state == "approved"


def test_an_approval_is_taken_back_and_only_one_that_is_there(data: bytes) -> None:
    signed = approved(data)
    back = taking_back(signed, "incidents", KEY, by=OTHER)
    assert applied(signed, back) == data
    with pytest.raises(EditError, match="carries no approval"):
        taking_back(data, "incidents", KEY, by=OTHER)


def test_an_approval_in_a_file_by_one_of_its_authors_does_not_count(data: bytes) -> None:
    signed = changed(approved(data), written_by=[AUTHOR, "b. reviewer"])
    assert (review(signed).state, review(signed).is_void) == ("unreviewed", True)


def test_faulty_review_fields_are_explained() -> None:
    given = {"by": REVIEWER, "at": "2026-05-03", "digest": "0" * 64}
    reading = read_dossier(dossier_bytes(incident(approved=given, draft="yes")))
    said = "\n".join(map(str, reading.problems))
    assert "is not a time with its time zone, such as 2026-05-03T14:05:00Z" in said
    assert "draft is 'yes', expected true or false" in said
    given |= {"at": "2026-05-03T14:05:00+04:30", "digest": "short"}
    assert "digest 'short' is not valid" in str(
        read_dossier(dossier_bytes(incident(approved=given))).problems[0]
    )


# Meaning and layout ------------------------------------------------------------------------------


def test_a_default_left_out_or_given_and_a_number_in_either_form_mean_the_same(data: bytes) -> None:
    raw = record_of(data)
    same = [
        one | {"credibility": 6} if "statement" not in one else one
        for one in RAW["incidents"][0]["claims"]
    ]
    first = same[0] | {"killed": 8, "credibility": 5, "via": None}
    given = {name: one for name, one in first.items() if one is not None}
    other = changed(data, claims=[given, *same[1:]], when="2022-05 ")
    assert digest(other) == digest(data)
    assert digest(changed(data, draft=False)) == digest(data)
    assert raw.approved is None


def meanings() -> dict[str, dict[str, Any]]:
    """One change of meaning for each field of an incident, of a claim and of a place."""
    record: dict[str, Any] = RAW["incidents"][0]
    first, second, third = record["claims"]
    where = record["where"]
    return {
        "title": {"title": "A raid"}, "by": {"by": ["nrf", "taliban"]},
        "against": {"against": ["civilians"]}, "when": {"when": "2022-05~"},
        "year": {"when": "2022"}, "when_said": {"when_said": "in May"}, "note": {"note": None},
        "groups_said": {"groups_said": "fighters"}, "event_type": {"event_type": "Battles"},
        "sub_event_type": {"sub_event_type": "x"},
        "status": {"status": "disputed", "status_because": "x"},
        "withdrawn_because": {"withdrawn_because": "Wrong"},
        "place": {"where": [where[0] | {"place": "Herat"}, where[1]]},
        "kind": {"where": [{"place": "Kabul"}, where[1]]}, "fewer places": {"where": where[:1]},
        "order of places": {"where": where[::-1]},
        "point": {"where": [where[0] | {"lat": 34.5, "lon": 69.2, "basis": "coarsened"}, where[1]]},
        "figure": {"claims": [first | {"killed": 9}, second, third]},
        "range": {"claims": [first | {"killed": {"low": 8}}, second, third]},
        "not stated is not zero": {"claims": [first | {"injured": 0}, second, third]},
        "credibility": {"claims": [first | {"credibility": 4}, second, third]},
        "text": {"claims": [first | {"text": "No."}, second, third]},
        "date of a claim": {"claims": [first, second | {"date": "2022-07"}, third]},
        "source": {"claims": [first | {"source": "other"}, second, third]},
        "no statement": {"claims": [first, second]},
        "role in the statement": {"claims": [first, second, third | {"role": "state"}]},
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("how", list(meanings()))
def test_every_change_of_meaning_voids_an_approval(data: bytes, how: str) -> None:
    later = changed(approved(data), **meanings()[how])
    assert not reading_of(later).errors
    assert review(later).is_void
    assert review(later).state != "approved"


def test_a_general_statement_and_the_grade_of_a_source_are_part_of_what_was_approved(
    data: bytes,
) -> None:
    signed = approved(data)
    parts: list[tuple[Section, str, dict[str, Any]]] = [
        ("statements", "strong", {"text": "Is weak."}),
        ("sources", "report", {"reliability": "B"}),
        ("sources", "report", {"independent_group": "one"}),
        ("sources", "report", {"published": "2023"}),
    ]
    for section, key, fields in parts:
        later = applied(signed, Edit.to(signed, section, key, fields, by=OTHER))
        assert review(later).is_void, fields
    for section, key, fields in [
        ("sources", "report", {"note": "A note"}), ("sources", "other", {"reliability": "B"}),
        ("groups", "nrf", {"note": "A note"}),
    ]:  # fmt: skip
        later = applied(signed, Edit.to(signed, section, key, fields, by=OTHER))  # type: ignore[arg-type] # sections
        assert review(later).state == "approved", fields
    assert review(changed(signed, key="another-one", title="Another")).state == "approved"


@pytest.mark.slow
@settings(max_examples=times(40, 5_000), deadline=None)
@given(st.integers(0, 2**32))
def test_an_approval_survives_every_layout(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - a layout, not a secret
    signed = approved(laid(RAW, rng))
    value = Entries.of(signed).yaml.value
    again = laid(shuffled(value, rng), rng).decode()
    for data in (signed, again.encode(), again.replace("\n", "\r\n").encode(),
                 b"\xef\xbb\xbf" + again.encode()):  # fmt: skip
        assert review(data).state == "approved"


def shuffled(value: Any, rng: random.Random) -> Any:
    """The same, with the fields of every mapping in another order."""
    if isinstance(value, dict):
        return {name: shuffled(value[name], rng) for name in rng.sample(list(value), len(value))}
    return [shuffled(one, rng) for one in value] if isinstance(value, list) else value


# Merging -----------------------------------------------------------------------------------------


def a_copy(rng: random.Random, base: bytes, who: str) -> bytes:
    """What somebody makes of a dossier: changes of meaning and of layout, approvals taken back."""
    data = base
    for _ in range(rng.randint(1, 3)):
        way = rng.random()
        if way < 0.35:
            name = rng.choice(["note", "groups_said", "when_said", "sub_event_type"])
            names = [*(record_of(data).written_by if review(data).state != "approved" else ()), who]
            data = changed(data, written_by=list(dict.fromkeys(names)),
                           **{name: f"{name} {who} {rng.randrange(3)}"})  # fmt: skip
        elif way < 0.5:
            data = changed(data, key="another-one", note=f"{who} {rng.random()}")
        elif way < 0.65:
            value = shuffled(Entries.of(data).yaml.value, rng)
            data = laid(value, rng)
        elif (
            way < 0.9 and review(data).state != "approved" and who not in record_of(data).written_by
        ):
            data = approved(data, who)
        elif record_of(data).approved is not None:
            data = applied(data, taking_back(data, "incidents", KEY, by=who))
    return data


@pytest.mark.slow
@settings(max_examples=times(60, 5_000), deadline=None)
@given(st.integers(0, 2**32))
def test_an_approval_survives_a_merge_only_with_the_meaning_that_was_approved(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - a history, not a secret
    base = laid(RAW, rng)
    base = approved(base) if rng.random() < 0.6 else base
    ours, theirs = a_copy(rng, base, OTHER), a_copy(rng, base, "D. Fourth")
    one, other = merged(base, ours, theirs, check=False), merged(base, theirs, ours, check=False)
    if reading_of(one.data).errors or reading_of(other.data).errors:
        return  # Entries that begin in two columns are not read: see `laid`.
    sides = [review(data) for data in (ours, theirs)]
    assert not [clash for clash in one.clashes if {*clash.path} & {"approved", "written_by"}]
    known = {side.approval for side in (review(base), *sides)}
    found = review(one.data)
    assert found.approval in known
    if found.state == "approved":
        assert any(
            digest(data) == digest(one.data) and review(data).approval == found.approval
            for data in (base, ours, theirs)
        )
    for data, mine in zip((ours, theirs), sides, strict=True):
        back = review(base).approval is not None and None in {side.approval for side in sides}
        if digest(data) == digest(one.data) and mine.state == "approved" and not back:
            assert found.state == "approved" or found.is_void == (
                found.approval is not None and found.approval.by in found.written_by
            )
    if not one.clashes:
        assert (found.state, found.approval) == (
            review(other.data).state,
            review(other.data).approval,
        )
        assert found.written_by == review(other.data).written_by
    before = set(record_of(base).written_by)
    if record_of(ours) != record_of(base) != record_of(theirs):
        both = {*record_of(ours).written_by, *record_of(theirs).written_by}
        assert set(found.written_by) == both | ({*found.written_by} & before)


def test_of_two_approvals_the_one_of_what_was_merged_counts(data: bytes) -> None:
    """One side corrected the record and had that approved, the other approved the old one later."""
    ours = changed(data, note="Corrected", written_by=[AUTHOR])
    ours, theirs = approved(ours, OTHER), approved(data, REVIEWER)
    later = dict(Entries.of(theirs).entry("incidents", KEY) or {})["approved"]
    theirs = changed(theirs, approved=later | {"at": "2099-01-01T00:00:00Z"})
    for sides in ((ours, theirs), (theirs, ours)):
        merge = merged(data, *sides)
        assert merge.clashes == ()
        found = review(merge.data)
        assert found.approval is not None
        assert (found.state, found.approval.by) == ("approved", OTHER)
    both = merged(data, changed(ours, when_said="in May"), theirs)
    assert (review(both.data).state, review(both.data).is_void) == ("unreviewed", True)
    back = applied(theirs, taking_back(theirs, "incidents", KEY, by=OTHER))
    assert review(merged(theirs, back, changed(theirs, note="x")).data).approval is None


def test_names_of_both_sides_are_united(data: bytes) -> None:
    ours = changed(data, note="Mine", written_by=[AUTHOR, "c. third"])
    theirs = changed(data, title="Hers", written_by=["D. Fourth", OTHER])
    merge = merged(data, ours, theirs)
    assert merge.clashes == ()
    assert record_of(merge.data).written_by == (AUTHOR, OTHER, "D. Fourth")


# Saving ------------------------------------------------------------------------------------------


def save(file: Path, by: str, **fields: Any) -> bytes:
    return save_edit(file, Edit.to(file.read_bytes(), "incidents", KEY, fields, by=by))


@pytest.mark.slow
def test_a_save_keeps_the_names_of_those_who_wrote_a_record(file: Path) -> None:
    assert record_of(save(file, OTHER, note="Another")).written_by == (AUTHOR, OTHER)
    assert record_of(save(file, "c. THIRD", note="A third")).written_by == (AUTHOR, OTHER)
    save_edit(file, approving(file.read_bytes(), "incidents", KEY, by=REVIEWER))
    assert record_of(file.read_bytes()).written_by == (AUTHOR, OTHER)
    # The first who changes an approved record begins the names anew, whoever it is.
    assert record_of(save(file, REVIEWER, note="Mine")).written_by == (REVIEWER,)
    assert record_of(save(file, OTHER, title="Theirs")).written_by == (REVIEWER, OTHER)
    with pytest.raises(EditError, match="nobody approves their own"):
        approving(file.read_bytes(), "incidents", KEY, by=REVIEWER)
    save_edit(file, approving(file.read_bytes(), "incidents", KEY, by=AUTHOR))
    made = Edit.creating("incidents", incident(id="new-one"), by=OTHER)
    assert record_of(save_edit(file, made), "new-one").written_by == (OTHER,)
    assert record_of(save(file, OTHER, draft=None)).written_by == (REVIEWER, OTHER)


def test_a_change_of_layout_alone_leaves_approval_and_names(file: Path) -> None:
    save_edit(file, approving(file.read_bytes(), "incidents", KEY, by=REVIEWER))
    save(file, REVIEWER, when="2022-05 ", draft=False)
    found = review(file.read_bytes())
    assert (found.state, found.written_by) == ("approved", (AUTHOR,))


def test_undoing_a_change_gives_back_approval_and_names(file: Path) -> None:
    save_edit(file, approving(file.read_bytes(), "incidents", KEY, by=REVIEWER))
    save(file, REVIEWER, note="Mine")
    last = read_history(file).lines[-1][1].edit
    assert last is not None
    save_edit(file, last.undone(file.read_bytes(), by=REVIEWER))
    found = review(file.read_bytes())
    assert (found.state, found.written_by) == ("approved", (AUTHOR,))
    # Undoing one's own change does not take away the name of somebody who edited another field.
    save(file, OTHER, note="Mine")
    mine = read_history(file).lines[-1][1].edit
    save(file, "D. Fourth", title="Hers")
    assert mine is not None
    save_edit(file, mine.undone(file.read_bytes(), by=OTHER))
    assert record_of(file.read_bytes()).written_by == (OTHER, "D. Fourth")


def test_nobody_takes_a_name_off_a_record(file: Path) -> None:
    with pytest.raises(EditError, match="the program keeps written_by itself"):
        save(file, AUTHOR, written_by=None)
    assert record_of(save(file, AUTHOR, note="x", written_by=[OTHER])).written_by == (AUTHOR,)
    assert record_of(save(file, OTHER, note="y", written_by=None)).written_by == (AUTHOR, OTHER)


def test_an_approval_of_what_has_changed_meanwhile_is_not_saved(file: Path) -> None:
    made = approving(file.read_bytes(), "incidents", KEY, by=REVIEWER)
    again = approving(file.read_bytes(), "incidents", KEY, by=OTHER)
    save(file, AUTHOR, note="Changed meanwhile")
    before = file.read_bytes()
    with pytest.raises(ConflictError, match="has changed since you looked at it"):
        save_edit(file, made)
    assert file.read_bytes() == before
    save_edit(file, approving(before, "incidents", KEY, by=REVIEWER))
    with pytest.raises(FieldConflictError):
        save_edit(file, again)


def test_nobody_gives_an_approval_in_the_name_of_another(file: Path) -> None:
    given = approving(file.read_bytes(), "incidents", KEY, by=REVIEWER).new["approved"]
    forged = Edit.to(file.read_bytes(), "incidents", KEY, {"approved": given}, by=AUTHOR)
    with pytest.raises(EditError, match=r"only B\. Reviewer can give this approval"):
        save_edit(file, forged)
    own = Edit.to(
        file.read_bytes(), "incidents", KEY, {"approved": given | {"by": AUTHOR}}, by=AUTHOR
    )
    with pytest.raises(EditError, match="nobody approves their own"):
        save_edit(file, own)
    with_content = Edit.to(
        file.read_bytes(), "incidents", KEY, {"approved": given, "note": "x"}, by=REVIEWER
    )
    with pytest.raises(EditError, match="an edit of its own"):
        save_edit(file, with_content)
    save_edit(file, approving(file.read_bytes(), "incidents", KEY, by=REVIEWER))
    save_edit(file, taking_back(file.read_bytes(), "incidents", KEY, by=REVIEWER))
    back: FieldEdit = list(read_history(file).field_edits())[-1]
    with pytest.raises(EditError, match=r"only B\. Reviewer"):
        save_edit(file, back.restoring(file.read_bytes(), by=AUTHOR))
    copy = Edit.duplicating(file.read_bytes(), "incidents", KEY, "a-copy", by=OTHER)
    found = review(save_edit(file, copy), "a-copy")
    assert (found.state, found.approval, found.written_by) == (
        "unreviewed", None, (AUTHOR, OTHER),
    )  # fmt: skip
