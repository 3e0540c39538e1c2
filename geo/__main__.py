"""The command line as ``python -m geo``, where the program itself is not on the path."""

from __future__ import annotations

from geo.cli.main import main

if __name__ == "__main__":
    main()
