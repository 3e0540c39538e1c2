"""One argument for the data: nothing above the table spells a workspace out in its parts."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ABOVE = ("view", "webmap", "snapshot", "changes", "briefing", "app", "cli")


@pytest.mark.slow
@pytest.mark.parametrize("package", ABOVE)
def test_no_function_takes_the_parts_of_a_workspace(root: Path, package: str) -> None:
    found = []
    for path in sorted((root / "geo" / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                types = {ast.unparse(one.annotation) for one in node.args.args if one.annotation}
                if len(types & {"Reading", "Located", "Country"}) > 1:
                    found.append(f"{path.name}:{node.name}")
    assert found == []
