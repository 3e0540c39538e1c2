"""Ask whether a hole is known in any version of requirements.lock; needs a network.

Run from the project's root. Ends with 1 if one is known, with 0 if none is or nobody can be asked.
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
    """Whether pip-audit is there, after trying to install it."""
    if importlib.util.find_spec("pip_audit") is None:
        install = [sys.executable, "-m", "pip", "install", "--quiet", "pip-audit"]
        subprocess.run(install, check=False, capture_output=True, timeout=300)
        importlib.invalidate_caches()
    return importlib.util.find_spec("pip_audit") is not None


def audit() -> tuple[int, str]:
    """Return how the command ends, and what it says."""
    if not has_program():
        return 0, NOBODY
    done = subprocess.run(
        [sys.executable, *AUDIT], check=False, capture_output=True, text=True, timeout=600
    )
    # What it found is on its standard output; without a network it ends with a traceback.
    answered = done.returncode == 0 or "Found " in done.stderr
    return (done.returncode, done.stdout + done.stderr) if answered else (0, NOBODY)


def main() -> None:
    """Print what is known, and end with it."""
    code, said = audit()
    print(said.strip())
    sys.exit(code)


if __name__ == "__main__":
    main()
