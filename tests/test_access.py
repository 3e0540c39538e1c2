"""What the secrets say about who may enter: whatever is not understood admits nobody."""

from __future__ import annotations

from typing import Any

import pytest

from geo.app.access import ANYBODY, Access, may_enter, read_access

AUTH = {
    "redirect_uri": "https://map.example.org/oauth2callback",
    "cookie_secret": "Zm9yIHRoZSB0ZXN0cyBvbmx5LCAzMiBieXRlcyBvZiBpdA==",
    "client_id": "map",
    "client_secret": "told to nobody",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}
TEAM = {"allow": ["@example.org", "guest@elsewhere.example"]}
ANN = {"is_logged_in": True, "email": "ann@example.org", "email_verified": True}


def access(secrets: dict[str, Any] | None, *, public: bool = True, asked: bool = False) -> Access:
    return read_access(secrets, is_public=public, is_asked_for=asked)


def test_a_complete_setup_asks_for_members() -> None:
    found = access({"auth": AUTH, "incident_map": TEAM})
    assert (found.kind, found.why) == ("members", "")
    assert found.allow == tuple(TEAM["allow"])
    assert found.origin == "https://map.example.org"


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize(
    ("secrets", "named"),
    [
        ({"atuh": AUTH, "incident_map": TEAM}, "[atuh]"),
        ({"auth": AUTH, "incident-map": TEAM}, "[incident-map]"),
        ({"auth": AUTH, "incident_map": {"alow": TEAM["allow"]}}, "alow"),
        ({"auth": AUTH, "incident_map": TEAM | {"deny": []}}, "deny"),
        ({"auth": AUTH | {"client": "map"}, "incident_map": TEAM}, "client in [auth]"),
        ({"auth": AUTH | {"google": AUTH}, "incident_map": TEAM}, "google in [auth]"),
        ({"auth": AUTH}, 'allow = "anybody"'),
        ({"auth": AUTH, "incident_map": {}}, 'allow = "anybody"'),
        ({"auth": AUTH, "incident_map": {"allow": "everybody"}}, 'allow = "anybody"'),
        ({"auth": AUTH, "incident_map": {"allow": "ann@example.org"}}, "a list of addresses"),
        ({"auth": AUTH, "incident_map": {"allow": True}}, "a list of addresses"),
        ({"auth": AUTH, "incident_map": {"allow": ["example.org"]}}, "'example.org'"),
        ({"auth": AUTH, "incident_map": {"allow": ["anybody"]}}, "'anybody'"),
        ({"auth": AUTH, "incident_map": {"allow": ["*@example.org "]}}, "'*@example.org '"),
        ({"auth": AUTH, "incident_map": {"allow": ["ann@exämple.org"]}}, "'ann@exämple.org'"),
        ({"auth": AUTH, "incident_map": ["allow"]}, "incident_map is not a section"),
        ({"incident_map": TEAM}, "no [auth]"),
        ({"auth": {}, "incident_map": TEAM}, "redirect_uri"),
        ({"auth": AUTH | {"client_secret": ""}, "incident_map": TEAM}, "client_secret"),
        ({"auth": AUTH | {"cookie_secret": "guessed"}, "incident_map": TEAM}, "openssl rand"),
        ({"auth": AUTH | {"redirect_uri": "http://map.example.org/oauth2callback"},
          "incident_map": TEAM}, "redirect_uri"),
        ({"auth": AUTH | {"redirect_uri": "https://map.example.org/"}, "incident_map": TEAM},
         "/oauth2callback"),
        ({"auth": AUTH | {"server_metadata_url": "http://login.example.org/x"},
          "incident_map": TEAM}, "server_metadata_url"),
        (None, "could not be read"),
    ],
)  # fmt: skip
def test_what_is_not_understood_closes_the_app(
    secrets: dict[str, Any] | None, named: str, *, public: bool
) -> None:
    found = access(secrets, public=public)
    assert found.kind == "closed"
    assert named in found.why
    assert "told to nobody" not in found.why
    assert "guessed" not in found.why


def test_anybody_is_admitted_only_where_the_word_stands() -> None:
    found = access({"auth": AUTH, "incident_map": {"allow": ANYBODY}})
    assert (found.kind, found.allow) == ("members", ANYBODY)
    assert may_enter({"is_logged_in": True}, found.allow)


def test_without_secrets_a_public_name_is_closed_and_this_computer_is_not() -> None:
    assert access({}, public=False).kind == "open"
    assert access({}).kind == "closed"
    assert access({}, asked=True).kind == "open"


@pytest.mark.parametrize(
    ("changed", "in_"),
    [
        ({}, True),
        ({"email": "ann@EXAMPLE.org"}, True),
        ({"email": "guest@elsewhere.example"}, True),
        ({"email": "Guest@elsewhere.example"}, False),
        ({"email": "ann@evil.example"}, False),
        ({"email": "ann@sub.example.org"}, False),
        ({"email": "x@evil.example@example.org"}, False),
        ({"email": "@example.org"}, False),
        ({"email": None}, False),
        ({"email": ["ann@example.org"]}, False),
        ({"email": "ann@example.org\n"}, False),
        # Letters that other comparisons make equal to ASCII: ſ to s, the Kelvin sign to k, ß to ss.
        ({"email": "gueſt@elsewhere.example"}, False),
        ({"email": "ann@example.or\u0261"}, False),
        ({"email": "ann@example\uff0eorg"}, False),
        ({"email_verified": False}, False),
        ({"email_verified": "true"}, False),
        ({"email_verified": 1}, False),
        ({"email_verified": None}, False),
    ],
)  # fmt: skip
def test_an_address_enters_letter_for_letter_and_verified(
    changed: dict[str, Any], *, in_: bool
) -> None:
    assert may_enter(ANN | changed, TEAM["allow"]) is in_


def test_an_address_that_nobody_says_is_verified_does_not_enter() -> None:
    who = {key: value for key, value in ANN.items() if key != "email_verified"}
    assert not may_enter(who, TEAM["allow"])


def test_two_addresses_that_fold_to_one_are_two() -> None:
    for one, other in (("strasse", "straße"), ("straße", "strasse")):
        who = ANN | {"email": f"{one}@elsewhere.example"}
        assert not may_enter(who, [f"{other}@elsewhere.example"])
