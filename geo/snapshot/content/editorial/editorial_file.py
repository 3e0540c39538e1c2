r"""Read what an editor adds to a figure from a YAML file.

The file has the fields of :class:`geo.snapshot.content.editorial.editorial.Editorial`. Its logo and
its colours may be the names of other files in the same folder.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from geo import limits
from geo.dossier.yaml_lines import YamlLimits, read_yaml
from geo.errors import IntakeError, RecipeError
from geo.snapshot.content.editorial.editorial import Editorial
from geo.snapshot.content.editorial.logo import Logo, logo_of

_DEPTH: Final = 6
"""Levels of mappings and lists: the positions of a mark need five."""
_PARTS: Final = 200_000
"""Parts of YAML: two for each number of the largest areas of a figure."""


def read_editorial(file: Path) -> Editorial:
    """Read a YAML file, and the files with the logo and the colours that it names.

    Raises
    ------
    GeoError
        A file cannot be read, or something in it is not valid; the message says where.
    """
    values = _yaml(_bytes_of(file, limits.MAX_EDITORIAL_BYTES), str(file))
    if isinstance(values, dict):
        if isinstance(named := values.get("logo"), str):
            values["logo"] = read_logo(file.parent / named).to_plain()
        if isinstance(named := values.get("colours"), str):
            values["colours"] = read_colours(file.parent / named)
    return Editorial.from_plain(values, str(file))


def parse_editorial(data: bytes, name: str) -> Editorial:
    r"""Read the bytes of a YAML file that names no other files.

    Raises
    ------
    GeoError
        They cannot be read, or something is not valid.

    Examples
    --------
    >>> parse_editorial(b"marking: TLP:AMBER\nbleed: 3\n", "e.yaml").marking
    'TLP:AMBER'
    >>> parse_editorial(b"marks:\n- kind: arow\n  at: [[34, 69], [35, 69]]\n", "e.yaml")
    ... # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    geo.errors.RecipeError: e.yaml: marks, 1: kind 'arow' is unknown; expected any of arrow, ...
    """
    if len(data) > (most := limits.MAX_EDITORIAL_BYTES):
        raise IntakeError(f"{name}: is larger than {most:,} bytes, the most that is read")
    return Editorial.from_plain(_yaml(data, name), name)


def read_logo(file: Path) -> Logo:
    """Read a PNG or JPEG as a logo.

    Raises
    ------
    GeoError
        It cannot be read, or is not a picture that can be a logo.
    """
    return logo_of(_bytes_of(file, limits.MAX_LOGO_BYTES), str(file))


def read_colours(file: Path) -> Any:
    """Read the colours of a house style from a TOML or YAML file, still unchecked.

    Raises
    ------
    GeoError
        It cannot be read.
    """
    data = _bytes_of(file, limits.MAX_EDITORIAL_BYTES)
    if file.suffix.lower() != ".toml":
        return _yaml(data, str(file))
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise IntakeError(f"{file}: is not TOML in UTF-8 ({error})") from error


def _yaml(data: bytes, name: str) -> Any:
    try:
        read = read_yaml(data.decode("utf-8-sig"), YamlLimits(_DEPTH, _PARTS))
    except UnicodeDecodeError as error:
        raise IntakeError(
            f"{name}: byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from error
    except IntakeError as error:
        raise IntakeError(f"{name}: {error}") from error
    if read.faults:
        line, _, words = read.faults[0]
        raise IntakeError(f"{name}:{line}: {words}")
    return read.value if read.value is not None else {}


def _bytes_of(file: Path, most: int) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        raise IntakeError(
            f"{file}: cannot be read ({error.strerror}); expected a file that you may read"
        ) from error
    if len(data) > most:
        raise RecipeError(f"{file}: is larger than {most:,} bytes, the most that is read")
    return data
