"""The modules of the browser half are put into one script, in order, or refused by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo.webmap.linker import LinkError, link_modules, parse_module
from geo.webmap.scripts import module_text, own_script

JS = Path(__file__).parent.parent / "geo/webmap/js"
# Each folder imports only from those before it.
FOLDERS = ["core", "view", "map", "time", "events", "pair", "panels", ""]


def linked(entry: str, **modules: str) -> str:
    """The script of modules that are named without their ending."""
    named = {name.replace("_", "/") + ".js": text for name, text in modules.items()}
    return link_modules(named.__getitem__, entry, "Face")


def test_modules_that_import_each_other_in_a_circle_are_refused_with_the_whole_circle() -> None:
    with pytest.raises(LinkError, match=r"in a circle: (a|b|c)\.js( <- (a|b|c)\.js){3}$"):
        linked(
            "a.js",
            a="import { b } from './b.js';\nexport const a = 1;\n",
            b="import { c } from './c.js';\nexport const b = 1;\n",
            c="import { a } from './a.js';\nexport const c = 1;\n",
        )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import { b } from './nowhere.js';\n", "nowhere.js: there is no such module"),
        ("import { missing } from './b.js';\n", "a.js: b.js exports no missing"),
        ("import { b c } from './b.js';\n", 'a.js: imports "b c"'),
        ("import b from './b.js';\n", "does not understand"),
        ("import * as b from './b.js';\n", "does not understand"),
        ("import './b.js';\n", "does not understand"),
        ("import { b } from 'leaflet';\n", "does not understand"),
        ("export default 1;\n", "does not understand"),
        ("export { b } from './b.js';\n", "does not understand"),
        ("export const { b } = {};\n", "does not understand"),
        ("const a = `\n/* kept */\n`;\n", "between single quotes"),
        ("const a = {{}};\n", "would read it"),
        ("const a = '{%';\n", "would read it"),
        ("const a = '</SCRIPT>';\n", "would read it"),
    ],
)
def test_what_the_linker_does_not_understand_is_refused_by_name(text: str, said: str) -> None:
    with pytest.raises(LinkError, match=re.escape(said)):
        linked("a.js", a=text, b="export const b = 1;\n")


def test_comments_stay_out_of_the_document_and_texts_that_look_like_them_stay_in() -> None:
    module = parse_module(
        "a.js",
        "/* A head. */\n// A line.\n/**\n * @param {{a: 1}} b\n */\nexport function f(b) {\n\n"
        "  return /** @type {any} */ (b) + ' // /* ' + '/**/'; // said\n}\n",
    )
    assert module.body == "function f(b) {\n  return (b) + ' // /* ' + '/**/'; // said\n}"
    assert module.exports == ("f",)


def test_the_document_holds_no_indentation() -> None:
    assert re.search(r"^[ \t]", own_script(), re.MULTILINE) is None


def test_every_module_is_in_the_document_once_and_after_what_it_imports() -> None:
    script = own_script()
    paths = sorted(path.relative_to(JS).as_posix() for path in JS.rglob("*.js"))
    places = {}
    for path in paths:
        start = f"const ${re.sub(r'[^a-z]', '_', path[:-3])} = "
        assert script.count(start) == 1, path
        places[path] = script.index(start)
    for path in paths:
        for origin in parse_module(path, module_text(path)).imports:
            assert places[origin] < places[path], (origin, path)


def test_no_folder_of_modules_imports_from_one_above_it() -> None:
    for path in JS.rglob("*.js"):
        name = path.relative_to(JS).as_posix()
        for origin in parse_module(name, module_text(name)).imports:
            folder, below = (one.rpartition("/")[0] for one in (name, origin))
            assert FOLDERS.index(below) <= FOLDERS.index(folder), (name, origin)


def test_only_one_module_knows_where_leaflet_is() -> None:
    users = {
        path.name
        for path in JS.rglob("*.js")
        if re.search(r"(globalThis|window)\)?\.L\b", path.read_text(encoding="utf-8"))
    }
    assert users == {"leaflet.js"}
    for path in JS.rglob("*.js"):
        name = path.relative_to(JS).as_posix()
        module = parse_module(name, module_text(name))
        known = any("L" in dict(names) for names in module.imports.values())
        assert known or name == "map/leaflet.js" or not re.search(r"(?<![\w.'\\{])L\.", module.body)


def test_a_document_offers_the_page_nothing_but_its_start() -> None:
    assert module_text("document.js").count("\nexport ") == 1
    assert re.findall(r"^window\.\w+ = ", own_script(), re.MULTILINE) == ["window.IncidentMap = "]
