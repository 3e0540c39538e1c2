"""One figure is drawn at a time: all sessions of the process share matplotlib's settings."""

from __future__ import annotations

from threading import Lock
from typing import Final

ONE_AT_A_TIME: Final = Lock()
"""Held while a figure or a chart is drawn; every session is a thread."""
