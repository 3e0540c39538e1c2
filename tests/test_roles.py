"""The file with the roles of a team: whatever is not understood lets nobody edit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.app.roles import ROLES_FILE, Roles, read_roles, read_roles_beside

SOUND = b"""ann@example.org: editor
# a comment
bea@Example.org: reviewer
cas@example.org: reader
"""


def role(roles: Roles, address: object, *, verified: object = True) -> str:
    return roles.role({"email": address, "email_verified": verified})


def test_each_address_has_its_role_and_everybody_else_reads() -> None:
    roles = read_roles(SOUND)
    assert roles.fault == ""
    assert role(roles, "ann@example.org") == role(roles, "ann@EXAMPLE.org") == "editor"
    assert role(roles, "bea@example.org") == "reviewer"
    for other in ("cas@example.org", "Ann@example.org", "eve@example.org", "", None, ["ann"]):
        assert role(roles, other) == "reader", other


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_nobody_verified_reads(verified: object) -> None:
    assert role(read_roles(SOUND), "ann@example.org", verified=verified) == "reader"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"dan@example.org: editer", "line 5: 'editer' is not a role; did you mean 'editor'?"),
        (b"dan@example.org:", "line 5: empty is not a role; expected reader, editor or reviewer"),
        (b"dan@example.org: [editor]", "line 5: a list is not a role"),
        (b"dan@example.org: true", "line 5: true is not a role"),
        (b'"@example.org": editor', "line 5: '@example.org' is not an address"),
        (b"dan: editor", "line 5: 'dan' is not an address"),
        (b"d\xc3\xa4n@example.org: editor", "is not an address"),
        (b"ann@example.org: reviewer", "line 5: the key 'ann@example.org' is repeated here"),
        (b"ann@EXAMPLE.org: reviewer", "line 5: 'ann@EXAMPLE.org' has a role already"),
        (b"dan@example.org: &a editor", "line 5: anchors and aliases"),
        (b"dan@example.org editor", "line 5: "),
        (b"\xff: editor", "byte "),
    ],
)
def test_what_is_not_understood_is_a_fault_with_its_line(line: bytes, said: str) -> None:
    found = read_roles(SOUND + line + b"\n")
    assert said in found.fault
    assert found.fault.startswith(ROLES_FILE)


def test_a_file_of_another_kind_is_a_fault_and_an_empty_one_has_no_editor() -> None:
    assert "expected lines such as" in read_roles(b"- ann@example.org").fault
    assert "expected lines such as" in read_roles(b"editor").fault
    assert read_roles(b"") == read_roles(b"# nobody yet\n") == Roles({})


def test_those_who_could_edit_are_known_in_spite_of_a_fault() -> None:
    found = read_roles(SOUND + b"dan@example.org: editer\n")
    assert found.fault
    assert role(found, "ann@example.org") == "editor"


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_bytes_end_in_anything_but_roles_or_a_fault(data: bytes) -> None:
    found = read_roles(data)
    assert found.fault or all("@" in one for one in found.of_address)


def test_the_file_is_read_again_each_time_and_found_beside_the_secrets(tmp_path: Path) -> None:
    secrets = [tmp_path / "home" / "secrets.toml", tmp_path / "here" / "secrets.toml"]
    for one in secrets:
        one.parent.mkdir()
    assert read_roles_beside(secrets) == Roles(exists=False)
    file = tmp_path / "here" / ROLES_FILE
    file.write_bytes(SOUND)
    assert role(read_roles_beside(secrets), "ann@example.org") == "editor"
    file.write_bytes(SOUND.replace(b"ann", b"dan"))
    assert role(read_roles_beside(secrets), "ann@example.org") == "reader"
    (tmp_path / "home" / ROLES_FILE).write_bytes(SOUND)
    assert "two folders" in read_roles_beside(secrets).fault
    assert str(tmp_path) not in read_roles_beside(secrets).fault


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_not_a_file_is_a_fault_and_nothing_waits_for_it(tmp_path: Path) -> None:
    file = tmp_path / ROLES_FILE
    os.mkfifo(file)
    assert "is not a regular file" in read_roles_beside([tmp_path / "secrets.toml"]).fault
    file.unlink()
    file.symlink_to(tmp_path / "nowhere")
    assert "cannot be read" in read_roles_beside([tmp_path / "secrets.toml"]).fault
    file.unlink()
    file.mkdir()
    assert "cannot be read" in read_roles_beside([tmp_path / "secrets.toml"]).fault
