"""The command line: results to stdout, messages to stderr.

Every command exits with 0 for success, 1 if the data have problems, 2 if it was used wrongly, and
70 after a fault of the program itself; ``diff`` exits with 0, 1 or 2, as programs of that name do.
``--debug`` before the command prints the log.
"""

from __future__ import annotations

import logging
import sys
from typing import Annotated, Final

import typer

from geo.cli.lazy import Commands
from geo.cli.terminal import say_what_can_be_said, tell_fault
from geo.errors import EXIT_FAULT
from geo.logs import DEBUG_VARIABLE, print_logs
from geo.version import __version__

app = typer.Typer(
    name="incident-map",
    cls=Commands,
    help="Map public reporting on armed groups, no more precisely than its sources allow.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_LOG: Final = logging.getLogger(__name__)


@app.callback(invoke_without_command=True)
def _front(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
    debug: Annotated[
        bool,
        typer.Option(
            "--debug",
            # The second is the variable's former name.
            envvar=[DEBUG_VARIABLE, "INCIDENT_MAP_TRACEBACK"],
            show_envvar=False,
            help=f"Print the log to stderr, with time, level and logger, and the traceback of any "
            f"fault of the program. {DEBUG_VARIABLE}=1 does the same.",
        ),
    ] = False,
) -> None:
    print_logs(logging.DEBUG if debug else None)
    _LOG.debug("incident-map %s, Python %s", __version__, sys.version.split()[0])
    if version:
        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Run the command line; a refusal by the package becomes one line and exit code 2.

    A fault of the program also becomes a sentence, with exit code 70.
    """
    say_what_can_be_said()
    try:
        app()
    except Exception as error:  # noqa: BLE001 - whatever it is, the user gets a sentence
        tell_fault(error, "running this command")
        sys.exit(EXIT_FAULT)
