"""The page about reliability names tests that exist, and says what the runs said."""

from __future__ import annotations

import re
from pathlib import Path

from tools.reliability import COUNTED, HELD

NAMED = re.compile(r"`tests/(\w+\.py)::(\w+)`")


def test_every_promise_names_a_test_that_exists(root: Path) -> None:
    named = NAMED.findall((root / "docs/explanation/reliability.md").read_text(encoding="utf-8"))
    assert named == [*COUNTED.values(), *HELD.values()]
    for file, test in named:
        source = (root / "tests" / file).read_text(encoding="utf-8")
        assert f"def {test}(" in source, f"{file} has no {test}"


def test_every_test_that_counts_is_on_the_page_and_lost_nothing(root: Path) -> None:
    kept = r'record\(\s*HERE \+ "(\w+)"'
    sources = [file.read_text(encoding="utf-8") for file in (root / "tests").glob("test_*.py")]
    assert {test for text in sources for test in re.findall(kept, text)} == {
        test for _, test in COUNTED.values()
    }
    page = (root / "docs/explanation/reliability.md").read_text(encoding="utf-8")
    lost = re.findall(r"^\| [^|]+ \| [\d,]+ \| (\w+) \|", page, re.MULTILINE)
    assert lost == ["nothing"] * len(COUNTED)
