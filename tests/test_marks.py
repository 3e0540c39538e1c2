"""Every test that opens a browser is marked, so that the rest can run without one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import conftest
import pytest


def asks_for(*fixtures: str, mark: str | None = None) -> Any:
    """A test as pytest describes it: all the fixtures that it needs, and its mark."""
    return SimpleNamespace(
        fixturenames=["request", *fixtures],
        get_closest_marker=lambda name: name if name == mark else None,
    )


@pytest.mark.parametrize("fixture", sorted(conftest.BROWSERS))
def test_a_test_that_opens_a_browser_without_the_mark_fails(fixture: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"@pytest\.mark\.browser"):
        conftest.pytest_runtest_setup(asks_for("page", "tabs", fixture))
    with pytest.raises(pytest.fail.Exception):
        conftest.pytest_runtest_setup(asks_for(fixture, mark="slow"))
    conftest.pytest_runtest_setup(asks_for(fixture, mark="browser"))
    conftest.pytest_runtest_setup(asks_for("country"))


def test_no_test_of_the_suite_is_without_it(request: pytest.FixtureRequest) -> None:
    unmarked = []
    for item in request.session.items:
        try:
            conftest.pytest_runtest_setup(item)
        except pytest.fail.Exception:
            unmarked.append(item.nodeid)
    assert unmarked == []
