"""Find the programs that the tests need, installing those that are missing.

LibreOffice opens slides and reports as their recipients do, and poppler reads PDF, so that the
tests check what is shown. Firefox and WebKit open the map as well as Chromium. nginx is the proxy
in front of the app when it is served to a team. Run from the project's root; prints one path per
line.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tools import machine

# Program: its Debian packages (with a font for Dari), and the option with which it is tried.
PROGRAMS: Final[Mapping[str, tuple[tuple[str, ...], str]]] = MappingProxyType(
    {
        "soffice": (
            (
                "libreoffice-impress-nogui",
                "libreoffice-writer-nogui",
                "libreoffice-calc-nogui",
                "fonts-dejavu-core",
            ),
            "--version",
        ),
        # The example of docs/how-to/serving/ is tested with it.
        "nginx": (("nginx-light",), "-v"),
        "openssl": (("openssl",), "version"),
        "pdftotext": (("poppler-utils",), "-v"),
        "pdftoppm": (("poppler-utils",), "-v"),
        # The map is tested in these browsers too; WebKit's needs a display, if only a virtual one.
        "firefox": (("firefox-esr",), "--version"),
        "WebKitWebDriver": (("webkit2gtk-driver",), "--help"),
        "MiniBrowser": (("webkit2gtk-driver",), ""),
        "Xvfb": (("xvfb",), "-help"),
    }
)
APPLICATIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "firefox": ("/usr/bin/firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox"),
        "MiniBrowser": tuple(
            sorted(map(str, Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser")), reverse=True)
        ),
        "soffice": (
            "/Applications/LibreOffice.app/Contents/MacOS/soffice",
            "C:/Program Files/LibreOffice/program/soffice.com",
        ),
        # Debian installs it where only root has it on the path.
        "nginx": ("/usr/sbin/nginx", "/opt/homebrew/bin/nginx"),
    }
)
# LibreOffice can be installed without the component that reads a format.
FILTERS: Final = ("libsdlo.so", "libswlo.so")
NONE_FOUND: Final = """\
The tests need {missing}; none was found or could be installed.
  Debian, Ubuntu: apt install libreoffice-impress-nogui libreoffice-writer-nogui poppler-utils \
                  nginx-light openssl firefox-esr webkit2gtk-driver xvfb
  macOS:          brew install --cask libreoffice && brew install poppler nginx openssl
  Windows:        winget install TheDocumentFoundation.LibreOffice, and poppler on the PATH"""


def find(name: str) -> Path | None:
    """Return the first program of this name that works, or ``None``."""
    _, question = PROGRAMS[name]
    return next((path for path in _candidates(name) if _works(name, path, question)), None)


def has_calc() -> bool:
    """Whether LibreOffice opens workbooks, too; the tests that need it say so where it does not."""
    found = find("soffice")
    return found is not None and (found.resolve().parent / "libsclo.so").exists()


def missing() -> list[str]:
    """Return the names of the missing programs."""
    return [name for name in PROGRAMS if find(name) is None]


def needed(name: str) -> Path:
    """Return the program of this name.

    Raises
    ------
    SystemExit
        It is missing; the message says how to get it.
    """
    found = find(name)
    if found is None:
        sys.exit(NONE_FOUND.format(missing=name))
    return found


def install(names: list[str]) -> None:
    """Try the system's packages."""
    machine.install_packages(*dict.fromkeys(each for name in names for each in PROGRAMS[name][0]))


def _candidates(name: str) -> Iterator[Path]:
    if found := shutil.which(name):
        yield Path(found)
    yield from map(Path, APPLICATIONS.get(name, ()))


def _works(name: str, path: Path, question: str) -> bool:
    if name == "soffice" and not _has_filters(path):
        return False
    # A program that prints nothing without a display is only looked for.
    return machine.runs(path, question) if question else path.is_file()


def _has_filters(path: Path) -> bool:
    """Whether Writer and Impress are installed, judged by the names of their libraries."""
    folder = path.resolve().parent
    if not (folder / "libmergedlo.so").exists():
        return True
    return all((folder / library).exists() for library in FILTERS)


def main() -> None:
    """Print the paths, or how to install the programs."""
    wanted = missing()
    if wanted:
        print(f"Not found: {', '.join(wanted)}; installing for the tests.", file=sys.stderr)
        install(wanted)
    for name in PROGRAMS:
        print(needed(name))


if __name__ == "__main__":
    main()
