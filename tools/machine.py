"""Run programs and install packages of the operating system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

_QUIET: Final = frozenset({"--version", "--help", "-help", "-v", "true"})


def runs(path: Path, question: str = "--version") -> bool:
    """Whether a program runs; Ubuntu's chromium-browser may only print that a snap is missing."""
    if not (path.is_file() and os.access(path, os.X_OK)):
        return False
    try:
        return run([str(path), question], seconds=30)
    except subprocess.TimeoutExpired:
        return False


def run(command: list[str], seconds: float = 900) -> bool:
    """Run a command; its output goes to standard error, and only if it installs something."""
    words = subprocess.DEVNULL if command[-1] in _QUIET else sys.stderr
    done = subprocess.run(command, check=False, stdout=words, stderr=words, timeout=seconds)
    return done.returncode == 0


def rights() -> list[str] | None:
    """The words before a command that installs packages; ``None`` without permission."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    return [sudo, "-n"] if sudo and run([sudo, "-n", "true"]) else None


def install_packages(*names: str) -> bool:
    """Install packages on Debian or Ubuntu, if there is permission to do so."""
    apt, before = shutil.which("apt-get"), rights()
    if apt is None or before is None:
        return False
    run([*before, apt, "update"])
    return run([*before, apt, "install", "--yes", "--no-install-recommends", *names])
