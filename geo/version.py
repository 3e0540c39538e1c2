"""The version of the program, the same for its command line, wheel and workers."""

from __future__ import annotations

from typing import Final

__version__: Final = "0.1.0"
