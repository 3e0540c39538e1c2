"""New since: versions that were opened are kept, compared and marked, and nothing stops at that."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from browsing import Tab
from dossiers import dossier_bytes, incident
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect
from typer.testing import CliRunner, Result

from geo import limits
from geo.changes.changes import changes
from geo.changes.since import Comparison, Since, compare_since, read_since
from geo.changes.versions import KeptVersions, Version, VersionStore, keep_opened, mark_briefing
from geo.cli.main import app
from geo.errors import GeoError, StateError
from geo.places.country import Country
from geo.table.workspace import Workspace
from geo.view.marks import ChangeMarks, RecordMark, say_marks
from geo.webmap.document import document_html
from geo.workspace import located_workspace

DAY = date(2024, 5, 31)
OLD = dossier_bytes(
    incident(id="moved", title="To be moved", where=[{"place": "Panjshir", "kind": "province"}]),
    incident(id="same", title="The same"),
    incident(id="gone", title="To be removed"),
    incident(id="taken-back", title="To be withdrawn"),
)
KEYS = ["one-1", "two-2", "three", "four-4"]
NEW = dossier_bytes(
    incident(id="fresh", title="Fresh"),
    incident(id="moved", title="To be moved", where=[{"place": "Kunduz", "kind": "province"}]),
    incident(id="same", title="The same"),
    incident(
        id="taken-back", title="To be withdrawn", withdrawn_because="The source took it back."
    ),
)


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    file = tmp_path / "d.yaml"
    file.write_bytes(OLD)
    return file


def workspace(data: bytes, country: Country) -> Workspace:
    return located_workspace(country, data, "d.yaml")


def opened(
    file: Path, data: bytes, country: Country, day: date = DAY
) -> tuple[Workspace, KeptVersions]:
    file.write_bytes(data)
    found = workspace(data, country)
    return found, keep_opened(file, found, day)


def files(folder: Path) -> list[Path]:
    return sorted(one for one in folder.rglob("*") if one.is_file())


def changes_of(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["changes", *map(str, arguments)])


# --- keeping


def test_each_version_that_is_opened_is_kept_once(dossier: Path, country: Country) -> None:
    _, first = opened(dossier, OLD, country)
    _, again = opened(dossier, OLD, country, DAY + timedelta(1))
    _, second = opened(dossier, NEW, country, DAY + timedelta(2))
    _, back = opened(dossier, OLD, country, DAY + timedelta(3))
    assert first == again
    assert [one.day for one in second.opened] == [DAY, DAY + timedelta(2)]
    assert [one.day for one in back.opened][-1] == DAY + timedelta(3)
    assert back.opened[0].digest == back.opened[-1].digest


def test_versions_are_kept_in_the_state_folder_for_their_owner_only(
    dossier: Path, country: Country, state: Path
) -> None:
    before = set(dossier.parent.iterdir())
    opened(dossier, OLD, country)
    assert set(dossier.parent.iterdir()) - before == {state}
    (folder,) = (state / "incident-map" / "versions").iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_dossier_never_shows_the_versions_of_another(
    dossier: Path, tmp_path: Path, country: Country
) -> None:
    opened(dossier, OLD, country)
    _, kept = opened(tmp_path / "other.yaml", NEW, country)
    assert len(kept.opened) == 1


def test_a_relative_state_folder_is_ignored(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = VersionStore(tmp_path / "d.yaml").folder
    assert folder.is_relative_to(tmp_path / ".local" / "state" / "incident-map")


def test_the_oldest_versions_go_first_and_their_number_is_told(
    dossier: Path, country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_VERSIONS", 3)
    for number in range(5):
        data = dossier_bytes(incident(id="an-attack", title=f"Number {number}"))
        now, kept = opened(dossier, data, country, DAY + timedelta(number))
    assert [one.day.day for one in kept.opened] == [2, 3, 4]
    assert kept.dropped == 2
    assert len(list(VersionStore(dossier).folder.glob("*.gz"))) == 3
    found = compare_since(Since("31 May 2024", DAY), dossier, kept, now, DAY)
    assert "Versions are kept from 2 June 2024; 2 older were dropped." in found.note


def test_versions_that_weigh_too_much_go_but_never_the_current_one(
    dossier: Path, country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_VERSIONS_BYTES", 1)
    opened(dossier, OLD, country)
    now, kept = opened(dossier, NEW, country)
    assert [one.digest for one in kept.opened] == [now.reading.digest]


def test_a_file_that_changed_since_it_was_opened_is_not_kept_as_what_was_opened(
    dossier: Path, country: Country
) -> None:
    found = workspace(OLD, country)
    dossier.write_bytes(NEW)
    assert keep_opened(dossier, found, DAY) == KeptVersions()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_home_stops_nothing_and_is_told(
    dossier: Path, country: Country, state: Path
) -> None:
    state.mkdir(mode=0o500)
    _, kept = opened(dossier, OLD, country)
    assert kept.opened == ()
    assert "cannot be used" in kept.notes[0]


def test_a_state_folder_that_is_a_file_stops_nothing_and_is_told(
    dossier: Path, country: Country, state: Path, tmp_path: Path
) -> None:
    state.write_text("")
    _, kept = opened(dossier, OLD, country)
    assert kept.opened == ()
    assert "nothing is kept for the next run" in kept.notes[0]
    ran = CliRunner().invoke(app, ["map", str(dossier), "--out", str(tmp_path / "m.html")])
    assert ran.exit_code == 0
    assert ran.stderr.count("cannot be used") == 1


def test_without_a_home_nothing_stops(
    dossier: Path, country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr(Path, "home", none)
    _, kept = opened(dossier, OLD, country)
    assert "no folder to keep anything in" in kept.notes[0]


DAMAGE: dict[str, bytes] = {
    "empty": b"",
    "not JSON": b"{",
    "deep": b"[" * 200_000,
    "another format": b'{"incidentMapVersions": 2, "opened": []}',
    "no list": b'{"incidentMapVersions": 1, "opened": {}}',
    "a path for a digest": json.dumps(
        {"incidentMapVersions": 1, "opened": [{"digest": "../../x", "day": "2024-01-01"}]}
    ).encode(),
    "no day": json.dumps(
        {"incidentMapVersions": 1, "opened": [{"digest": "a" * 64, "day": "yesterday"}]}
    ).encode(),
    "many": json.dumps(
        {"incidentMapVersions": 1, "opened": [{"digest": "a" * 64, "day": "2024-01-01"}] * 10_000}
    ).encode(),
    "not UTF-8": b"\xff\xfe\x00",
    "huge number": b'{"incidentMapVersions": ' + b"9" * 10_000 + b"}",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_list_is_set_aside_and_told_and_keeping_goes_on(
    damage: str, dossier: Path, country: Country
) -> None:
    opened(dossier, OLD, country)
    index = VersionStore(dossier).folder / "versions.json"
    index.write_bytes(DAMAGE[damage])
    _, kept = opened(dossier, NEW, country)
    assert len(kept.opened) == 1
    assert any("was damaged" in note for note in kept.notes)
    assert index.with_name("versions.json.damaged").read_bytes() == DAMAGE[damage]
    assert opened(dossier, NEW, country)[1].notes == ()


@given(st.binary(max_size=200))
def test_no_list_ends_in_a_traceback(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        KeptVersions.from_json(json.loads(data))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["incidentMapVersions", "opened", "briefing", "dropped", "digest", "day"]
                ),
                inner,
            )
        ),
    )
)
def test_a_list_is_read_or_refused(found: object) -> None:
    try:
        kept = KeptVersions.from_json(found)
    except ValueError:
        return
    assert KeptVersions.from_json(kept.to_json()) == kept


@pytest.mark.parametrize("damage", [b"", b"not packed", b"\x1f\x8b\x08\x00"])
def test_a_damaged_version_is_set_aside_and_told(
    damage: bytes, dossier: Path, country: Country
) -> None:
    opened(dossier, OLD, country)
    now, kept = opened(dossier, NEW, country, DAY + timedelta(1))
    file = VersionStore(dossier).folder / f"{kept.opened[0].digest}.yaml.gz"
    file.write_bytes(damage)
    with pytest.raises(StateError, match="was damaged"):
        compare_since(Since("", DAY), dossier, kept, now, DAY)
    with pytest.raises(StateError, match="no longer kept"):
        compare_since(Since("", DAY), dossier, kept, now, DAY)


def test_a_pipe_in_place_of_the_list_is_not_waited_for(dossier: Path, country: Country) -> None:
    opened(dossier, OLD, country)
    index = VersionStore(dossier).folder / "versions.json"
    index.unlink()
    os.mkfifo(index)
    _, kept = opened(dossier, NEW, country)
    assert "is not a regular file" in kept.notes[0]


KEEP_SOME = """
import sys
from datetime import date
from pathlib import Path
from geo.changes.versions import VersionStore
store = VersionStore(Path(sys.argv[1]))
for number in range(12):
    digest = f"{sys.argv[2]}{number:062x}"
    store.keep(digest, digest.encode(), date(2024, 5, 31))
    store.mark_briefing(digest, date(2024, 5, 31))
"""


@pytest.mark.slow
def test_two_processes_at_once_lose_nothing(dossier: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", KEEP_SOME, str(dossier), name])
        for name in ("aa", "bb")
    ]
    assert [one.wait(120) for one in running] == [0, 0]
    kept = VersionStore(dossier).read()
    assert len({one.digest for one in kept.opened}) == 24
    assert len(list(VersionStore(dossier).folder.glob("*.gz"))) == 24
    assert kept.notes == ()


# --- comparing


def marks(dossier: Path, country: Country, since: Since, day: date = DAY) -> ChangeMarks:
    now, kept = opened(dossier, NEW, country, DAY + timedelta(9))
    return compare_since(since, dossier, kept, now, day).marks(now)


def test_new_corrected_withdrawn_and_removed_are_told_apart(
    dossier: Path, country: Country
) -> None:
    opened(dossier, OLD, country)
    found = marks(dossier, country, Since("31 May 2024", DAY))
    assert {key: one.mark for key, one in found.records.items()} == {
        "fresh": "new", "moved": "corrected", "taken-back": "withdrawn",
    }  # fmt: skip
    assert found.records["moved"] == RecordMark("corrected", ("re-placed",))
    assert found.removed == 1
    assert say_marks(found) == "1 new, 1 corrected, 1 withdrawn, 1 no longer in the data"
    assert found.since == "Since 31 May 2024"
    assert "New means new in this dossier, whenever it happened." in found.note


def test_what_was_removed_is_counted_and_never_shown(dossier: Path, country: Country) -> None:
    opened(dossier, OLD, country)
    found = marks(dossier, country, Since("31 May 2024", DAY))
    said = json.dumps(found.to_json())
    assert "gone" not in said
    assert "To be" not in said


def test_an_older_day_than_any_version_compares_with_the_oldest_and_says_so(
    dossier: Path, country: Country
) -> None:
    opened(dossier, OLD, country)
    found = marks(dossier, country, Since("1 May 2024", date(2024, 5, 1)))
    assert found.note.startswith(
        "No version from 1 May 2024 or before is kept. Versions are kept from 31 May 2024. "
        "Compared with data version "
    )


def test_since_a_day_means_the_first_version_of_that_day_or_the_last_before(
    dossier: Path, country: Country
) -> None:
    data = [
        dossier_bytes(incident(id="an-attack", title=f"Number {number}")) for number in range(4)
    ]
    for number, day in enumerate([DAY, DAY, DAY + timedelta(5)]):
        opened(dossier, data[number], country, day)
    now, kept = opened(dossier, data[3], country, DAY + timedelta(9))
    digests = [one.digest for one in kept.opened]
    for asked, chosen in ((0, 0), (1, 1), (4, 1), (5, 2), (6, 2), (9, 3)):
        since = Since("", DAY + timedelta(asked))
        version = compare_since(since, dossier, kept, now, DAY).version
        assert version.digest == digests[chosen], asked


def test_since_the_last_briefing_is_its_version(dossier: Path, country: Country) -> None:
    now, _ = opened(dossier, OLD, country)
    assert mark_briefing(dossier, now, DAY + timedelta(1)) == ()
    opened(
        dossier, dossier_bytes(incident(id="between", title="Between")), country, DAY + timedelta(2)
    )
    found = marks(dossier, country, Since("the last briefing"))
    assert found.records["moved"].mark == "corrected"
    assert found.removed == 1
    assert "1 June 2024" in found.note


def test_without_a_briefing_the_oldest_version_is_named(dossier: Path, country: Country) -> None:
    opened(dossier, OLD, country)
    found = marks(dossier, country, Since("the last briefing"))
    assert found.note.startswith("No briefing of these data is noted. Versions are kept from")


def test_the_same_version_has_nothing_new(dossier: Path, country: Country) -> None:
    now, kept = opened(dossier, OLD, country)
    found = compare_since(Since("31 May 2024", DAY), dossier, kept, now, DAY)
    assert found.found.entries == ()
    assert "nothing has changed" in found.note


def test_what_could_not_be_read_is_not_called_new(dossier: Path, country: Country) -> None:
    opened(dossier, dossier_bytes(incident(id="an-attack", title="A", when="never")), country)
    now, kept = opened(
        dossier, dossier_bytes(incident(id="an-attack", title="A")), country, DAY + timedelta(1)
    )
    found = compare_since(Since("", DAY), dossier, kept, now, DAY).marks(now)
    assert found.records["an-attack"] == RecordMark("corrected", ("readable again",))
    assert "Not all of both versions could be read" in found.note


@given(
    st.lists(st.sampled_from(KEYS), unique=True),
    st.lists(st.sampled_from(KEYS), unique=True),
)
@settings(max_examples=25)
def test_marks_add_up(before: list[str], after: list[str]) -> None:
    """Every record is new, marked, unmarked or removed; titles by position make some corrected."""
    country = _COUNTRY[0]
    old, new = (
        workspace(
            dossier_bytes(*(incident(id=key, title=f"{key} {at}") for at, key in enumerate(keys))),
            country,
        )
        for keys in (before, after)
    )
    found = Comparison(Since("x"), Version("", DAY), old, changes(old, new), "").marks(new)
    renamed = sum(one.ways == ("renamed",) for one in found.records.values())
    new_keys, gone = set(after) - set(before), set(before) - set(after)
    assert found.count("new") == len(new_keys) - renamed
    assert found.removed == len(gone) - renamed
    assert set(found.records) <= set(after)
    moved = {key for key in set(before) & set(after) if before.index(key) != after.index(key)}
    assert found.count("corrected") == len(moved) + renamed


_COUNTRY: list[Country] = []


@pytest.fixture(autouse=True)
def _hold(country: Country) -> None:
    _COUNTRY[:] = [country]


@pytest.mark.parametrize(
    "text", ["", "7", "yesterday", "2024-13-01", "-1d", "99999d", "2999-01-01"]
)
def test_what_cannot_be_compared_with_is_refused(text: str) -> None:
    with pytest.raises(GeoError):
        read_since(text, DAY)


# --- the command line


def test_changes_lists_the_versions_and_compares_with_one(dossier: Path) -> None:
    first = changes_of(dossier)
    assert first.exit_code == 0
    assert "1 version kept" in first.stderr
    dossier.write_bytes(NEW)
    found = changes_of(dossier, "--since", "7d")
    assert found.exit_code == 1
    assert found.stdout.startswith("4 records: 1 new, 1 removed, 1 withdrawn, 1 re-placed")
    assert "Compared with data version" in found.stderr
    as_json = changes_of(dossier, "--since", "7 days", "--format", "json")
    assert [one["id"] for one in json.loads(as_json.stdout)] == [
        "fresh", "moved", "taken-back", "gone",
    ]  # fmt: skip
    assert len(json.loads(changes_of(dossier, "--format", "json").stdout)) == 2


def test_a_figure_marks_the_version_it_was_made_from(dossier: Path, tmp_path: Path) -> None:
    figure = CliRunner().invoke(
        app, ["snapshot", str(dossier), "--out", str(tmp_path / "f.svg"), "--size", "web"]
    )
    assert figure.exit_code == 0, figure.stderr
    dossier.write_bytes(NEW)
    found = changes_of(dossier, "--since", "briefing")
    assert found.exit_code == 1
    assert "No briefing" not in found.stderr
    assert "last briefing" in changes_of(dossier).stdout


def test_a_map_of_the_command_line_carries_the_marks(dossier: Path, tmp_path: Path) -> None:
    changes_of(dossier)
    dossier.write_bytes(NEW)
    out = tmp_path / "m.html"
    ran = CliRunner().invoke(app, ["map", str(dossier), "--since", "7d", "--out", str(out)])
    assert ran.exit_code == 0
    assert "1 new, 1 corrected, 1 withdrawn, 1 no longer in the data" in ran.stderr
    assert out.exists()


def test_since_nonsense_is_refused_by_both_commands(dossier: Path, tmp_path: Path) -> None:
    for arguments in (["changes"], ["map", "--out", str(tmp_path / "m.html")]):
        ran = CliRunner().invoke(app, [*arguments, str(dossier), "--since", "soon"])
        assert ran.exit_code == 2
        assert ran.stderr.startswith("--since: 'soon' is not valid; expected briefing")


# --- the document


@pytest.fixture
def marked(dossier: Path, country: Country, page: Callable[..., Tab], tmp_path: Path) -> Tab:
    opened(dossier, OLD, country)
    found = marks(dossier, country, Since("31 May 2024", DAY))
    now = workspace(NEW, country)
    file = tmp_path / "marked.html"
    file.write_text(document_html(now, marks=found), encoding="utf-8")
    tab = page()
    tab.page.goto(file.as_uri())
    tab.page.wait_for_selector(".im-item")
    return tab


@pytest.mark.browser
def test_marks_stand_on_the_map_in_the_list_and_in_the_legend(marked: Tab) -> None:
    page = marked.page
    signs = page.locator(".im-corner").evaluate_all("all => all.map((one) => one.dataset.mark)")
    assert set(signs) == {"new", "corrected"}
    kunduz = page.locator('.im-plate[aria-label^="Kunduz"]')
    assert "1 corrected" in str(kunduz.get_attribute("aria-label"))
    items = page.locator(".im-records .im-item")
    assert items.nth(0).locator(".im-change").inner_text().strip().startswith("new")
    assert (
        items.nth(1).locator(".im-change").inner_text().strip().startswith("corrected (re-placed)")
    )
    assert items.nth(2).locator(".im-change").count() == 0
    apart = page.locator(".im-withdrawn-list .im-item")
    assert apart.count() == 1
    assert "withdrawn" in str(apart.get_attribute("aria-label"))
    totals = page.locator(".im-since-note").inner_text()
    assert "1 new, 1 corrected, 1 withdrawn shown, 1 no longer in the data" in totals
    legend = page.locator(".im-key section").first.inner_text()
    assert legend.split("\n")[0] == "Since 31 May 2024"
    assert page.locator(".im-key .im-sign").count() == 3


@pytest.mark.browser
def test_marks_differ_in_form_and_not_only_in_colour(marked: Tab) -> None:
    shapes = marked.page.locator(".im-key .im-sign").evaluate_all(
        "all => all.map((one) => one.innerHTML)"
    )
    assert len(set(shapes)) == 3


@pytest.mark.browser
def test_marks_can_be_switched_off_and_on_again(marked: Tab) -> None:
    page = marked.page
    page.select_option(".im-since select", "")
    assert page.locator(".im-corner, .im-item .im-change, .im-key .im-sign").count() == 0
    assert page.locator(".im-withdrawn-list").count() == 0
    page.select_option(".im-since select", "carried")
    assert page.locator(".im-corner").count() == 2


@pytest.mark.browser
def test_marks_follow_the_filters_and_say_what_they_hide(marked: Tab) -> None:
    page = marked.page
    page.fill(".im-records .im-search", "Fresh")
    expect(page.locator(".im-records .im-item")).to_have_count(1)
    assert (
        "1 new shown, 2 more changed records hidden by filters"
        in page.locator(".im-since-note").inner_text()
    )


@pytest.mark.browser
def test_the_card_says_how_its_record_changed(marked: Tab) -> None:
    marked.page.locator(".im-item[data-record=moved]").click()
    assert (
        marked.page.locator(".im-card .im-change").inner_text().strip() == "corrected (re-placed)"
    )


@pytest.mark.browser
def test_a_document_without_marks_has_no_field_for_them(
    page: Callable[..., Tab], tmp_path: Path, country: Country
) -> None:
    file = tmp_path / "plain.html"
    file.write_text(document_html(workspace(OLD, country)), encoding="utf-8")
    tab = page()
    tab.page.goto(file.as_uri())
    tab.page.wait_for_selector(".im-item")
    assert tab.page.locator(".im-since").is_hidden()
