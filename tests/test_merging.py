"""Two dossiers edited apart become one: no edit and no comment is lost, every clash is shown."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import lru_cache
from itertools import permutations, product
from pathlib import Path
from typing import Any, Literal

import pytest
from dossiers import GROUPS, SOURCE, claim, dossier_bytes, incident
from hypothesis import given, settings
from hypothesis import strategies as st
from recording import times
from yaml_layouts import laid_out

from geo.dossier.editing import Edit, applied
from geo.dossier.entries import LISTS, SECTIONS, Entries, Section
from geo.dossier.intake import read_dossier
from geo.dossier.merged_values import identity_text
from geo.dossier.merging import Merge, merged
from geo.dossier.yaml_nodes import comments_of
from geo.dossier.yaml_rewriting import same
from geo.errors import EditError

LONGEST = 4 * 3600
"""Seconds: a long run tries 5,000 histories at one or two seconds each, on a busy computer."""

ME = "A. Analyst"
ROOT = Path(__file__).resolve().parent.parent
DOSSIER = (ROOT / "data" / "incidents.yaml").read_bytes()
KEY = "panjshir-stronghold-overrun-2021"
LAYOUTS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda data: data,
    "of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "with a mark": lambda data: b"\xef\xbb\xbf" + data,
    "not ended": lambda data: data.rstrip(b"\n"),
}
TEXTS = [
    "پنجشیر", "د طالبانو برید", "at least 20: no more", "a # b", "two\nlines", "word " * 40 + "end",
    "it's", "yes",
]  # fmt: skip
FIELDS = ["title", "note", "when_said", "by", "against", "where", "claims", "killed"]


def change(data: bytes, section: Section, key: str, **fields: Any) -> bytes:
    return applied(data, Edit.to(data, section, key, fields, by=ME), check=False)


def add(data: bytes, key: str, **fields: Any) -> bytes:
    made = Edit.creating("incidents", incident(id=key, **fields), by=ME)
    return applied(data, made, check=False)


def remove(data: bytes, section: Section, key: str) -> bytes:
    return Entries.of(data).with_entry(section, key, None).data()


@lru_cache(maxsize=32)
def meaning(data: bytes) -> dict[str, Any]:
    value = Entries.of(data).yaml.value
    return {name: one for name, one in value.items() if one or name not in SECTIONS}


def unordered(value: Any) -> Any:
    """A value in which lists of the same elements are equal."""
    if isinstance(value, list):
        return sorted(map(unordered, value), key=identity_text)
    if isinstance(value, dict):
        return {name: unordered(one) for name, one in value.items()}
    return value


@lru_cache(maxsize=32)
def comments(data: bytes) -> frozenset[str]:
    return frozenset(comments_of(Entries.of(data).text))


def order(data: bytes) -> list[list[str]]:
    held = Entries.of(data)
    return [held.keys(section) for section in SECTIONS]


# Histories -----------------------------------------------------------------------------------


def generated(rng: random.Random) -> bytes:
    """A dossier in a layout of its own, with comments anywhere."""
    records = [
        {"id": f"rec-{at}", "title": rng.choice(TEXTS), "by": ["nrf", "aff"],
         "where": [{"place": "Kabul", "kind": "settlement"}, {"place": "Panjshir"}],
         "when": "2022-05", "killed": {"low": at, "said": rng.choice(TEXTS)},
         "claims": [claim(text=rng.choice(TEXTS)), claim(by="taliban", says="denial")]}
        for at in range(3)
    ]  # fmt: skip
    sources = {"report": SOURCE, "other": SOURCE}
    value = {"title": "T", "note": rng.choice(TEXTS), "sources": sources, "groups": GROUPS,
             "incidents": records}  # fmt: skip
    return laid_out(value, rng).text.encode()


def a_value(rng: random.Random, field: str, now: Any, mark: str) -> Any:
    """Another value for a field, recognisable as that of one side."""
    text = f"{rng.choice(TEXTS)} {mark}{rng.randrange(1000)}"
    if field in {"by", "against"}:
        return [*(now or []), f"{mark}-{rng.randrange(9)}"]
    if field == "where":
        kept = [one for one in now or [] if rng.random() < 0.8]
        return [*kept, {"place": text}]
    if field == "claims":
        kept = [dict(one) for one in now or []]
        if kept and rng.random() < 0.6 and "statement" not in kept[at := rng.randrange(len(kept))]:
            kept[at]["text"] = text
            return kept
        return [*kept, claim(by=f"{mark} {rng.randrange(99)}", text=text)]
    if field == "killed":
        return {"low": rng.randrange(50), "said": text}
    return text if field == "title" or rng.random() < 0.8 else None


def an_edit(rng: random.Random, data: bytes, mark: str) -> bytes:
    """One random edit, by the program or in an editor."""
    held = Entries.of(data)
    keys = held.keys("incidents")
    how = rng.random()
    if how < 0.12:
        return add(data, f"new-{mark}-{rng.randrange(10**6)}")
    if how < 0.17 and len(keys) > 1:
        return remove(data, "incidents", rng.choice(keys))
    if how < 0.3:
        return commented(rng, data, mark)
    if how < 0.45:
        section = rng.choice([one for one in SECTIONS if held.keys(one) and one not in LISTS])
        return change(data, section, rng.choice(held.keys(section)), note=f"{mark} {rng.random()}")
    key, field = rng.choice(keys), rng.choice(FIELDS)
    entry: Any = held.entry("incidents", key)
    return change(data, "incidents", key, **{field: a_value(rng, field, entry.get(field), mark)})


def commented(rng: random.Random, data: bytes, mark: str) -> bytes:
    """A comment more, above or behind a line, where it is one."""
    end = b"\r\n" if b"\r\n" in data else b"\n"
    rows = data.split(end)
    at = rng.randrange(1, len(rows))
    comment = f"# {mark}{rng.randrange(10**6)} ی".encode()
    indent = rows[at][: len(rows[at]) - len(rows[at].lstrip(b" "))]
    if rng.random() < 0.5:
        rows.insert(at, indent + comment)
    else:
        rows[at] += b"  " + comment
    after = end.join(rows)
    try:
        sound = same(meaning(after), meaning(data)) and comment.decode() in comments(after)
    except EditError:
        return data
    return after if sound else data


def history(rng: random.Random, data: bytes, mark: str) -> bytes:
    for _ in range(rng.randint(1, 4)):
        data = an_edit(rng, data, mark)
    return data


def leaves(value: Any) -> dict[tuple[str, ...], Any]:
    """The fields of all entries, by section, key and name."""
    found = {}
    for section, held in value.items():
        if section not in SECTIONS:
            found[(section,)] = held
            continue
        pairs = [(one["id"], one) for one in held] if section in LISTS else held.items()
        for key, entry in pairs:
            found[(section, key)] = True
            found |= {(section, key, name): one for name, one in entry.items()}
    return found


def check_nothing_lost(base: bytes, ours: bytes, theirs: bytes, merge: Merge) -> None:
    was, mine, other, now = (leaves(meaning(one)) for one in (base, ours, theirs, merge.data))
    clashing = {(one.section, one.key) for one in merge.clashes}
    for path in was | mine | other:
        values = [one.get(path) for one in (was, mine, other)]
        if path[:2] in clashing or same(values[1], values[2]):
            continue
        if same(values[0], values[2]):
            assert same(now.get(path), values[1]), path
        elif same(values[0], values[1]):
            assert same(now.get(path), values[2]), path
        elif isinstance(now[path], list):
            for side in values[1:]:
                for one in side:
                    assert one in now[path] or (values[0] and one in values[0])
        else:
            # Only a list can take in both sides; whatever else both changed has to be shown.
            pytest.fail(f"{path} clashes and is not shown")
    before, left, right, after = map(comments, (base, ours, theirs, merge.data))
    gone = (before - left) | (before - right)
    assert (left | right) - gone <= after


@pytest.mark.slow
@pytest.mark.timeout(LONGEST)
@settings(max_examples=times(20, 5_000), deadline=None)
@given(st.integers(0, 2**32))
def test_two_histories_merge_without_loss_and_in_either_order(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - a history, not a secret
    base = DOSSIER if rng.random() < 0.1 else generated(rng)
    base = LAYOUTS[rng.choice(list(LAYOUTS))](base)
    ours, theirs = history(rng, base, "ours"), history(rng, base, "theirs")
    merge, other = (merged(base, *both, check=False) for both in ((ours, theirs), (theirs, ours)))
    check_nothing_lost(base, ours, theirs, merge)
    assert len(merge.clashes) == len(other.clashes)
    if not merge.clashes:
        assert same(meaning(merge.data), meaning(other.data))
        assert order(merge.data) == order(other.data)
    else:
        marked = merged(base, ours, theirs, markers=True, check=False).data
        assert len(read_dossier(marked).problems) >= 1
        assert not read_dossier(marked).dossier.records
        one, two = resolved(marked, "ours"), resolved(marked, "theirs")
        assert same(unordered(meaning(two)), unordered(meaning(resolved(
            merged(base, theirs, ours, markers=True, check=False).data, "ours"))))  # fmt: skip
        assert one != two


def resolved(data: bytes, side: str) -> bytes:
    """A file with markers, after a person took one side everywhere."""
    rows, keep = [], True
    for row in data.splitlines(keepends=True):
        if row.startswith(b"<<<<<<< "):
            keep = side == "ours"
        elif row.rstrip() == b"=======":
            keep = side == "theirs"
        elif row.startswith(b">>>>>>> "):
            keep = True
        elif keep:
            rows.append(row)
    return b"".join(rows)


@pytest.mark.slow
@pytest.mark.timeout(LONGEST)
@settings(max_examples=times(6, 5_000), deadline=None)
@given(st.integers(0, 2**32))
def test_three_histories_merge_to_the_same_in_every_order(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - a history, not a secret
    base = generated(rng)
    copies = [history(rng, base, mark) for mark in ("one", "two", "three")]
    found = []
    for first, second, third in permutations(copies):
        whole = merged(base, first, second, check=False)
        last = merged(base, whole.data, third, check=False)
        if whole.clashes or last.clashes:
            return
        check_nothing_lost(base, whole.data, third, last)
        found.append(unordered(meaning(last.data)))
    assert all(same(one, found[0]) for one in found)


def test_both_adding_one_id_and_removing_what_the_other_changed_are_clashes() -> None:
    ours, theirs = add(DOSSIER, "a-new-one", title="Mine"), add(DOSSIER, "a-new-one", title="Hers")
    (clash,) = merged(DOSSIER, ours, theirs, check=False).clashes
    assert (
        str(clash) == "incident 'a-new-one', title: both added it; ours has 'Mine', theirs 'Hers'"
    )
    changed = change(DOSSIER, "incidents", KEY, title="Overrun")
    gone = remove(DOSSIER, "incidents", KEY)
    for one, other in ((changed, gone), (gone, changed)):
        merge = merged(DOSSIER, one, other, check=False)
        assert len(merge.clashes) == 1
        assert "removed it" in str(merge.clashes[0])
        assert Entries.of(merge.data).entry("incidents", KEY)["title"] == "Overrun"  # type: ignore[index] # it is there
        marked = merged(DOSSIER, one, other, markers=True, check=False).data
        assert same(meaning(resolved(marked, "ours")), meaning(one))
        assert same(meaning(resolved(marked, "theirs")), meaning(other))


def test_an_error_that_neither_side_had_is_reported() -> None:
    base = dossier_bytes(incident(), sources={"report": SOURCE, "other": SOURCE})
    ours = remove(base, "sources", "other")
    theirs = change(base, "incidents", "an-attack", claims=[claim(source="other")])
    assert not read_dossier(ours).problems
    assert not read_dossier(theirs).problems
    merge = merged(base, ours, theirs)
    assert not merge.clashes
    (problem,) = merge.problems
    assert "other" in problem.message


def test_a_point_and_a_figure_are_never_put_together_from_two_sides() -> None:
    where = {"place": "Kabul", "lat": 34.5, "lon": 69.2, "basis": "source_coordinates"}
    base = dossier_bytes(incident(where=[where], claims=[claim(killed={"low": 1, "high": 4})]))
    sides = [
        dossier_bytes(incident(where=[where | point], claims=[claim(killed=killed)]))
        for point, killed in (({"lat": 34.6}, {"low": 3, "high": 4}),
                              ({"lon": 69.3}, {"low": 1, "high": 9}))
    ]  # fmt: skip
    found = merged(base, *sides, check=False).clashes
    assert {one.path[-1] for one in found} == {"point", "killed"}


@pytest.mark.parametrize("lines", ["<<<<<<< ours\n", "=======\n", ">>>>>>> theirs\n"])
def test_a_marker_left_over_alone_is_explained_and_no_edit_is_made(lines: str) -> None:
    data = f"title: T\n{lines}".encode()
    (problem,) = read_dossier(data).problems
    assert (problem.line, "left over from a merge" in problem.message) == (2, True)
    with pytest.raises(EditError, match="line 2"):
        Entries.of(data)


def test_each_clash_is_decided_by_itself() -> None:
    base = b"""incidents:
- id: a
  title: A  # a remark
  note: N
- id: b
  title: B
- id: c
  title: C
"""
    ours = base.replace(b"title: A", b"title: A1").replace(b"note: N", b"note: N1").replace(
        b"- id: b\n  title: B\n", b""
    ).replace(b"title: C", b"title: C1")  # fmt: skip
    theirs = base.replace(b"title: A", b"title: A2").replace(b"note: N", b"note: N2").replace(
        b"title: B", b"title: B2"
    ).replace(b"- id: c\n  title: C\n", b"")  # fmt: skip
    places = [one.at for one in merged(base, ours, theirs, check=False).clashes]
    assert set(places) == {
        ("incidents", "a", "title"), ("incidents", "a", "note"), ("incidents", "b"),
        ("incidents", "c"),
    }  # fmt: skip
    sides: list[Literal["ours", "theirs"]] = ["ours", "theirs"]
    for chosen in product(sides, repeat=len(places)):
        decisions = dict(zip(places, chosen, strict=True))
        merge = merged(base, ours, theirs, check=False, decisions=decisions)
        assert [one.at for one in merge.clashes] == places
        entries = Entries.of(merge.data)
        first = entries.entry("incidents", "a") or {}
        for field in ("title", "note"):
            side = decisions["incidents", "a", field]
            assert first[field] == field[0].upper().replace("T", "A") + "12"[side == "theirs"]
        for key in "bc":
            given = {"b": {"ours": None, "theirs": "B2"}, "c": {"ours": "C1", "theirs": None}}
            held = entries.entry("incidents", key)
            assert (held and held["title"]) == given[key][decisions["incidents", key]]
        assert b"# a remark" in merge.data
