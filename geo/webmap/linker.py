"""The modules of the browser half, put in order into the one script of the document.

A document that runs from a file can load no module, so the modules are linked beforehand: each
becomes a function that is called once and gives back what it exports, after all that it imports.
What the linker reads is a narrow part of the language, which the modules keep to: imports and
exports of names, each at the start of a line.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Final

from geo.errors import GeoError

_IMPORT: Final = re.compile(r"^import \{([^{}]*)\} from '(\.{1,2}/[^'\n]+)';\n", re.MULTILINE)
_EXPORT: Final = re.compile(
    r"^export (?=(?:async function|function|class|const|let) ([A-Za-z_$][\w$]*))", re.MULTILINE
)
_BINDING: Final = re.compile(r"([A-Za-z_$][\w$]*)(?: as ([A-Za-z_$][\w$]*))?")
_LEFT_OVER: Final = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
# Comments that stand on lines of their own, and the types that stand before an expression. What
# else looks like a comment may stand in a text and stays.
_COMMENTS: Final = re.compile(
    r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*\n|^[ \t]*//[^\n]*\n"
    r"|/\*\* @type (?:(?!\*/).)*\*/ ?|^[ \t]*\n",
    re.MULTILINE | re.DOTALL,
)
# No text of ours goes over two lines, so that what begins a line says nothing.
_INDENT: Final = re.compile(r"^[ \t]+", re.MULTILINE)
# What a Jinja template would read, and what would end the element around the script.
_READ_ELSEWHERE: Final = re.compile(r"\{[{%#]|</script|<!--", re.IGNORECASE)


class LinkError(GeoError):
    """A module of the browser half that cannot be put into the document."""


@dataclass(frozen=True, slots=True)
class Module:
    """A module as the linker reads it.

    Attributes
    ----------
    name
        Its path below the folder of all modules, such as ``core/dom.js``.
    imports
        Names by the module that exports them, each with the name that it has here.
    exports
        The names that it exports, in their order.
    body
        Its code without imports, the word ``export`` and comments.
    """

    name: str
    imports: Mapping[str, tuple[tuple[str, str], ...]]
    exports: tuple[str, ...]
    body: str


def link_modules(read: Callable[[str], str], entry: str, face: str, *, seen: str = "") -> str:
    r"""One script of a module and all that it imports, each in a scope of its own.

    Parameters
    ----------
    read
        Gives the text of the module of a path, such as ``core/dom.js``.
    entry
        The path of the module that imports all others.
    face
        The property of ``window`` that holds what the entry exports, the only global of the script.
    seen
        For tests: a further property of ``window`` that holds what each module exports, by path.

    Returns
    -------
    The script. The same modules give the same text.

    Raises
    ------
    LinkError
        Where modules import each other in a circle, a module or name is missing, or a line is none
        that the linker understands.

    Examples
    --------
    >>> modules = {
    ...     "a.js": "import { two } from './b/two.js';\nexport const four = two + two;\n",
    ...     "b/two.js": "/* Two. */\nexport const two = 2;\n",
    ... }
    >>> print(link_modules(modules.__getitem__, "a.js", "Sums"))
    window.Sums = (() => {
    'use strict';
    const $b_two = (() => {
    const two = 2;
    return { two };
    })();
    const $a = (() => {
    const { two } = $b_two;
    const four = two + two;
    return { four };
    })();
    return $a;
    })();
    <BLANKLINE>
    """
    modules = _ordered(read, entry)
    for module in modules.values():
        _check(module, modules)
    shown = ", ".join(f"'{name}': {_variable(name)}" for name in modules) if seen else ""
    lines = [
        f"window.{face} = (() => {{",
        "'use strict';",
        *(_linked(module) for module in modules.values()),
        *([f"window.{seen} = {{ {shown} }};"] if seen else []),
        f"return {_variable(entry)};",
        "})();",
    ]
    return "\n".join(lines) + "\n"


def parse_module(name: str, text: str) -> Module:
    r"""Read a module.

    Raises
    ------
    LinkError
        Where it holds a line that the linker does not understand.

    Examples
    --------
    >>> text = "import { el as make } from '../dom.js';\nexport class B {}\n"
    >>> parse_module("a/b.js", text).imports
    {'dom.js': (('el', 'make'),)}
    >>> parse_module("a.js", "export default 1;\n")
    Traceback (most recent call last):
    geo.webmap.linker.LinkError: a.js: the linker does not understand "export default 1;"; ...
    """
    code = _COMMENTS.sub("", text)
    imports = {
        posixpath.normpath(posixpath.join(posixpath.dirname(name), path)): _bindings(name, names)
        for names, path in _IMPORT.findall(code)
    }
    code = _IMPORT.sub("", code)
    exports = tuple(_EXPORT.findall(code))
    code = _EXPORT.sub("", code)
    for pattern, expected in (
        (_LEFT_OVER, "write import { name } from './module.js'; or export before a declaration"),
        (_READ_ELSEWHERE, "the page around the script would read it; put a space into it"),
        (re.compile("`"), "write a text between single quotes"),
    ):
        if found := pattern.search(code):
            message = f'{name}: the linker does not understand "{found[0]}"; {expected}'
            raise LinkError(message)
    return Module(name, imports, exports, code.strip("\n"))


def _bindings(name: str, names: str) -> tuple[tuple[str, str], ...]:
    found = [_BINDING.fullmatch(one.strip()) for one in names.split(",") if one.strip()]
    if None in found:
        message = f'{name}: imports "{names.strip()}"; expected names between commas'
        raise LinkError(message)
    return tuple((one[1], one[2] or one[1]) for one in found if one)


def _ordered(read: Callable[[str], str], entry: str) -> dict[str, Module]:
    """All modules by path, each after those that it imports."""
    found: dict[str, Module] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            found[name] = parse_module(name, read(name))
        except (KeyError, OSError) as error:
            message = f"{name}: there is no such module"
            raise LinkError(message) from error
        waiting.extend(found[name].imports)
    graph = {name: sorted(module.imports) for name, module in sorted(found.items())}
    try:
        return {name: found[name] for name in TopologicalSorter(graph).static_order()}
    except CycleError as error:
        message = f"modules import each other in a circle: {' <- '.join(error.args[1])}"
        raise LinkError(message) from error


def _check(module: Module, modules: Mapping[str, Module]) -> None:
    """Every name that is imported is exported."""
    for origin, names in module.imports.items():
        for name, _ in names:
            if name not in modules[origin].exports:
                message = f"{module.name}: {origin} exports no {name}"
                raise LinkError(message)


def _linked(module: Module) -> str:
    imports = [
        f"const {{ {', '.join(a if a == b else f'{a}: {b}' for a, b in names)} }} = "
        f"{_variable(origin)};"
        for origin, names in module.imports.items()
    ]
    start = f"const {_variable(module.name)} = (() => {{"
    end = f"return {{ {', '.join(module.exports)} }};\n}})();"
    return "\n".join([start, *imports, _INDENT.sub("", module.body), end])


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))
