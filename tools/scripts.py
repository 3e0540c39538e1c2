"""Check the types of the scripts with tsc and their rules with ESLint, where Node.js is there.

The product needs no Node.js, and a machine without it checks the rest; this says so in a sentence
and ends well. What is checked with is named in package-lock.json and installed by `npm ci` when it
is missing; where that fails, CI fails and any other machine goes on.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
OLDEST: Final = (20, 19)
"""ESLint 10 asks for this release of Node.js; Debian 13 has it, Debian 12 an older one."""
CHECKS: Final = ("types", "lint")
"""Of the scripts of package.json."""
_INSTALLED: Final = "node_modules/.package-lock.json"


def find_node() -> tuple[str, str] | None:
    """The paths of node and npm, or ``None`` where they are missing or too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    return (node, npm) if found and (int(found[1]), int(found[2])) >= OLDEST else None


def is_installed(root: Path = ROOT) -> bool:
    """Whether npm has installed what package-lock.json names, and nothing has changed since."""
    installed, wanted = root / _INSTALLED, root / "package-lock.json"
    return installed.is_file() and installed.stat().st_mtime >= wanted.stat().st_mtime


def main() -> None:
    """Run the checks, or say why not."""
    found = find_node()
    if found is None:
        least = ".".join(map(str, OLDEST))
        print(f"No Node.js {least} or newer here: types and rules of the scripts go unchecked.")
        return
    _, npm = found
    quiet = [npm, "--silent"]
    if not is_installed() and subprocess.run([*quiet, "ci"], cwd=ROOT, check=False).returncode:
        if os.environ.get("CI") == "true":
            sys.exit("npm ci failed: types and rules of the scripts cannot be checked.")
        print("npm ci failed, so that types and rules of the scripts go unchecked.")
        return
    for check in CHECKS:
        if code := subprocess.run([*quiet, "run", check], cwd=ROOT, check=False).returncode:
            sys.exit(code)


if __name__ == "__main__":
    main()
