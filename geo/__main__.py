"""The command line as ``python -m geo``, for environments without the program on their path."""

from __future__ import annotations

from geo.cli.main import main

if __name__ == "__main__":
    main()
