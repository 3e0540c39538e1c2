"""What a tool may ask of the machine: run a program, install a package of the system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

_QUIET: Final = frozenset({"--version", "--help", "-help", "-v", "true"})


def runs(path: Path, question: str = "--version") -> bool:
    """Whether a program answers; Ubuntu's chromium-browser can be a note about a missing snap."""
    if not (path.is_file() and os.access(path, os.X_OK)):
        return False
    try:
        return run([str(path), question], seconds=30)
    except subprocess.TimeoutExpired:
        return False


def run(command: list[str], seconds: float = 900) -> bool:
    """Run it, its words on standard error only where it installs something."""
    words = subprocess.DEVNULL if command[-1] in _QUIET else sys.stderr
    done = subprocess.run(command, check=False, stdout=words, stderr=words, timeout=seconds)
    return done.returncode == 0


def rights() -> list[str] | None:
    """What to put before a command that installs packages; ``None`` where we may not."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    return [sudo, "-n"] if sudo and run([sudo, "-n", "true"]) else None


def install_packages(*names: str) -> bool:
    """Install packages of Debian or Ubuntu, where that is the system and we may."""
    apt, before = shutil.which("apt-get"), rights()
    if apt is None or before is None:
        return False
    run([*before, apt, "update"])
    return run([*before, apt, "install", "--yes", "--no-install-recommends", *names])
