"""What changed between two versions: all of it, nothing else, and under the right name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from app_alerts import alerts
from browsing import ROOT, Tab
from dossiers import GROUPS, SOURCE, claim, copy_of_data, dossier_bytes, incident, presence
from dossiers import workspace as located
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner, Result

from geo.app import changes_page as page_room
from geo.changes.changes import Change, Changes, changes, only_changed
from geo.changes.comparing import FieldChange, direction
from geo.cli.main import app
from geo.dossier.yaml_lines import YamlLimits, read_yaml
from geo.errors import IntakeError
from geo.places.country import Country
from geo.places.locations import Location, locate
from geo.settings import FOLDER_VARIABLE
from geo.table.workspace import Workspace
from geo.view import View
from geo.webmap.document import document_html
from geo.workspace import located_workspace, read_country

FOLLOWING = {"status", "position", "standing"}
SOURCES = {"report": SOURCE, "other": SOURCE | {"title": "Another report"}}


def whole(**more: Any) -> dict[str, Any]:
    """An incident with every kind of field."""
    claims = [
        claim(via="X", date="2022-05-20", killed=8, of="taliban", scope="total"),
        claim(by="A paper", role="media", says="occurrence", text="It happened."),
    ]
    places = [{"place": "Panjshir Valley", "because": "Named."}, {"place": "Mazar-i-Sharif"}]
    stated = {"note": "A note.", "when_said": "in May", "groups_said": "the front"}
    return incident(claims=claims, where=places, **stated) | more


def found(country: Country, old: Any, new: Any, **more: Any) -> Changes:
    """The changes between two dossiers of one record each, or of several in a list."""
    old, new = (one if isinstance(one, list) else [one] for one in (old, new))
    settings = {"sources": SOURCES} | more
    return changes(located(country, *old, **settings), located(country, *new, **settings))


def only(changed: Changes) -> Change:
    (entry,) = changed.entries
    return entry


def names(entry: Change) -> list[str]:
    return [field.field for field in entry.fields]


def field(entry: Change, name: str) -> FieldChange:
    (one,) = [one for one in entry.fields if one.field == name]
    return one


# --- one field, and only that


lines = st.text("abc xyzäپ", min_size=1, max_size=20).filter(lambda text: text.strip() == text)
people = st.builds(
    lambda low, more: {"low": low, "high": low + more}, st.integers(0, 99), st.integers(0, 99)
)
days = st.dates().filter(lambda day: 1900 < day.year < 2025).map(str)
OWN: dict[str, st.SearchStrategy[Any]] = {
    "title": lines,
    "note": lines | st.none(),
    "groups_said": lines | st.none(),
    "when_said": lines | st.none(),
    "when": days,
    "by": st.sampled_from([["taliban"], ["nrf", "taliban"], []]),
    "against": st.sampled_from([["civilians"], ["nrf"], []]),
    "event_type": st.sampled_from(["Battles", "Riots"]),
    "sub_event_type": lines,
}
OF_A_CLAIM: dict[str, st.SearchStrategy[Any]] = {
    "by": lines,
    "role": st.sampled_from(["un", "witness", "opposing_party"]),
    "says": st.sampled_from(["denial", "casualties", "occurrence"]),
    "text": lines,
    "source": st.just("other"),
    "via": lines | st.none(),
    "date": days,
    "killed": people | st.none(),
    "injured": people,
    "of": lines,
    "scope": st.sampled_from(["per place", None]),
    "credibility": st.sampled_from([3, 4, 5]),
}
OF_A_PLACE: dict[str, st.SearchStrategy[Any]] = {
    "place": st.sampled_from(["Bazarak", "Kabul province", "Panjshir"]),
    "because": lines | st.none(),
    "kind": st.sampled_from(["province", "region"]),
    "means": st.sampled_from(["Baghlan", "Afghanistan"]),
}
ONE_FIELD = st.one_of(
    st.tuples(st.just(part), st.just(name), value)
    for part, table in (("", OWN), ("claims", OF_A_CLAIM), ("where", OF_A_PLACE))
    for name, value in table.items()
)


@pytest.mark.slow
@settings(deadline=None)
@given(change=ONE_FIELD, number=st.integers(0, 1))
def test_a_change_of_one_field_is_found_and_only_it(
    change: tuple[str, str, Any], number: int
) -> None:
    country = read_country(ROOT / "data")
    part, name, value = change
    record = whole()
    changed: dict[str, Any] = record[part][number] if part else record
    before = changed.get(name)
    changed[name] = value
    spectator = incident(id="unchanged")
    one = found(country, [whole(), spectator], [spectator, record])
    if before == value:
        assert one.entries == ()
        return
    entry = only(one)
    assert entry.id == "an-attack"
    assert [word for word in names(entry) if word not in FOLLOWING] == [name]
    assert all(each.old != each.new for each in entry.fields)
    back = only(found(country, [record, spectator], [whole(), spectator]))
    mirrored = {(each.field, each.new, each.old) for each in back.fields}
    assert {(each.field, each.old, each.new) for each in entry.fields} == mirrored


@pytest.mark.slow
@settings(deadline=None)
@given(data=st.data())
def test_order_is_no_change(data: st.DataObject) -> None:
    country = read_country(ROOT / "data")

    def shuffled(items: list[Any]) -> list[Any]:
        return data.draw(st.permutations(items))

    record = whole(by=["nrf", "taliban"])
    other = record | {name: shuffled(record[name]) for name in ("by", "where", "claims")}
    records = [incident(id="second"), presence(), incident(id="third", note="A note.")]
    groups = dict(shuffled(list(GROUPS.items())))
    old = located(country, record, *records, sources=SOURCES)
    new = located(country, *shuffled([other, *records]), sources=SOURCES, groups=groups)
    assert changes(old, new).entries == ()


def test_a_figure_with_the_same_wording_shows_its_new_number(country: Country) -> None:
    old, new = (incident(claims=[claim(killed={"low": n, "said": "many"})]) for n in (20, 25))
    one = field(only(found(country, old, new)), "killed")
    assert (one.old, one.new) == ("low 20 (“many”)", "low 25 (“many”)")
    assert one.part == "claim of NRF in report"


def test_a_group_and_a_name_that_look_alike_are_told_apart(country: Country) -> None:
    one = field(only(found(country, whole(), _said_by("NRF"))), "by")
    assert (one.old, one.new) == ("NRF [nrf]", "NRF [NRF]")


def _said_by(name: str) -> dict[str, Any]:
    record = whole()
    record["claims"][0]["by"] = name
    return record


# --- claims and places find their earlier selves


def test_a_claim_that_came_stands_with_speaker_source_and_all_it_says(country: Country) -> None:
    more = claim(by="UN report", role="un", says="casualties", text="Counted.", killed=3,
                 source="other")  # fmt: skip
    new = whole()
    new["claims"].insert(0, more)
    one = only(found(country, whole(), new))
    said = field(one, "claim")
    assert (said.part, said.old) == ("UN report in other", None)
    assert said.new == "gives figures: Counted. [role: United Nations; killed: 3]"
    assert only(found(country, new, whole())).fields[0].old == said.new


def test_of_two_claims_of_one_speaker_the_more_alike_belong_together(country: Country) -> None:
    first, second = claim(text="First.", via="X", killed=3), claim(text="Second.", via="TV")
    one = only(found(country, incident(claims=[first, second]),
                     incident(claims=[second | {"text": "Second, too."}])))  # fmt: skip
    assert names(one) == ["text", "claim"]
    assert one.fields[0].old == "Second."
    assert one.fields[1].new is None


def test_a_denial_that_is_moved_behind_the_admission_counts_again(country: Country) -> None:
    denial = claim(by="taliban", role="opposing_party", says="denial")
    admitted = denial | {"says": "acknowledgement"}
    one = only(found(country, incident(claims=[claim(), denial, admitted]),
                     incident(claims=[claim(), admitted, denial])))  # fmt: skip
    assert one.change == ("disputed", "corrected")
    assert names(one) == ["status", "standing"]


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ({"place": "Panjshir"}, {"place": "Bazarak"}, "finer"),
        ({"place": "Bazarak"}, {"place": "Panjshir"}, "coarser"),
        ({"place": "Panjshir"}, {"place": "Takhar"}, "elsewhere"),
        ({"place": "Bazarak"}, {"place": "Kabul", "kind": "province"}, "coarser and elsewhere"),
        ({"place": "Bazarak"}, {"place": "Bazarak", "near_m": 9000}, "coarser"),
        ({"place": "Panjshir"}, {"place": "Xq"}, "coarser"),
    ],
)
def test_a_place_that_moved_says_whether_it_became_finer(
    country: Country, old: dict[str, Any], new: dict[str, Any], note: str
) -> None:
    one = only(found(country, incident(where=[old]), incident(where=[new])))
    assert one.change == ("re-placed",)
    assert field(one, "position").note == note


def test_a_reason_for_a_place_does_not_move_it(country: Country) -> None:
    old, new = ([{"place": "Panjshir", "because": why}] for why in ("So it says.", "It says so."))
    assert only(found(country, incident(where=old), incident(where=new))).change == ("corrected",)


@pytest.mark.parametrize(("where", "note"), [([{"place": "Bazarak"}], "finer"), ([], "")])
def test_a_place_where_none_was_stated(country: Country, where: list[Any], note: str) -> None:
    one = found(country, incident(where=[]), incident(where=where))
    assert [each.note for entry in one.entries for each in entry.fields[:1]] == [note] * bool(where)


def test_one_place_more_leaves_the_others_alone(country: Country) -> None:
    old, new = ([{"place": name} for name in names] for names in (["Panjshir"], _TWO))
    one = only(found(country, incident(where=old), incident(where=new)))
    assert (names(one), one.change) == (["place"], ("re-placed",))
    assert one.fields[0].new == "Takhar: Takhar; province; in Takhar"


_TWO = ["Takhar", "Panjshir"]


def test_abroad_is_neither_finer_nor_coarser_than_abroad(country: Country) -> None:
    one, other = (locate(name, country) for name in ("Los Angeles", "New York"))
    assert isinstance(one, Location)
    assert direction(one, other) == "elsewhere"


# --- the ladder, and what stands beside it


def judged(status: str) -> dict[str, Any]:
    told = claim(by="A paper", role="media", says="occurrence", credibility=2)
    return incident(claims=[claim(), told], status=status, status_because="Seen on film.")


GRADED = {"report": SOURCE | {"reliability": "B"}, "other": SOURCE}


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [
        ("verified", "reported", "downgraded"),
        ("reported", "corroborated", "upgraded"),
        ("verified", "disputed", "disputed"),
        ("disputed", "verified", "no longer disputed"),
        ("disputed", "refuted", "refuted"),
        ("refuted", "reported", "no longer refuted"),
    ],
)
def test_a_status_that_moved_says_which_way(country: Country, old: str, new: str, way: str) -> None:
    one = only(found(country, judged(old), judged(new), sources=GRADED))
    assert (one.change, names(one)) == ((way,), ["status"])


def test_a_status_set_by_hand_to_what_it_was_is_a_correction(country: Country) -> None:
    derived = judged("reported")
    del derived["status"], derived["status_because"]
    one = only(found(country, derived, judged("reported"), sources=GRADED))
    assert one.change == ("corrected",)
    assert field(one, "status").new == "Reported by third parties (set by hand)"


def test_a_record_may_change_in_several_ways(country: Country) -> None:
    new = whole(title="Other", where=[{"place": "Bazarak"}], withdrawn_because="A mistake.")
    one = only(found(country, whole(), new))
    assert one.change == ("withdrawn", "re-placed", "corrected")
    assert field(one, "withdrawn_because").new == "A mistake."


def test_withdrawn_and_back_again(country: Country) -> None:
    gone, other = (whole(withdrawn_because=why) for why in ("A mistake.", "Another reason."))
    assert only(found(country, gone, whole())).change == ("restored",)
    assert only(found(country, gone, other)).change == ("corrected",)
    fresh = found(country, [], gone)
    assert only(fresh).change == ("added", "withdrawn")


# --- ids


def test_added_and_removed_list_every_field(country: Country) -> None:
    came, went = found(country, [], whole()), found(country, whole(), [])
    assert (only(came).change, only(went).change) == (("added",), ("removed",))
    assert [f.new for f in only(came).fields] == [f.old for f in only(went).fields]
    assert names(only(came)).count("claim") == names(only(came)).count("place") == 2


def test_an_id_that_alone_is_different_is_renamed(country: Country) -> None:
    one = only(found(country, whole(), whole(id="renamed")))
    assert (one.id, one.change) == ("renamed", ("renamed",))
    assert (one.fields[0].old, one.fields[0].new) == ("an-attack", "renamed")
    both = found(country, whole(), whole(id="renamed", note="Other."))
    assert [entry.change for entry in both.entries] == [("added",), ("removed",)]


def test_of_two_alike_one_renamed_and_one_gone(country: Country) -> None:
    one = found(country, [whole(), whole(id="twin")], [whole(id="renamed")])
    assert sorted(entry.change for entry in one.entries) == [("removed",), ("renamed",)]


def test_a_record_with_a_fault_is_not_said_to_be_removed(country: Country) -> None:
    broken = found(country, whole(), whole(titel="x"))
    assert only(broken).change == ("unreadable",)
    assert not broken.complete
    assert "not all of both versions could be read" in broken.say()
    assert only(found(country, whole(titel="x"), whole())).change == ("readable again",)


@pytest.mark.parametrize("data", [b"", b"- a list", b"\xff", b"a: [", b"x" * 10_000_001])
def test_a_file_of_which_nothing_can_be_read_is_refused(country: Country, data: bytes) -> None:
    read = located_workspace(country, data, "bad.yaml")
    good = located(country, whole(), sources=SOURCES)
    for pair in ((read, good), (good, read)):
        with pytest.raises(IntakeError, match=r"bad\.yaml"):
            changes(*pair)


# --- sources, groups, assessments


def test_sources_groups_assessments_and_the_heading_are_compared(country: Country) -> None:
    told = {"about": ["nrf"], "text": "Weak.", "by": "Many", "source": "report"}
    old = located(country, whole(), sources=SOURCES, assessments=[told])
    graded = SOURCES["report"] | {"reliability": "D"}
    new = located(
        country, whole(), sources=SOURCES | {"report": graded}, title="Renamed",
        groups=GROUPS | {"nrf": GROUPS["nrf"] | {"name": "The Front"}},
        assessments=[told | {"text": "Strong."}, told | {"about": ["taliban"]}],
    )  # fmt: skip
    one = changes(old, new)
    assert [(entry.kind, entry.id, entry.change) for entry in one.entries] == [
        ("source", "report", ("corrected",)),
        ("group", "nrf", ("corrected",)),
        ("assessment", "nrf", ("corrected",)),
        ("assessment", "taliban", ("added",)),
        ("dossier", "dossier", ("corrected",)),
    ]
    assert one.entries[0].fields[0].new == "D: not usually reliable"
    assert one.records == ()
    assert one.say().startswith("1 source: 1 corrected; 1 group: 1 corrected; 2 assessments")


# --- the real data


def edited(text: str, record: str, old: str, new: str) -> str:
    """The file with the first `old` after the beginning of a record put as `new`."""
    head, mark, rest = text.partition(f"- id: {record}\n")
    assert old in rest
    return head + mark + rest.replace(old, new, 1)


@pytest.fixture(scope="session")
def text(data_folder: Path) -> str:
    return (data_folder / "incidents.yaml").read_text(encoding="utf-8")


EDITS: list[tuple[str, str, str, tuple[str, ...], list[str]]] = [
    ("shaba-base-attack-2022", "killed: 8", "killed: 10", ("corrected",), ["killed"]),
    ("shaba-base-attack-2022", "when: 2022-05-01/2022-05-10", "when: 2022-05", ("corrected",),
     ["when"]),
    ("shaba-base-attack-2022", "place: Shaba base", "place: Bazarak", ("re-placed",),
     ["position", "place"]),
    ("mazar-kunduz-attacks-2022", "kind: settlement", "kind: province", ("re-placed",),
     ["position", "kind"]),
    ("massoud-assassination-2001", "where: []", "where: [{place: Takhar}]", ("re-placed",),
     ["position", "place"]),
    ("al-qaeda-panjshir-2024", "      - statement: taliban-deny-such-groups\n", "",
     ("no longer disputed", "corrected"), ["status", "claim"]),
    ("withdrawal-anniversary-2024", "role: media", "role: opposing_party", ("downgraded",
     "corrected"), ["status", "role"]),
    ("isis-cells-us-2024", "when: 2024-06\n", "when: 2024-06\n    withdrawn_because: A mistake.\n",
     ("withdrawn",), ["withdrawn_because"]),
    ("taliban-control-2021", "id: taliban-control-2021", "id: taliban-control", ("renamed",),
     ["id"]),
]  # fmt: skip


@pytest.mark.parametrize(("record", "old", "new", "ways", "fields"), EDITS)
def test_an_edit_of_the_data_is_listed(
    own: Workspace, text: str, record: str, old: str, new: str, ways: tuple[str, ...],
    fields: list[str],
) -> None:  # fmt: skip
    changed = text.replace(old, new, 1) if "id" in fields else edited(text, record, old, new)
    one = only(changes(own, located_workspace(own.country, changed.encode(), "new.yaml")))
    assert (one.change, names(one)) == (ways, fields)
    assert one.id == (record if "id" not in fields else "taliban-control")


def test_a_source_judged_anew_moves_the_records_that_rest_on_it(own: Workspace, text: str) -> None:
    apart = text
    for key in ("new-american-2022", "hudson-2024"):
        apart = apart.replace(f"  {key}:\n", f"  {key}:\n    independent_group: g-{key}\n", 1)
    one = changes(own, located_workspace(own.country, apart.encode(), "new.yaml"))
    moved = {entry.id for entry in one.of("upgraded")}
    assert moved >= {"panjshir-stronghold-overrun-2021", "massoud-assassination-2001"}
    assert {entry.id for entry in one.of("corrected")} == {"new-american-2022", "hudson-2024"}
    assert all(names(entry) == ["status"] for entry in one.records)


def test_formatting_comments_and_order_are_no_changes(own: Workspace, text: str) -> None:
    plain_ = read_yaml(text, YamlLimits(32, 2_000_000)).value
    for name in ("incidents", "presence", "assessments"):
        plain_[name] = plain_[name][::-1]
    data = json.dumps(plain_, default=str, sort_keys=True).encode()
    assert changes(own, located_workspace(own.country, data, "new.yaml")) == Changes(())


def test_the_map_of_the_changes_holds_the_changed_records_that_stand(
    own: Workspace, text: str
) -> None:
    changed = edited(text, "shaba-base-attack-2022", "killed: 8", "killed: 9")
    because = "id: zawahiri-drone-strike-2022\n    withdrawn_because: A mistake."
    changed = changed.replace("id: zawahiri-drone-strike-2022", because)
    changed = changed.replace("    killed: 10\n", "    killed: 11\n")
    new = located_workspace(own.country, changed.encode(), "new.yaml")
    kept_only = only_changed(new, changes(own, new))
    kept = ["shaba-base-attack-2022", "interior-ministry-attack-2024"]
    assert [record.id for record in kept_only.reading.dossier.records] == kept
    assert list(kept_only.located.table["record"]) == kept
    assert document_html(kept_only).startswith("<!doctype html>")


# --- the command


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["diff", *(str(one) for one in arguments)])


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def written(name: str, *records: dict[str, Any], **more: Any) -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_bytes(dossier_bytes(*records, **more))
        return path

    return written


def test_equal_files_end_with_0_and_different_ones_with_1(write: Callable[..., Path]) -> None:
    old, new = write("old", incident()), write("new", incident(title="Other"))
    same = run(old, old)
    assert (same.exit_code, same.stdout, same.stderr) == (0, "no changes\n", "")
    other = run(old, new)
    assert other.exit_code == 1
    assert other.stdout.splitlines()[0] == "1 record: 1 corrected"
    assert "- An attack" in other.stdout
    assert "+ Other" in other.stdout


def test_the_changes_as_json(write: Callable[..., Path]) -> None:
    old, new = write("old", incident()), write("new", incident(when="2022-06"))
    result = run(old, new, "--format", "json")
    assert result.exit_code == 1
    (entry,) = json.loads(result.stdout)
    (changed,) = entry.pop("fields")
    assert entry == {"id": "an-attack", "kind": "incident", "change": ["corrected"]}
    assert changed.items() >= {
        "field": "when", "old": "May 2022 (2022-05)", "new": "June 2022 (2022-06)",
    }.items()  # fmt: skip
    assert json.loads(run(old, old, "--format", "json").stdout) == []


def test_trouble_ends_with_2(write: Callable[..., Path], tmp_path: Path) -> None:
    good, partly = write("good", incident()), write("partly", incident(), incident(id="x"))
    broken = tmp_path / "broken.yaml"
    broken.write_text("- a list", encoding="utf-8")
    for arguments in ((good, tmp_path / "none.yaml"), (broken, good), (good,), (good, broken)):
        result = run(*arguments)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert "Traceback" not in result.output
    result = run(good, partly)
    assert result.exit_code == 2
    assert result.stdout == "no changes; not all of both versions could be read\n"
    assert "partly.yaml" in result.stderr


def test_text_of_the_data_is_printed_as_text(write: Callable[..., Path]) -> None:
    hostile = SOURCE | {"title": "[red]A[/red] {{ 7*7 }}"}
    result = run(write("old", incident()), write("new", incident(), sources={"report": hostile}))
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert "[red]A[/red] {{ 7*7 }}" in result.stdout


# --- the page


def page() -> None:
    """Run the page on its own; its source is all that the app takes over."""
    from geo.app.changes_page import changes_page  # noqa: PLC0415

    changes_page()


@pytest.fixture
def shown(
    monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> Iterator[Callable[[bytes], AppTest]]:
    monkeypatch.setenv(FOLDER_VARIABLE, str(data_folder))

    def upload(data: bytes) -> AppTest:
        opened = AppTest.from_function(page, default_timeout=60)
        opened.session_state[page_room.UPLOAD] = data
        return opened.run()

    return upload


def words(opened: AppTest) -> str:
    told = (*opened.markdown, *opened.caption, *opened.subheader)
    return "\n".join(each.value for each in told)


def test_the_page_asks_for_an_earlier_version(
    monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(data_folder))
    opened = AppTest.from_function(page, default_timeout=60).run()
    assert not opened.exception
    assert "Choose an earlier file" in opened.caption[0].value
    assert list(opened.subheader) == []


def test_the_page_lists_old_and_new_side_by_side(
    shown: Callable[[bytes], AppTest], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[dict[str, Any]] = []
    monkeypatch.setattr(
        page_room, "map_frame", lambda given, **more: drawn.append({"document": given} | more)
    )
    old = edited(text, "shaba-base-attack-2022", "killed: 8", "killed: 7")
    old = edited(old, "withdrawal-anniversary-2024", "kind: settlement", "kind: province")
    opened = shown(old.encode())
    assert not opened.exception
    assert [each.value for each in opened.subheader] == [
        "Changed records on the map", "Re-placed (1)", "Corrected (1)",
    ]  # fmt: skip
    assert "2 records: 1 re-placed, 1 corrected" in opened.markdown[0].value
    shown_ = {each.value for each in opened.markdown}
    assert {f"<div><bdi>{number}</bdi></div>" for number in "78"} <= shown_
    assert "only 2 changed records" in words(opened)
    assert drawn[0]["view"] == View().to_message()


def test_the_page_says_so_when_nothing_changed(
    shown: Callable[[bytes], AppTest], text: str
) -> None:
    opened = shown(f"# A comment.\n{text}".encode())
    assert not opened.exception
    assert "<strong><bdi>No changes.</bdi></strong>" in words(opened)
    assert list(opened.subheader) == []


@pytest.mark.slow
def test_the_page_names_the_reason_of_what_was_withdrawn_and_draws_it_no_more(
    monkeypatch: pytest.MonkeyPatch, data_folder: Path, tmp_path: Path, text: str
) -> None:
    folder = copy_of_data(data_folder, tmp_path / "data")
    gone = "id: isis-cells-us-2024\n    withdrawn_because: The article was taken back."
    changed = text.replace("id: isis-cells-us-2024", gone)
    (folder / "incidents.yaml").write_text(changed, encoding="utf-8")
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    opened = AppTest.from_function(page, default_timeout=60)
    opened.session_state[page_room.UPLOAD] = text.encode()
    opened.run()
    assert not opened.exception
    assert [each.value for each in opened.subheader] == ["Withdrawn (1)"]
    assert "The article was taken back." in words(opened)


@pytest.mark.slow
@pytest.mark.parametrize("data", [b"", b"- a list", b"\xff\xfe", b"x" * 10_000_001])
def test_the_page_refuses_what_is_no_dossier(
    shown: Callable[[bytes], AppTest], data: bytes
) -> None:
    opened = shown(data)
    assert not opened.exception
    assert "could not be read" in alerts(opened)[0]
    assert "the earlier version" in opened.code[0].value


def test_the_page_shows_what_could_not_be_read(
    shown: Callable[[bytes], AppTest], text: str
) -> None:
    opened = shown(edited(text, "shaba-base-attack-2022", "title:", "titel:").encode())
    assert not opened.exception
    assert "Readable again (1)" in words(opened)
    assert "did you mean 'title'?" in opened.code[0].value


@pytest.mark.slow
def test_no_text_of_the_data_is_read_as_markdown(
    shown: Callable[[bytes], AppTest], text: str
) -> None:
    hostile = "'**bold** [a](http://b) <img src=x> :red[c] $d$ ![e](http://f)'"
    opened = shown(
        edited(text, "shaba-base-attack-2022", "title: Attack on the Shaba base beaten back",
               f"title: {hostile}").encode()
    )  # fmt: skip
    assert not opened.exception
    said = [each.value for each in opened.markdown if "bold" in each.value]
    bare = hostile.strip("'").replace("<", "&lt;").replace(">", "&gt;")
    assert said == [f"<div><bdi>{bare}</bdi></div>"]


@pytest.mark.slow
@pytest.mark.browser
def test_a_reader_uploads_a_version_and_sees_its_changes_on_the_map(
    page: Callable[..., Tab], app_url: str, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "old.yaml"
    file.write_text(edited(text, "shaba-base-attack-2022", "killed: 8", "killed: 7"), "utf-8")
    tab = page(width=1440, height=900)
    tab.page.goto(f"{app_url}/changes")
    tab.page.locator("input[type=file]").set_input_files(file)
    expect(tab.page.get_by_text("1 record: 1 corrected.")).to_be_visible(timeout=60_000)
    inside = tab.page.frame_locator("iframe")
    inside.locator("[data-record=shaba-base-attack-2022]").first.wait_for(state="attached")
    assert inside.locator("[data-record=zawahiri-drone-strike-2022]").count() == 0
    assert tab.abroad == []
