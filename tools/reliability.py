"""Write ``docs/reliability.md`` from the figures that the last `make test-long` has kept.

Run from the project's root with ``python -m tools.reliability``; `make test-long` does.
"""

from __future__ import annotations

import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from geo.files import write_whole

ROOT: Final = Path(__file__).resolve().parent.parent
FIGURES: Final = ROOT / "build" / "reliability"
PAGE: Final = ROOT / "docs" / "reliability.md"

COUNTED: Final = {
    "A writer that is killed leaves the old file or the new one": (
        "test_faults.py", "test_a_writer_killed_in_the_middle_leaves_the_old_file_or_the_new_one",
    ),
    "So does a whole command": (
        "test_faults.py", "test_a_command_killed_at_any_moment_leaves_what_it_wrote_before",
    ),
    "Who makes a folder of events leaves the old one or the new one": (
        "test_faults.py",
        "test_a_folder_is_the_old_one_or_the_new_one_whenever_its_maker_is_killed",
    ),
    "So does a writer for whom any call to the system fails": (
        "test_faults.py",
        "test_whichever_call_to_the_system_fails_the_old_file_or_the_new_one_stands",
    ),
    "A full disk leaves the old file, and is said": (
        "test_faults.py", "test_a_full_disk_leaves_the_old_file_and_says_so",
    ),
    "A folder that may not be written to is said": (
        "test_faults.py",
        "test_a_folder_that_may_not_be_written_to_is_said_and_nothing_in_it_changes",
    ),
    "Writers at once give every reader one whole version": (
        "test_faults.py", "test_writers_at_once_never_give_a_reader_a_mixture",
    ),
    "A change that rests on what stands undoes nobody else's": (
        "test_faults.py", "test_who_looks_and_then_changes_is_alone_meanwhile",
    ),
    "A data file that breaks leaves the last sound version in view": (
        "test_last_sound.py",
        "test_whatever_breaks_the_last_sound_version_stays_until_it_is_mended",
    ),
    "One that is half written is held back, or shown with its problems": (
        "test_last_sound.py",
        "test_a_file_half_written_is_held_back_or_shown_with_its_problems",
    ),
    "A damaged cache is noticed, and costs only time": (
        "test_cache_faults.py", "test_every_damaged_byte_is_noticed_and_the_import_made_anew",
    ),
    "Reruns leave nothing open and nothing behind": (
        "test_sessions.py", "test_reruns_leave_no_file_open_and_no_memory_behind",
    ),
    "However many files are handed in, few are held": (
        "test_sessions.py", "test_however_many_versions_are_handed_in_few_are_held",
    ),
    "Readers at once keep their own View and their own file": (
        "test_sessions.py", "test_readers_at_once_keep_their_own_view_and_their_own_file",
    ),
}  # fmt: skip
HELD: Final = {
    "Nobody writes a file but through `geo/files.py`": (
        "test_every_write.py", "test_whatever_is_written_is_written_whole",
    ),
    "A recipe or a list never stands beside a file of another run": (
        "test_faults.py", "test_what_speaks_of_a_file_never_stands_beside_another",
    ),
    "What a killed writer left is swept, a living one's is not": (
        "test_faults.py", "test_the_part_of_a_living_writer_is_left_alone",
    ),
    "Two who add place names at once do not undo each other": (
        "test_faults.py", "test_two_who_add_place_names_at_once_do_not_undo_each_other",
    ),
    "The app changes nothing in the folder of the data: there is no update to lose": (
        "test_last_sound.py", "test_the_app_changes_nothing_in_the_folder_of_the_data",
    ),
    "A cache of another version is made anew": (
        "test_cache_faults.py", "test_an_entry_that_is_not_whole_is_made_anew",
    ),
    "A cache that cannot be written costs only the cache": (
        "test_cache_faults.py", "test_a_folder_that_cannot_be_had_costs_only_the_cache",
    ),
    "What one session hands in is shown to no other": (
        "test_sessions.py", "test_a_session_is_shown_nothing_that_another_handed_in",
    ),
    "The View of a link is kept by a reader who is quicker than the data": (
        "test_sessions.py", "test_the_view_of_a_link_is_taken_before_the_data_are_read",
    ),
    "Every cache in memory is bounded, none is on the disk": (
        "test_sessions.py", "test_every_cache_is_bounded_and_none_is_written_to_the_disk",
    ),
}  # fmt: skip
HEAD: Final = """\
# Reliability

What was tried to lose or tear a file, to mix up two readers or to fill the memory, how often, and
what came of it. The figures are written by the tests themselves: `make test-long` tries as often as
the table says and writes this page; `make test` tries the same a few times, `.ci/run` a share.

"""
HOW: Final = """
## How it is done

- **A file is written beside its place** under a hidden name that ends in `.part`, flushed to the
  disk, and then takes the name of the old one in one step; the folder is flushed as well.
- **Files that belong together** are all written before any of them takes its place. What speaks of
  the others, such as a recipe or the list of rejected rows, goes before they change and comes after
  them: a run that is killed between two of these steps leaves a figure without a recipe, never
  beside another's.
- **What a killed writer leaves** is removed by the next one that writes into the same folder. A
  living writer holds a lock on its part.
- **Data are read again when their files change.** If they can no longer be read, the last version
  that could stays in view, with when it was read and what is wrong now. The app never writes to
  them. A dossier of which only some records are faulty is shown without those.
- **The cache of imports** keeps a digest of each file of an entry, and of the note that holds them.
  What does not agree is made anew; the entries that were not asked for the longest go first.

## What it does not promise

- Under Windows nothing can be locked in these ways: parts are swept after a day, and of two who add
  place names in the same instant the second may win.
- A disk that loses what it has said is written loses it here too.
- A dossier that an editor has cut off between two records is a shorter dossier; nothing can tell.
- After a power cut between two steps of one run a recipe may be missing; the same command writes it
  again.
"""


def page(figures: dict[str, Any], day: str) -> str:
    """The text of the page."""
    lines = [
        HEAD + f"Last run on {day}, {platform.system()}, Python {platform.python_version()}.\n",
        "| promise | tried | lost | what happened | test |\n|---|---|---|---|---|",
    ]
    for promise, (file, test) in COUNTED.items():
        found = figures[test]
        lines.append(
            f"| {promise} | {found['tried']:,} | {found['lost'] or 'nothing'} | {found['said']} "
            f"| `tests/{file}::{test}` |"
        )
    lines.append("\nHeld by one look rather than by many tries:\n\n| promise | test |\n|---|---|")
    lines += [f"| {promise} | `tests/{file}::{test}` |" for promise, (file, test) in HELD.items()]
    return "\n".join(lines) + "\n" + HOW


def main() -> None:
    """Write the page, unless a figure is missing."""
    kept = {file.stem: json.loads(file.read_bytes()) for file in FIGURES.glob("*.json")}
    missing = [test for _, test in COUNTED.values() if test not in kept]
    if missing:
        sys.exit(
            f"docs/reliability.md stays as it is: no figures of {', '.join(missing)}; "
            "run `make test-long` without ARGS"
        )
    write_whole(PAGE, page(kept, datetime.now(UTC).date().isoformat()).encode())
    print(PAGE.relative_to(ROOT))


if __name__ == "__main__":
    main()
