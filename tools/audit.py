"""Check requirements.lock for known vulnerabilities; needs a network connection.

Run from the project's root. The exit code is 1 if one is known, and 0 if none is or if the check is
not possible.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Final

LOCK: Final = Path("requirements.lock")
NOBODY: Final = "No audit: the list of known vulnerabilities cannot be reached from here."
AUDIT: Final = ("-m", "pip_audit", "--requirement", str(LOCK), "--disable-pip", "--require-hashes",
                "--progress-spinner", "off")  # fmt: skip


def has_program() -> bool:
    """Whether pip-audit is installed, after trying to install it."""
    if importlib.util.find_spec("pip_audit") is None:
        install = [sys.executable, "-m", "pip", "install", "--quiet", "pip-audit"]
        subprocess.run(install, check=False, capture_output=True, timeout=300)
        importlib.invalidate_caches()
    return importlib.util.find_spec("pip_audit") is not None


def audit() -> tuple[int, str]:
    """Return the exit code of the check, and its output."""
    if not has_program():
        return 0, NOBODY
    done = subprocess.run(
        [sys.executable, *AUDIT], check=False, capture_output=True, text=True, timeout=600
    )
    # Its findings are on standard output; without a network it ends with a traceback.
    answered = done.returncode == 0 or "Found " in done.stderr
    return (done.returncode, done.stdout + done.stderr) if answered else (0, NOBODY)


def main() -> None:
    """Print the result, and end with its exit code."""
    code, said = audit()
    print(said.strip())
    sys.exit(code)


if __name__ == "__main__":
    main()
