"""Write the page on reliability in ``docs/`` from the figures of the last `make test-long`.

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
PAGE: Final = ROOT / "docs" / "explanation" / "reliability.md"

COUNTED: Final = {
    "A writer that is killed leaves the old file or the new one, both complete": (
        "test_faults.py", "test_a_writer_killed_in_the_middle_leaves_the_old_file_or_the_new_one",
    ),
    "A command that is killed does the same": (
        "test_faults.py", "test_a_command_killed_at_any_moment_leaves_what_it_wrote_before",
    ),
    "A killed import leaves the old folder of events or the new one": (
        "test_faults.py",
        "test_a_folder_is_the_old_one_or_the_new_one_whenever_its_maker_is_killed",
    ),
    "A writer whose system call fails leaves the old file or the new one": (
        "test_faults.py",
        "test_whichever_call_to_the_system_fails_the_old_file_or_the_new_one_stands",
    ),
    "A killed save leaves the dossier and its history log both with the edit or both without": (
        "test_saving.py", "test_a_kill_at_any_moment_loses_no_acknowledged_save",
    ),
    "A killed merge of another copy leaves the dossier and its history log both with it or both "
    "without": (
        "test_copies.py", "test_a_kill_at_any_moment_of_a_merge_loses_no_acknowledged_one",
    ),
    "Two processes that edit the same records at once lose no edit": (
        "test_saving.py", "test_two_processes_at_once_lose_nothing_of_each_other",
    ),
    "A full disk leaves the old file and is reported": (
        "test_faults.py", "test_a_full_disk_leaves_the_old_file_and_says_so",
    ),
    "A folder without write permission is reported": (
        "test_faults.py",
        "test_a_folder_that_may_not_be_written_to_is_said_and_nothing_in_it_changes",
    ),
    "With concurrent writers, every reader gets one complete version": (
        "test_faults.py", "test_writers_at_once_never_give_a_reader_a_mixture",
    ),
    "A change based on the current file never overwrites someone else's": (
        "test_faults.py", "test_who_looks_and_then_changes_is_alone_meanwhile",
    ),
    "When a data file breaks, the last valid version stays in view": (
        "test_last_valid_data.py",
        "test_whatever_breaks_the_last_valid_version_stays_until_it_is_fixed",
    ),
    "A half-written file is held back, or shown with its problems": (
        "test_last_valid_data.py",
        "test_a_file_half_written_is_held_back_or_shown_with_its_problems",
    ),
    "A damaged cache is detected and costs only time": (
        "test_cache_faults.py", "test_every_damaged_byte_is_noticed_and_the_import_made_anew",
    ),
    "Reruns leave no open files and no memory behind": (
        "test_sessions.py", "test_reruns_leave_no_file_open_and_no_memory_behind",
    ),
    "However many files are uploaded, few are kept in memory": (
        "test_sessions.py", "test_however_many_versions_are_handed_in_few_are_held",
    ),
    "Concurrent users keep their own View and their own file": (
        "test_sessions.py", "test_readers_at_once_keep_their_own_view_and_their_own_file",
    ),
    "What is wrong in the structure of a file is read or refused, and every output opens": (
        "test_fuzz_structures.py",
        "test_what_is_wrong_in_structure_is_read_or_refused_and_every_output_opens",
    ),
    "Somebody who has not signed in fills nothing, learns nothing and disturbs nobody": (
        "test_attack.py", "test_a_stranger_fills_nothing_learns_nothing_and_harms_no_member",
    ),
}  # fmt: skip
HELD: Final = {
    "Every file is written through `geo/files.py`": (
        "test_every_write.py", "test_whatever_is_written_is_written_whole",
    ),
    "A recipe or a list is never left beside a file of another run": (
        "test_faults.py", "test_what_speaks_of_a_file_never_stands_beside_another",
    ),
    "Leftovers of a killed writer are removed, those of a running one are not": (
        "test_faults.py", "test_the_part_of_a_living_writer_is_left_alone",
    ),
    "Two users who add place names at the same time do not overwrite each other": (
        "test_faults.py", "test_two_who_add_place_names_at_once_do_not_undo_each_other",
    ),
    "The app changes nothing in the data folder that nobody edits": (
        "test_last_valid_data.py", "test_the_app_changes_nothing_in_the_folder_of_the_data",
    ),
    "A cache of another version is rebuilt": (
        "test_cache_faults.py", "test_an_entry_that_is_not_whole_is_made_anew",
    ),
    "A cache that cannot be written is skipped; the import still succeeds": (
        "test_cache_faults.py", "test_a_folder_that_cannot_be_had_costs_only_the_cache",
    ),
    "A file uploaded in one session is not visible in another": (
        "test_sessions.py", "test_a_session_is_shown_nothing_that_another_handed_in",
    ),
    "The View of a link is kept when a user acts before the data have loaded": (
        "test_sessions.py", "test_the_view_of_a_link_is_taken_before_the_data_are_read",
    ),
    "Every cache in memory is bounded; none is on disk": (
        "test_sessions.py", "test_every_cache_is_bounded_and_none_is_written_to_the_disk",
    ),
}  # fmt: skip
HEAD: Final = """\
# Reliability

These tests try to lose or corrupt a file, to show one user's data to another, and to exhaust
memory. The figures are written by the tests themselves: `make test-long` makes as many attempts as
the table says and writes this page; `make test-all` makes a few, `.ci/run` a share.

"""
HOW: Final = """
## How it works

- **A file is written next to its target** under a hidden name that ends in `.part`, flushed to
  disk, and then renamed in one step; the folder is flushed as well.
- **Files that belong together** are all written before any of them is renamed. A file that
  describes the others, such as a recipe or the list of rejected rows, is removed before they
  change and added after them. A run that is killed in between leaves a figure without a recipe,
  never with the recipe of another.
- **Leftovers of a killed writer** are removed by the next one that writes into the same folder. A
  running writer holds a lock on its part.
- **Data is read again when its files change.** If a file can no longer be read, the last version
  that could be read stays in view, with the time it was loaded and the problem. The app never
  writes to data files. If only some records of a dossier are invalid, the others are shown.
- **The cache of imports** keeps a digest of each file of an entry, and of the index that lists
  them. An entry that does not match is rebuilt; the least recently used entries are removed first.

## What is not promised

- Windows has no such locks: leftovers are removed after a day, and of two users who add place
  names at the same instant the second may win.
- A disk that loses data it has reported as written loses it here too.
- A dossier that an editor truncated exactly between two records is a valid, shorter dossier.
- After a power failure between two steps of one run, a recipe may be missing; the same command
  writes it again.
"""


def page(figures: dict[str, Any], day: str) -> str:
    """The text of the page."""
    lines = [
        HEAD + f"Last run on {day}, {platform.system()}, Python {platform.python_version()}.\n",
        "| promise | attempts | lost | result | test |\n|---|---|---|---|---|",
    ]
    for promise, (file, test) in COUNTED.items():
        found = figures[test]
        lines.append(
            f"| {promise} | {found['tried']:,} | {found['lost'] or 'nothing'} | {found['said']} "
            f"| `tests/{file}::{test}` |"
        )
    lines.append(
        "\nShown by one check rather than by many attempts:\n\n| promise | test |\n|---|---|"
    )
    lines += [f"| {promise} | `tests/{file}::{test}` |" for promise, (file, test) in HELD.items()]
    return "\n".join(lines) + "\n" + HOW


def main() -> None:
    """Write the page, unless a figure is missing."""
    kept = {file.stem: json.loads(file.read_bytes()) for file in FIGURES.glob("*.json")}
    missing = [test for _, test in COUNTED.values() if test not in kept]
    if missing:
        sys.exit(
            f"docs/explanation/reliability.md stays as it is: no figures of {', '.join(missing)}; "
            "run `make test-long` without ARGS"
        )
    write_whole(PAGE, page(kept, datetime.now(UTC).date().isoformat()).encode())
    print(PAGE.relative_to(ROOT))


if __name__ == "__main__":
    main()
