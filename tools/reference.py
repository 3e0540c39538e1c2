"""The generated pages of the reference: the command line from its program, the API from `geo`.

Neither is kept in ``docs/``: ``make docs`` generates both, so no command, option or public name
can be missing. The documentation tool is not needed here; tests compare the pages with the program.
"""

from __future__ import annotations

import enum
import inspect
import re
import types
import typing
from collections.abc import Iterator
from typing import Any, Final, Literal, get_args, get_origin

import typer.main

import geo
from geo.cli.main import app

PROGRAM: Final = "incident-map"
_COMMANDS: Final = """\
# Command line

Generated from the program. Every command accepts `--help`. `{program}` and `python -m geo` are the
same program.

Results go to stdout, messages to stderr.

| exit code | meaning |
| --- | --- |
| 0 | no problems |
| 1 | the data have problems; for `diff`: something changed |
| 2 | the command was used incorrectly; for `diff`: a file could not be read completely |
| 70 | a fault in the program, in one sentence; `INCIDENT_MAP_TRACEBACK=1` adds the traceback |

"""
_API: Final = """\
# Python API

Generated from the docstrings of the public names. Import them from `geo`; each is loaded when it is
first used. Names that are not on this page may change in any release.

"""
_RESULTS: Final = """\
## Results

What the functions above return. These classes are not created by hand.

"""
RESULTS: Final = (
    "geo.dossier.intake.Reading",
    "geo.events.importing.importing.ImportedEvents",
    "geo.places.locations.Location",
    "geo.snapshot.content.event_file.EventFile",
    "geo.snapshot.output.making.Snapshot",
    "geo.view.ledger.Selection",
    "geo.view.ledger.Ledger",
    "geo.errors.Problem",
)
"""The classes that public functions return and that are not public names themselves."""
Command = Any
"""The object that typer makes of a command; its type is not public."""
Parameter = Any


def command_line() -> str:
    """The page of all commands and options, as Markdown."""
    parts = [_COMMANDS.format(program=PROGRAM)]
    parts += [_command(path, command) for path, command in commands()]
    return "\n".join(parts)


def commands() -> Iterator[tuple[str, Command]]:
    """Every command that is not hidden, with its full name; groups come before their commands."""
    yield from _walk(PROGRAM, typer.main.get_command(app))


def options(command: Command) -> list[Parameter]:
    """The options of a command that are not hidden."""
    return [one for one in command.params if _is_option(one) and not one.hidden]


def spelled(option: Parameter) -> list[str]:
    """All spellings of an option, those that switch it off included."""
    return [*option.opts, *option.secondary_opts]


def api() -> str:
    """The page of all public names and of what their functions return, as Markdown."""
    values = {name: getattr(geo, name) for name in geo.__all__ if name != "__version__"}
    functions = [name for name, value in values.items() if inspect.isfunction(value)]
    classes = [name for name in values if name not in functions]
    return "".join(
        [
            _API,
            "## Functions\n\n",
            *(_directive("autofunction", f"geo.{name}") for name in functions),
            "## Classes\n\n",
            *(_directive("autoclass", f"geo.{name}", "members:") for name in classes),
            _RESULTS,
            *(_directive("autoclass", name, "members:", "no-index:") for name in RESULTS),
        ]
    )


def _directive(name: str, target: str, *options: str) -> str:
    lines = [
        f"```{{eval-rst}}\n.. {name}:: {target}",
        *(f"   :{one}" for one in options),
        "```\n\n",
    ]
    return "\n".join(lines)


def _walk(path: str, command: Command) -> Iterator[tuple[str, Command]]:
    if getattr(command, "hidden", False):
        return
    yield path, command
    for name, one in sorted(getattr(command, "commands", {}).items()):
        yield from _walk(f"{path} {name}", one)


def _command(path: str, command: Command) -> str:
    arguments = [one for one in command.params if not _is_option(one)]
    pieces = [path, *(["[OPTIONS]"] if options(command) else [])]
    pieces += [_metavar(one) for one in arguments]
    pieces += ["COMMAND"] if getattr(command, "commands", None) else []
    parts = [f"## {path}\n", f"{_marked(inspect.cleandoc(command.help or ''))}\n"]
    parts.append(f"```text\n{' '.join(pieces)}\n```\n")
    if arguments:
        rows = ((f"`{_metavar(one)}`", _help(one)) for one in arguments)
        parts.append(_table("argument", rows))
    for panel in dict.fromkeys(one.rich_help_panel or "Options" for one in options(command)):
        held = [one for one in options(command) if (one.rich_help_panel or "Options") == panel]
        parts.append(
            _table(panel[0].lower() + panel[1:], ((_names(one), _help(one)) for one in held))
        )
    return "\n".join(parts)


def _table(heading: str, rows: Iterator[tuple[str, str]]) -> str:
    lines = [f"| {heading} | description |", "| --- | --- |"]
    lines += [f"| {_cell(left)} | {_cell(right)} |" for left, right in rows]
    return "\n".join(lines) + "\n"


def _marked(text: str) -> str:
    """Text of the program with its options as code."""
    return re.sub(r"(?<![`\w-])(--[a-z][a-z-]*)", r"`\1`", text)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _names(option: Parameter) -> str:
    value = "" if getattr(option, "is_flag", False) else f" {_metavar(option)}"
    return ", ".join(f"`{name}{value}`" for name in spelled(option))


def _help(parameter: Parameter) -> str:
    parts = [_marked(parameter.help or "")]
    if getattr(parameter, "required", False) and _is_option(parameter):
        parts.append("Required.")
    default = parameter.default
    if parameter.show_default and default not in (None, "", False, ()) and not callable(default):
        shown = default.value if isinstance(default, enum.Enum) else default
        flags = {True: parameter.opts, False: parameter.secondary_opts}
        parts.append(f"Default: `{flags[default][0] if isinstance(default, bool) else shown}`.")
    if parameter.envvar:
        parts.append(f"Environment variable: `{parameter.envvar}`.")
    return " ".join(part for part in parts if part)


def _metavar(parameter: Parameter) -> str:
    if parameter.metavar:
        return str(parameter.metavar)
    kind = parameter.type_descriptor.annotation
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return "|".join(str(one.value) for one in kind)
    if get_origin(kind) is Literal:
        return "|".join(map(str, get_args(kind)))
    if get_origin(kind) in {typing.Union, types.UnionType}:
        kind = next(one for one in get_args(kind) if one is not type(None))
    if parameter.min is not None and parameter.max is not None:
        return f"{parameter.min}-{parameter.max}"
    return {int: "NUMBER", float: "NUMBER"}.get(kind, "TEXT")


def _is_option(parameter: Parameter) -> bool:
    first: str = parameter.opts[0]
    return first.startswith("-")
