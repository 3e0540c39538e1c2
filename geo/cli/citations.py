"""The export of the sources of a dossier for reference managers."""

from __future__ import annotations

from pathlib import Path

from geo.briefing.source_lists import WRITERS
from geo.cli.options import local_day
from geo.cli.terminal import talk
from geo.dossier.intake import read_dossier
from geo.errors import IntakeError, OptionError
from geo.files import write_whole
from geo.text import counted
from geo.workspace import read_dossier_bytes


def write_sources(source: Path, out: Path, form: str, *, has_data: bool) -> None:
    """Write the sources of a dossier in one of the formats of :mod:`geo.briefing.source_lists`.

    Raises
    ------
    GeoError
        The file is not a dossier, or options were given that do not concern it.
    """
    if source.suffix not in {".yaml", ".yml"}:
        msg = f"{source}: --to {form} exports the sources of a dossier, such as incidents.yaml"
        raise IntakeError(msg)
    if has_data:
        raise OptionError("--data: the sources are all in the dossier; remove it")
    reading = read_dossier(read_dossier_bytes(source), str(source), today=local_day())
    write_whole(out, WRITERS[form](reading.dossier.sources))
    talk(*map(str, reading.errors), f"{out}: {counted(len(reading.dossier.sources), 'source')}")
