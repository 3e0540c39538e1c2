"""Check that a release is consistent: one version everywhere, a changelog entry, a wheel.

Run from the project's root with ``make release-check``; docs/project/releasing.md has all steps.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
DIST: Final = ROOT / "dist"
_SEMANTIC: Final = re.compile(r"\d+\.\d+\.\d+")


def versions(root: Path) -> Mapping[str, str]:
    """The version as each file states it; empty where a file states none."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    patterns = {
        "geo/version.py": r'^__version__: Final = "(.+)"$',
        "CITATION.cff": r"^version: (.+)$",
        "CHANGELOG.md": r"^## (\S+) \(.+\)$",
    }
    found = {"pyproject.toml": str(project["version"])}
    for name, pattern in patterns.items():
        text = (root / name).read_text(encoding="utf-8")
        match = re.search(pattern, text, flags=re.MULTILINE)
        found[name] = match[1] if match else ""
    return found


def faults(root: Path) -> Iterator[str]:
    """The inconsistencies of the version.

    The first section of the changelog counts, whether it has a date or is "to be released".
    """
    found = versions(root)
    wanted = found["pyproject.toml"]
    if not _SEMANTIC.fullmatch(wanted):
        yield f"pyproject.toml: {wanted!r} is not a version such as 0.2.0"
    yield from (
        f"{name}: has version {version or 'none'}, expected {wanted} as in pyproject.toml"
        for name, version in found.items()
        if version != wanted
    )


def main() -> None:
    """Check the version, then build the wheel and the source archive into ``dist``."""
    if found := list(faults(ROOT)):
        sys.exit("\n".join(found))
    shutil.rmtree(DIST, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "hatchling", "build"], cwd=ROOT, check=True)
    for file in sorted(DIST.iterdir()):
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
