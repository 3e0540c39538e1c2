"""Links the JavaScript modules of the map into the one script of the document.

A document opened from a file cannot load modules, so they are linked beforehand: each becomes a
function that is called once, after those that it imports, and returns its exports. Comments and
indents are left out. The linker supports only the subset of the language that the modules use:
imports and exports of names, each at the start of a line.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Final

from geo.errors import GeoError

# Each line by which a module takes or gives names; "function" and the like are left as they are.
_EXCHANGE: Final = re.compile(
    r"^(?:import \{([^{}]*)\} from '(\.{1,2}/[^'\n]+)';\n"
    r"|export (?=(?:async function|function|class|const|let) ([A-Za-z_$][\w$]*))"
    r"|(?:import|export)\b.*)",
    re.MULTILINE,
)
_BINDING: Final = re.compile(r"([A-Za-z_$][\w$]*)(?: as ([A-Za-z_$][\w$]*))?")
# Comments on lines of their own, and type annotations before an expression. Anything else that
# looks like a comment may be part of a string and is kept.
_COMMENTS: Final = re.compile(
    r"^[ \t]*(?:/\*[^*]*\*+(?:[^/*][^*]*\*+)*/[ \t]*\n|//[^\n]*\n|\n)", re.MULTILINE
)
_TYPES: Final = re.compile(r"/\*\* @type [^*]*\*+(?:[^/*][^*]*\*+)*/ ?")
# No text continues over the end of a line, so indents mean nothing.
_INDENTS: Final = re.compile(r"^[ \t]+", re.MULTILINE)
_REFUSED: Final = (
    # What Jinja would interpret, and what would end the script element.
    (
        re.compile(r"\{[{%#]|</script|<!--", re.IGNORECASE),
        "the page around the script would read it; put a space into it",
    ),
    (re.compile("`"), "write a text between single quotes"),
    (re.compile(r"\\$", re.MULTILINE), "end a text on the line on which it begins"),
)
_AS_EXPECTED: Final = "write import { name } from './module.js'; or export before a declaration"


class LinkError(GeoError):
    """A JavaScript module that cannot be linked into the document."""


@dataclass(frozen=True, slots=True)
class Module:
    """A parsed module.

    Attributes
    ----------
    name
        Its path in the folder of all modules, such as ``core/dom.js``.
    imports
        By exporting module, pairs of the exported and the local name.
    exports
        The exported names, in order.
    body
        Its code without imports, the word ``export`` and comments.
    """

    name: str
    imports: Mapping[str, tuple[tuple[str, str], ...]]
    exports: tuple[str, ...]
    body: str


def link_modules(read: Callable[[str], str], entry: str, face: str, *, seen: str = "") -> str:
    r"""One script from a module and everything that it imports, each in its own scope.

    Parameters
    ----------
    read
        Returns the text of the module at a path, such as ``core/dom.js``.
    entry
        The path of the module that imports all others.
    face
        The property of ``window`` for the exports of the entry, the only global of the script.
    seen
        For tests: another property of ``window``, for the exports of every module by path.

    Returns
    -------
    The script. The same modules give the same text.

    Raises
    ------
    LinkError
        If modules import each other in a circle, a module or name is missing, or the linker does
        not support a line.

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
    return _INDENTS.sub("", "\n".join(lines)) + "\n"


def parse_module(name: str, text: str) -> Module:
    r"""Parse a module.

    Raises
    ------
    LinkError
        If it contains a line that the linker does not support.

    Examples
    --------
    >>> text = "import { el as make } from '../dom.js';\nexport class B {}\n"
    >>> parse_module("a/b.js", text).imports
    {'dom.js': (('el', 'make'),)}
    >>> parse_module("a.js", "export default 1;\n")
    Traceback (most recent call last):
    geo.webmap.linker.LinkError: a.js: the linker does not understand "export default 1;"; ...
    """
    imports: dict[str, tuple[tuple[str, str], ...]] = {}
    exports: list[str] = []

    def exchange(found: re.Match[str]) -> str:
        if found[2]:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[2]))
            imports[path] = _bindings(name, found[1])
        elif found[3]:
            exports.append(found[3])
        else:
            raise _refusal(name, found, _AS_EXPECTED)
        return ""

    code = _EXCHANGE.sub(exchange, _TYPES.sub("", _COMMENTS.sub("", text)))
    for pattern, expected in _REFUSED:
        if found := pattern.search(code):
            raise _refusal(name, found, expected)
    return Module(name, imports, tuple(exports), code.strip("\n"))


def _refusal(name: str, found: re.Match[str], expected: str) -> LinkError:
    return LinkError(f'{name}: the linker does not understand "{found[0]}"; {expected}')


def _bindings(name: str, names: str) -> tuple[tuple[str, str], ...]:
    found = [_BINDING.fullmatch(one.strip()) for one in names.split(",") if one.strip()]
    if None in found:
        message = f'{name}: imports "{names.strip()}"; expected names between commas'
        raise LinkError(message)
    return tuple((one[1], one[2] or one[1]) for one in found if one)


def _ordered(read: Callable[[str], str], entry: str) -> dict[str, Module]:
    """All modules by path, each after the modules that it imports."""
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
    """Check that every imported name is exported."""
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
    return "\n".join([start, *imports, module.body, end])


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))
