"""Ask the scripts what they make of a case: in Node.js where it is there, else in Chromium."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from browsing import MODULES, ROOT
from playwright.sync_api import Browser

from geo.webmap.linker import link_modules
from tools.scripts import find_node

Ask = Callable[..., Any]
TWINS = "tests/js/twins.js"
CALL = f"([name, ...args]) => {MODULES}['{TWINS}'][name](...args)"


@contextmanager
def in_node(node: str) -> Iterator[Ask]:
    """``ask(name, *arguments)`` of `tests/js/twins.js`, in a process of Node.js."""
    command = [node, str(ROOT / "tests/js/answer.js")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        questions, answers = process.stdin, process.stdout
        assert questions
        assert answers

        def ask(name: str, *arguments: Any) -> Any:
            questions.write(json.dumps([name, *arguments]) + "\n")
            questions.flush()
            return json.loads(answers.readline())

        yield ask
        questions.close()


@contextmanager
def in_chromium(browser: Browser) -> Iterator[Ask]:
    """The same in a page without a document."""
    page = browser.new_page()
    script = link_modules(lambda name: (ROOT / name).read_text("utf-8"), TWINS, "_", seen=MODULES)
    page.evaluate(f"() => {{ {script} }}")
    yield lambda name, *arguments: page.evaluate(CALL, [name, *arguments])
    page.close()


@contextmanager
def somewhere(browser: Callable[[], Browser]) -> Iterator[Ask]:
    """In Node.js, or else in the browser that this gives."""
    found = find_node()
    with in_node(found[0]) if found else in_chromium(browser()) as ask:
        yield ask
