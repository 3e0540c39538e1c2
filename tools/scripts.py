"""Check the scripts of the browser with tsc (types) and ESLint (rules), if Node.js is installed.

The program does not need Node.js. Without it, this script prints a sentence and succeeds. tsc and
ESLint are pinned in package-lock.json and installed with `npm ci` if they are missing; if that
fails, the script fails in CI and succeeds on any other machine.
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
"""Oldest version of Node.js, which ESLint 10 requires; Debian 13 has it, Debian 12 does not."""
CHECKS: Final = ("types", "lint")
"""The scripts of package.json that are run."""
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
    """Whether npm has installed the packages of package-lock.json, and it is unchanged since."""
    installed, wanted = root / _INSTALLED, root / "package-lock.json"
    return installed.is_file() and installed.stat().st_mtime >= wanted.stat().st_mtime


def main() -> None:
    """Run the checks, or print why they are skipped."""
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
