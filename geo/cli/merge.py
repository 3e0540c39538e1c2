"""The command ``merge``: two versions of a dossier become one, by hand or within git."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from geo.cli.sparing import sparing_inputs
from geo.cli.terminal import stop, talk
from geo.dossier.merging import Merge, merged
from geo.errors import EditError, GeoError, OptionError, WriteError
from geo.files import write_whole
from geo.text import counted, harmless

_DRIVER: Final = "incident-map"
"""The name under which git knows the driver."""
_ATTRIBUTE: Final = f"incidents.yaml merge={_DRIVER}"
"""The line of `.gitattributes`: only dossiers, for no other YAML can be merged this way."""
_VERSIONS: Final = 3
"""BASE, OURS and THEIRS."""


@sparing_inputs
def merge_command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="BASE OURS THEIRS",
            help="The version that both were made from, yours, and the other one.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="File to write. Default: stdout."),
    ] = None,
    git: Annotated[
        bool,
        typer.Option("--git", help="As git's merge driver: write into OURS, with markers."),
    ] = False,
    install: Annotated[
        bool,
        typer.Option("--install", help="Have git merge dossiers in the repository you are in."),
    ] = False,
) -> None:
    """Merge two versions of a dossier that were edited apart, field by field.

    Every edit and comment of either side is kept. Where both changed one value, the result has
    that of OURS and the clash is listed. Exit code 0 means that nothing clashes, 1 that something
    does or that the merged dossier has an error that neither side had, 2 that a file could not be
    read or written. After 2 nothing was written.
    """
    try:
        if install:
            _refuse_more(files or (), out, git=git)
            _install()
            return
        if len(files or ()) != _VERSIONS or files is None:
            msg = "merge: give three files, BASE OURS THEIRS, such as `old.yaml mine.yaml her.yaml`"
            raise OptionError(msg)
        if git and out is not None:
            msg = "--out: --git writes into OURS; give one of the two"
            raise OptionError(msg)
        merge = _merged(files, markers=git)
        target = files[1] if git else out
        if target is not None:
            _write(target, merge.data)
        else:
            _print(merge.data)
    except GeoError as error:
        stop(error)
    _list(merge, markers=git)
    raise typer.Exit(1 if merge.clashes or merge.problems else 0)


def _merged(files: list[Path], *, markers: bool) -> Merge:
    versions = []
    for file in files:
        try:
            versions.append(file.read_bytes())
        except OSError as error:
            msg = f"{file}: cannot be read ({error.strerror})"
            raise OptionError(msg) from error
    try:
        return merged(*versions, markers=markers, file=str(files[1]))
    except EditError as error:
        names = dict(zip(("base", "ours", "theirs"), files, strict=True))
        side, _, rest = str(error).partition(": ")
        msg = f"{names[side]} ({side}): {rest}" if side in names else str(error)
        raise EditError(msg) from error


def _write(file: Path, data: bytes) -> None:
    try:
        write_whole(file, data)
    except OSError as error:
        msg = f"{file}: cannot be written ({error.strerror})"
        raise WriteError(msg) from error


def _print(data: bytes) -> None:
    """Write the bytes as they are, but to a terminal nothing that it would obey."""
    if sys.stdout.isatty():
        text = "\n".join(map(harmless, data.decode("utf-8-sig").split("\n")))
        typer.echo(text, nl=False)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def _list(merge: Merge, *, markers: bool) -> None:
    talk(*map(str, merge.clashes))
    talk(*(f"neither side had this error: {problem}" for problem in merge.problems))
    clashes = len(merge.clashes)
    if clashes and markers:
        talk(
            f"{counted(clashes, 'clash', 'clashes')}: both versions are in the file, between "
            "markers; `incident-map validate` explains each place"
        )
    elif clashes:
        talk(f"{counted(clashes, 'clash', 'clashes')}: the result has the values of ours")


def _refuse_more(files: object, out: Path | None, *, git: bool) -> None:
    if files or out is not None or git:
        msg = "--install: takes no files and no other option; run it in your repository"
        raise OptionError(msg)


def _install() -> None:
    """Set up the driver in git's configuration, and the files it is for in ``.gitattributes``."""
    top = Path(_git("rev-parse", "--show-toplevel"))
    # -P: a folder named geo in the repository does not lend the driver its modules.
    driver = f'"{Path(sys.executable).as_posix()}" -P -m geo merge --git %O %A %B'
    _git("config", f"merge.{_DRIVER}.name", "Incident Map: dossiers, field by field")
    _git("config", f"merge.{_DRIVER}.driver", driver)
    attributes = top / ".gitattributes"
    held = attributes.read_bytes() if attributes.is_file() else b""
    if _ATTRIBUTE.encode() not in held.splitlines():
        gap = b"" if not held or held.endswith(b"\n") else b"\n"
        _write(attributes, held + gap + f"{_ATTRIBUTE}\n".encode())
    talk(
        f"git now merges every incidents.yaml in {top} field by field. Commit .gitattributes; each "
        "person runs this command once in their own copy"
    )


def _git(*words: str) -> str:
    program = shutil.which("git")
    if program is None:
        msg = "--install: git is not installed, or not on the PATH"
        raise OptionError(msg)
    done = subprocess.run(  # noqa: S603 - git with words of our own
        [program, *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        why = done.stderr.strip().splitlines() or ["no reason given"]
        msg = f"--install: git refuses ({why[0]}); run it inside a git repository"
        raise OptionError(msg)
    return done.stdout.strip()
