"""Who may edit: on one's own computer whoever uses it, in a team who signed in and has a role."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import streamlit as st
from dossiers import copy_of_data
from test_access import ANN, AUTH
from writers import as_nobody

from geo import state
from geo.app import editors, gate
from geo.app.access import OPEN_VARIABLE
from geo.errors import EditError
from geo.settings import FOLDER_VARIABLE, READ_ONLY_VARIABLE

MEMBERS = {"auth": AUTH, "incident_map": {"allow": ["@example.org"]}}
ROLES = "ann@example.org: editor\nbea@example.org: reviewer\n"
Team = Callable[..., None]


@pytest.fixture
def dossier(tmp_path: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier of one's own, with no name known yet."""
    folder = copy_of_data(data_folder, tmp_path / "data")
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    monkeypatch.setenv(state.STATE_VARIABLE, str(tmp_path / "state"))
    monkeypatch.setattr(gate, "_secrets", dict)
    st.session_state.clear()
    return folder / "incidents.yaml"


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Settings of Streamlit, over those of the configuration."""
    given: dict[str, Any] = {}
    real = st.get_option
    monkeypatch.setattr(st, "get_option", lambda key: given.get(key, real(key)))
    return given


@pytest.fixture
def team(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], dossier: Path
) -> Team:
    """Become a member of a team, which has roles or none."""
    assert dossier.exists()
    options["secrets.files"] = [str(tmp_path / "secrets.toml")]

    def become(email: str | None, roles: str | None = ROLES, **claims: Any) -> None:
        file = tmp_path / "roles.yaml"
        file.unlink(missing_ok=True)
        if roles is not None:
            file.write_text(roles, encoding="utf-8")
        monkeypatch.setattr(gate, "_secrets", lambda: MEMBERS)
        monkeypatch.setattr(gate, "_who", lambda: ANN | {"email": email} | claims)

    return become


# --- on one's own computer


@pytest.mark.usefixtures("dossier")
def test_at_ones_own_computer_editing_is_on_and_the_name_is_asked_once() -> None:
    assert editors.is_offered()
    assert editors.may("edit")
    assert editors.may("approve")
    assert editors.asks_for_name()
    assert editors.person() is None
    with pytest.raises(EditError, match="Enter your name first"):
        editors.acting("edit")
    assert editors.set_name("  A. \n Analyst ") == ""
    assert not editors.asks_for_name()
    assert editors.acting("edit") == editors.Person("A. Analyst", "reviewer")
    # The next run knows it, and it can be changed.
    st.session_state.clear()
    assert editors.acting("approve").name == "A. Analyst"
    assert editors.can_rename()
    editors.set_name("B. Analyst")
    assert editors.acting("edit").name == "B. Analyst"


@pytest.mark.usefixtures("dossier")
@pytest.mark.parametrize("name", ["", "  ", "turned \u202e", "\u0410dam", "x" * 301, "\u2800"])
def test_what_is_not_a_name_is_refused(name: str) -> None:
    with pytest.raises(EditError):
        editors.set_name(name)
    assert editors.person() is None


@pytest.mark.usefixtures("dossier")
def test_without_a_state_folder_the_name_lasts_as_long_as_the_page(
    tmp_path: Path,
) -> None:
    (tmp_path / "state").write_text("in the way")
    assert "until this page is closed" in editors.set_name("A. Analyst")
    assert editors.acting("edit").name == "A. Analyst"


@pytest.mark.usefixtures("dossier")
def test_a_damaged_name_is_asked_for_again() -> None:
    editors.set_name("A. Analyst")
    (file,) = state.state_folder().glob("*.json")
    for damaged in ("{", '{"name": 7}', '{"name": "\\u202e"}', "[]", "null"):
        file.write_text(damaged)
        st.session_state.clear()
        assert editors.asks_for_name(), damaged


@pytest.mark.usefixtures("dossier")
@pytest.mark.parametrize("word", ["1", "true", "yes", "ON", "perhaps"])
def test_read_only_turns_editing_off_and_the_pages_say_nothing(
    monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    editors.set_name("A. Analyst")
    monkeypatch.setenv(READ_ONLY_VARIABLE, word)
    assert not editors.is_offered()
    assert not editors.asks_for_name()
    for act in ("edit", "approve"):
        assert not editors.may(act)
        with pytest.raises(EditError, match="read only"):
            editors.acting(act)
    monkeypatch.setenv(READ_ONLY_VARIABLE, "false")
    assert editors.may("edit")


@pytest.mark.usefixtures("dossier")
@pytest.mark.parametrize(
    "how", ["public name", "any name", "proxy", "forwarded", "bound to the network"]
)
def test_whatever_lets_others_reach_the_app_turns_editing_off(
    monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], how: str
) -> None:
    monkeypatch.setattr(gate, "requests_are_checked", lambda: True)
    match how:
        case "public name":
            options["server.allowedHosts"] = ["localhost", "map.example.org"]
            monkeypatch.setenv(OPEN_VARIABLE, "1")
        case "any name":
            options["server.allowedHosts"] = []
            monkeypatch.setenv(OPEN_VARIABLE, "1")
        case "proxy":
            monkeypatch.setenv(OPEN_VARIABLE, "1")
        case "forwarded":
            headers = {"X-Forwarded-For": "192.0.2.1"}
            monkeypatch.setattr(type(st.context), "headers", headers)
        case _:
            options["server.address"] = "192.0.2.7"
    assert not editors.is_offered()
    assert not editors.may("edit")
    with pytest.raises(EditError, match="nobody signs in"):
        editors.acting("edit")
    with pytest.raises(EditError):
        editors.set_name("A. Analyst")


@pytest.mark.usefixtures("dossier")
def test_streamlit_by_itself_lets_nobody_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "requests_are_checked", lambda: False)
    with pytest.raises(EditError, match="incident-map serve"):
        editors.acting("edit")


def test_a_folder_that_cannot_be_written_to_is_said_before_anything_is_typed(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TemporaryDirectory() as name:
        folder = copy_of_data(dossier.parent, Path(name) / "data")
        monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
        assert editors.why_refused("edit") == ""
        Path(name).chmod(0o755)
        folder.chmod(0o555)
        with as_nobody():
            said = editors.why_refused("edit")
            assert editors.is_offered()
        folder.chmod(0o755)
        assert said == (
            f"Nothing can be saved: the folder {folder.resolve()} cannot be written to; check its "
            "permissions."
        )
        folder.chmod(0o777)
        (folder / "incidents.yaml").chmod(0o444)
        with as_nobody():
            assert "incidents.yaml cannot be written to" in editors.why_refused("edit")
    monkeypatch.setenv(FOLDER_VARIABLE, str(dossier.parent))
    dossier.unlink()
    assert "incidents.yaml is not a file" in editors.why_refused("edit")


@pytest.mark.usefixtures("dossier")
def test_a_dossier_that_an_update_would_replace_is_not_edited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(Path(editors.__file__).parents[1] / "data"))
    assert "Copy its folder" in editors.why_refused("edit")


# --- in a team


def test_in_a_team_the_roles_decide_and_the_log_has_the_address(team: Team) -> None:
    team("ann@Example.org")
    assert editors.acting("edit") == editors.Person("ann@Example.org", "editor")
    with pytest.raises(EditError, match="Only a reviewer"):
        editors.acting("approve")
    assert editors.is_offered()
    assert not editors.asks_for_name()
    with pytest.raises(EditError, match="address that you signed in with"):
        editors.set_name("Somebody Else")
    team("bea@example.org")
    assert editors.acting("edit") == editors.acting("approve")
    team("cas@example.org")
    assert not editors.is_offered()
    assert editors.person() == editors.Person("cas@example.org", "reader")
    with pytest.raises(EditError, match="lists those who can"):
        editors.acting("edit")


@pytest.mark.parametrize(
    ("email", "claims"),
    [
        ("ann@example.org", {"is_logged_in": False}),
        ("ann@example.org", {"email_verified": False}),
        ("ann@evil.example", {}),
        (None, {}),
    ],
)
def test_nobody_edits_without_a_sign_in_that_admits_and_proves_the_address(
    team: Team, email: str | None, claims: dict[str, Any]
) -> None:
    team(email, **claims)
    assert not editors.may("edit")
    assert not editors.is_offered()


def test_where_everybody_is_admitted_an_unverified_address_reads(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    team("ann@example.org", email_verified=False)
    monkeypatch.setattr(gate, "_secrets", lambda: MEMBERS | {"incident_map": {"allow": "anybody"}})
    with pytest.raises(EditError, match="verified your address"):
        editors.acting("edit")


def test_without_roles_nobody_edits(team: Team) -> None:
    team("ann@example.org", None)
    assert not editors.is_offered()
    assert "no roles.yaml" in editors.why_refused("edit")


def test_broken_roles_let_nobody_edit_and_say_so_to_those_who_could(team: Team) -> None:
    broken = ROLES + "dan@example.org: editer\n"
    team("ann@example.org", broken)
    assert editors.is_offered()
    assert "roles.yaml, line 3: 'editer' is not a role" in editors.why_refused("edit")
    assert not editors.may("edit")
    team("cas@example.org", broken)
    assert not editors.is_offered()
    assert "editer" not in editors.why_refused("edit")
    # Nobody can be told apart where nothing can be read.
    team("cas@example.org", "ann@example.org: &a editor")
    assert editors.is_offered()
    assert "the log of the server says why" in editors.why_refused("edit")


def test_a_role_that_is_taken_away_is_gone_with_the_next_act(team: Team) -> None:
    team("ann@example.org")
    assert editors.acting("edit").role == "editor"
    team("ann@example.org", "ann@example.org: reader\n")
    with pytest.raises(EditError):
        editors.acting("edit")


def test_read_only_holds_for_a_team_too(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    team("bea@example.org")
    monkeypatch.setenv(READ_ONLY_VARIABLE, "1")
    assert not editors.is_offered()
    assert not editors.may("approve")


def test_members_are_told_no_path_of_the_server(team: Team, dossier: Path) -> None:
    team("ann@example.org")
    dossier.unlink()
    assert editors.why_refused("edit").startswith("Nothing can be saved")
    assert str(dossier.parent) not in editors.why_refused("edit")
