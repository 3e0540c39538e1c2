"""The version of the program: of its command line, its wheel and its workers."""

from __future__ import annotations

from typing import Final

__version__: Final = "0.1.0"
