"""A change to a dossier alters the lines it concerns and no others, and loses nothing."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from dossiers import GROUPS, SOURCE, claim, dossier_bytes, incident
from hypothesis import given, settings
from hypothesis import strategies as st
from recording import SHARE
from yaml_layouts import laid_out

from geo.dossier.editing import Edit, applied, new_errors
from geo.dossier.entries import LISTS, SECTIONS, Entries, Section, digest_of_entry
from geo.dossier.intake import read_dossier
from geo.dossier.saving import save_edit
from geo.dossier.yaml_rewriting import same
from geo.errors import ConflictError, EditError

ME = "A. Analyst"
ROOT = Path(__file__).resolve().parent.parent
DOSSIER = (ROOT / "data" / "incidents.yaml").read_bytes()
LAYOUTS = {
    "as it is": DOSSIER,
    "of Windows": DOSSIER.replace(b"\n", b"\r\n"),
    "with a mark": b"\xef\xbb\xbf" + DOSSIER,
    "not ended": DOSSIER.rstrip(b"\n"),
}
WORDS = [
    "پنجشیر", "د طالبانو برید", "at least 20: no more", "a # b", "- a", "yes", "2022",
    "1e3", "null", "~", "it's", '"so"', "a" * 150, "word " * 60 + "end", "tab\there",
    "two\nlines", " spaced ", "", "[x]", "{a: 1}", "*a", "&b", "!c", "%d", "@e", "`f`", "> g",
    "| h", "? i", ": j", "a:", "= k", "2022-05-24", "[..2024]", "../2024", "\u200f\u202b",
    "\ufeff", "\x85", "\u2028", "e\u0301", "#",
]  # fmt: skip
TEXTS = st.sampled_from(WORDS) | st.text(max_size=200)
LEAVES = TEXTS | st.integers(-(10**6), 10**6) | st.booleans() | st.floats(-1e4, 1e4, width=16)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["low", "best", "said", "odd: key", "x"]), inner, max_size=4
        )
    ),
    max_leaves=6,
)


def entries(data: bytes) -> Iterator[tuple[Section, str]]:
    held = Entries.of(data)
    for section in SECTIONS:
        for key in held.keys(section):
            yield section, key


EVERY = list(entries(DOSSIER))


def altered(before: bytes, after: bytes) -> tuple[list[bytes], list[bytes]]:
    """The lines that went and those that came."""
    was, now = before.splitlines(keepends=True), after.splitlines(keepends=True)
    gone: list[bytes] = []
    came: list[bytes] = []
    for how, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if how != "equal":
            gone += was[a:b]
            came += now[c:d]
    return gone, came


def lines_of(data: bytes, section: Section, key: str, name: str) -> set[bytes]:
    """The lines of one field of the real dossier, which are those further right than its key."""
    rows = data.splitlines(keepends=True)
    begin = {row.rstrip(): at for at, row in enumerate(rows)}
    head = f"  - id: {key}" if section in LISTS else f"  {key}:"
    here = range(begin[head.encode()] + 1, len(rows))
    ends = [at for at in here if rows[at].strip() and not rows[at].startswith(b"    ")]
    found: set[bytes] = set()
    inside = False
    for at in range(here.start, min(ends, default=len(rows))):
        if rows[at].startswith(b"    ") and rows[at][4:5].strip():
            inside = rows[at].startswith(f"    {name}:".encode())
        if inside:
            found.add(rows[at])
    # Without a last line break, the line before one that is added gets its own.
    return found | ({rows[-1]} if not rows[-1].endswith(b"\n") else set())


def comments(data: bytes) -> list[bytes]:
    return [line.strip() for line in data.splitlines() if line.strip().startswith(b"#")]


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_entry_saved_unchanged_leaves_the_file_byte_for_byte(layout: str) -> None:
    data = LAYOUTS[layout]
    assert len(EVERY) > 28
    for section, key in EVERY:
        entry = Entries.of(data).entry(section, key)
        assert entry is not None
        change = Edit.to(data, section, key, entry, by=ME)
        assert not change.new
        assert applied(data, change, check=False) == data


@pytest.mark.slow
@settings(max_examples=round(15 + 1_000 * SHARE), deadline=None)
@given(st.data())
def test_a_field_changed_in_the_real_dossier_alters_no_line_of_another_field(
    data: st.DataObject,
) -> None:
    before = LAYOUTS[data.draw(st.sampled_from(list(LAYOUTS)))]
    section, key = data.draw(st.sampled_from(EVERY))
    entry = Entries.of(before).entry(section, key) or {}
    name = data.draw(st.sampled_from([one for one in entry if one != "id"] + ["note", "when"]))
    value = data.draw(VALUES)
    change = Edit.to(before, section, key, {name: value}, by=ME)
    after = applied(before, change, check=False)
    found = Entries.of(after)
    assert same(found.entry(section, key), entry | {name: value})
    for other in EVERY:
        if other != (section, key):
            assert same(found.entry(*other), Entries.of(before).entry(*other))
    gone, came = altered(before, after)
    assert set(gone) <= lines_of(before, section, key, name)
    assert after.startswith(b"\xef\xbb\xbf") == before.startswith(b"\xef\xbb\xbf")
    assert (b"\r\n" in after) == (b"\r\n" in before)
    if not isinstance(entry.get(name), dict | list):
        assert comments(before) == [one for one in comments(after) if one in comments(before)]
    # A change and its undoing leave every line that neither concerned.
    back = applied(after, change.undone(after, by=ME), check=False)
    assert same(Entries.of(back).entry(section, key), entry)
    assert comments(back) == comments(after) or came


@pytest.mark.slow
@settings(max_examples=round(80 + 5_000 * SHARE), deadline=None)
@given(st.integers(0, 2**32), st.data())
def test_whatever_the_layout_comments_and_other_fields_stay(seed: int, data: st.DataObject) -> None:
    rng = random.Random(seed)  # noqa: S311 - a layout, not a secret
    records = [
        {"id": f"rec-{at}", "title": rng.choice(WORDS), "by": ["nrf", "aff"], "killed": {"low": at},
         "where": [{"place": "Kabul", "kind": "settlement"}, {"place": rng.choice(WORDS)}],
         "when": "2022-05", "note": rng.choice(WORDS)}
        for at in range(3)
    ]  # fmt: skip
    laid = laid_out(
        {"title": "T", "sources": {"a": SOURCE, "b": SOURCE}, "incidents": records}, rng
    )
    before = laid.text.encode()
    at = data.draw(st.integers(0, 2))
    name = data.draw(st.sampled_from(["title", "by", "killed", "where", "when", "note", "said"]))
    value = data.draw(st.none() | VALUES)
    change = Edit.to(before, "incidents", f"rec-{at}", {name: value}, by=ME)
    after = applied(before, change, check=False)
    wanted = {one: each for one, each in {**records[at], name: value}.items() if each is not None}
    found = Entries.of(after)
    assert same(found.entry("incidents", f"rec-{at}"), wanted)
    for other in {0, 1, 2} - {at}:
        assert same(found.entry("incidents", f"rec-{other}"), records[other])
    for path, comment in laid.comments:
        if path[:3] != ("incidents", at, name):
            assert comment in after.decode(), (path, comment)


def test_entries_are_added_copied_and_taken_back_where_their_like_stand() -> None:
    made = Edit.creating("incidents", incident(id="new-one", claims=[claim()]), by=ME)
    after = applied(DOSSIER, made, check=False)
    gone, came = altered(DOSSIER, after)
    assert gone == []
    assert came[:2] == [b"\n", b"  - id: new-one\n"] or came[0] == b"  - id: new-one\n"
    assert applied(after, made.undone(after, by=ME), check=False) == DOSSIER
    copy = Edit.duplicating(after, "incidents", "new-one", "another-one", by=ME)
    twice = applied(after, copy, check=False)
    assert Entries.of(twice).keys("incidents")[-2:] == ["new-one", "another-one"]
    source = Edit.creating("sources", {"id": "a-report", **SOURCE}, by=ME)
    with_source = applied(DOSSIER, source)
    assert altered(DOSSIER, with_source)[0] == []
    assert read_dossier(with_source).dossier.sources["a-report"].title == SOURCE["title"]


def test_a_section_that_is_not_there_or_empty_gets_its_first_entry() -> None:
    made = Edit.creating("incidents", incident(id="first-one"), by=ME)
    for end in (b"", b"incidents: []\n", b"incidents:\n", b"incidents: [] # none yet\n"):
        data = b"# The dossier.\ntitle: T  # of it\n" + end
        after = applied(data, made, check=False)
        assert Entries.of(after).keys("incidents") == ["first-one"]
        assert after.startswith(b"# The dossier.\ntitle: T  # of it\n")
        assert b"none yet" in after or b"none yet" not in data


def test_a_withdrawn_record_keeps_its_id_and_says_why() -> None:
    key = "panjshir-stronghold-overrun-2021"
    change = Edit.withdrawing(DOSSIER, "incidents", key, "The article was taken back.", by=ME)
    reading = read_dossier(applied(DOSSIER, change))
    (record,) = [one for one in reading.dossier.records if one.id == key]
    assert record.withdrawn_because == "The article was taken back."
    assert len(reading.dossier.records) == 28
    with pytest.raises(EditError, match="say why"):
        Edit.withdrawing(DOSSIER, "incidents", key, "  ", by=ME)


def test_a_change_from_an_earlier_state_is_refused_and_nothing_is_overwritten() -> None:
    key = "panjshir-stronghold-overrun-2021"
    mine = Edit.to(DOSSIER, "incidents", key, {"note": "Mine."}, by=ME)
    theirs = Edit.to(DOSSIER, "incidents", key, {"title": "Theirs"}, by="B. Reader")
    after = applied(DOSSIER, theirs)
    with pytest.raises(ConflictError, match="has changed"):
        applied(after, mine)
    later = Edit.to(after, "incidents", key, {"title": "Later"}, by=ME)
    with pytest.raises(ConflictError, match="changed again since: title"):
        theirs.undone(applied(after, later), by=ME)


def test_a_change_that_is_not_valid_is_refused_with_every_problem() -> None:
    key = "panjshir-stronghold-overrun-2021"
    wrong = {"when": "yesterday", "by": ["nobody"], "event_type": "Fight"}
    with pytest.raises(EditError) as refused:
        applied(DOSSIER, Edit.to(DOSSIER, "incidents", key, wrong, by=ME))
    assert all(one in str(refused.value) for one in ("yesterday", "nobody", "Fight"))


def test_a_fault_of_another_entry_does_not_stop_a_change() -> None:
    torn = DOSSIER.replace(b"    when: 2022-07\n", b"    when: 2022-99\n", 1)
    assert read_dossier(torn).left_out == 1
    key = "panjshir-stronghold-overrun-2021"
    after = applied(torn, Edit.to(torn, "incidents", key, {"title": "Overrun"}, by=ME))
    assert read_dossier(after).left_out == 1
    assert altered(torn, after)[1] == [b"    title: Overrun\n"]


@pytest.mark.slow
def test_those_who_save_at_once_lose_nothing_of_each_other(tmp_path: Path) -> None:
    file = tmp_path / "incidents.yaml"
    file.write_bytes(dossier_bytes(*(incident(id=f"rec-{at}") for at in range(8)),
                                   sources={"report": SOURCE}, groups=GROUPS))  # fmt: skip
    start = file.read_bytes()

    def edit(at: int) -> None:
        for number in range(4):
            change = Edit.to(file.read_bytes(), "incidents", f"rec-{at}",
                               {"title": f"Title {number}"}, by=ME)  # fmt: skip
            save_edit(file, change)

    threads = [threading.Thread(target=edit, args=(at,)) for at in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    held = Entries.of(file.read_bytes())
    for at in range(8):
        entry: Any = held.entry("incidents", f"rec-{at}")
        assert entry["title"] == "Title 3"
        was: Any = Entries.of(start).entry("incidents", f"rec-{at}")
        assert digest_of_entry(entry) == digest_of_entry(
            was | {"title": "Title 3", "written_by": [ME]}
        )


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"\xff", "is not UTF-8"), (b"- a\n", "is not a dossier"), (b"a: 1\r\nb: 2\n", "mixes line"),
     (b"incidents: *a\n", "anchors"), (b"incidents:\n  - id: abc\n", "there is no entry")],
)  # fmt: skip
def test_a_file_that_cannot_be_changed_says_why(data: bytes, said: str) -> None:
    with pytest.raises(EditError, match=said):
        Edit.to(data, "incidents", "not-there", {"title": "T"}, by=ME)


def test_lists_carry_their_keys_and_mappings_do_not() -> None:
    assert {"incidents", "presence"} == LISTS
    entry = Entries.of(DOSSIER).entry("groups", "nrf")
    assert entry is not None
    assert entry["id"] == "nrf"


def test_an_error_that_another_entry_has_already_is_new_in_this_one() -> None:
    faulty = b"  - {id: an-attack, title: A}\n"
    before = b"title: T\nincidents:\n" + faulty
    after = before + faulty.replace(b"an-attack", b"a-raid")
    found = new_errors([read_dossier(before)], read_dossier(after))
    assert {one.record for one in found} == {"incident 'a-raid'"}
    assert new_errors([read_dossier(after)], read_dossier(before)) == ()
