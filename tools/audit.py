"""Ask whether a hole is known in any version of requirements.lock; needs a network.

Run from the project's root. Ends with 0 only if every version was looked up and none has a known
hole; with 1 if one has; with 3 if the answer is not known, for all or for some.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK: Final = Path("requirements.lock")
UNREAD: Final = 3
"""How the command ends if the advisories of some version were not read."""
NOBODY: Final = (
    "No audit: the list of known vulnerabilities cannot be reached from here, so the advisories of "
    "the pinned versions are unread."
)
AUDIT: Final = ("-m", "pip_audit", "--requirement", str(LOCK), "--disable-pip", "--require-hashes",
                "--progress-spinner", "off", "--format", "json")  # fmt: skip


def has_program() -> bool:
    """Whether pip-audit is there, after trying to install it."""
    if importlib.util.find_spec("pip_audit") is None:
        install = [sys.executable, "-m", "pip", "install", "--quiet", "pip-audit"]
        subprocess.run(install, check=False, capture_output=True, timeout=300)
        importlib.invalidate_caches()
    return importlib.util.find_spec("pip_audit") is not None


def pinned(lock: str) -> set[tuple[str, str]]:
    r"""The names and versions that a lock names for this system.

    Examples
    --------
    >>> lock = "a.b==1 --hash=x\n# via\nC_d==2 ; python_version > '3'\nno==1 ; os_name == 'x'"
    >>> sorted(pinned(lock))
    [('a-b', '1'), ('c-d', '2')]
    """
    entries = re.findall(r"^[A-Za-z0-9][^\n\\]*", lock, flags=re.MULTILINE)
    wanted = [Requirement(entry.partition(" --hash")[0].strip()) for entry in entries]
    return {
        (canonicalize_name(one.name), next(iter(one.specifier)).version)
        for one in wanted
        if one.marker is None or one.marker.evaluate()
    }


def judged(answer: dict[str, Any], wanted: set[tuple[str, str]]) -> tuple[int, str]:
    """Return how the command ends and what it says of an answer of pip-audit.

    Parameters
    ----------
    answer
        Its JSON: for each version its holes, or why it was skipped.
    wanted
        What must have been looked up.
    """
    entries = answer.get("dependencies", [])
    read = {(canonicalize_name(one["name"]), one["version"]) for one in entries if "vulns" in one}
    lines = [
        f"{one['name']} {one['version']}: {hole['id']}, mended in "
        f"{', '.join(hole.get('fix_versions', ())) or 'no version'}"
        for one in entries
        for hole in one.get("vulns", ())
    ]
    unread = sorted(wanted - read)
    lines += [f"{name} {version}: not looked up" for name, version in unread]
    lines.append(
        f"{len(wanted & read)} of {len(wanted)} versions looked up, {len(unread)} not, "
        f"{len(lines) - len(unread)} known vulnerabilities"
    )
    holes = len(lines) - 1 - len(unread)
    return (1 if holes else UNREAD if unread or not wanted else 0), "\n".join(lines)


def audit() -> tuple[int, str]:
    """Return how the command ends, and what it says."""
    if not has_program():
        return UNREAD, NOBODY
    done = subprocess.run(
        [sys.executable, *AUDIT], check=False, capture_output=True, text=True, timeout=600
    )
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        # Without a network it ends with a traceback.
        return UNREAD, NOBODY
    return judged(answer, pinned(LOCK.read_text(encoding="utf-8")))


def main() -> None:
    """Print what is known, and end with it."""
    code, said = audit()
    print(said.strip())
    sys.exit(code)


if __name__ == "__main__":
    main()
