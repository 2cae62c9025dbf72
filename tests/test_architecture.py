"""Does the house still have its rooms, its walls and its size?

The arrows between rooms stand in ``pyproject.toml`` and ``make check`` holds them; here is what they cannot say.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
ROOMS = (
    "cli",
    "web",
    "jobs",
    "services",
    "storage",
    "reporting",
    "documents",
    "channels",
    "engine",
    "definitions",
    "texts",
)
PURE = ("texts", "definitions", "engine")
FRAMEWORKS = {
    "flask",
    "werkzeug",
    "jinja2",
    "wtforms",
    "sqlalchemy",
    "redis",
    "rq",
    "pandas",
    "numpy",
    "cryptography",
}

LONGEST_FILE = 350
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc"}

# Written in pieces, or this file would find itself.
MACHINE = re.compile(r"(^|[^A-Za-z0-9_.])/(wor[k]|far[m]|tmp/meerne[t])/")
REGISTRY = re.compile(r'(index-ur[l]|resolve[d]|registr[y])"?[ =:]+"?https?://')


def _sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_loads_no_framework(room: str) -> None:
    code = (
        "import importlib, pkgutil, sys\n"
        f"room = importlib.import_module('app.{room}')\n"
        "for found in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):\n"
        "    importlib.import_module(found.name)\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not FRAMEWORKS & set(loaded.stdout.split())


@pytest.mark.parametrize("room", ROOMS)
def test_the_door_of_a_room_says_what_it_is_and_what_it_may_import(room: str) -> None:
    said = ast.get_docstring(ast.parse((ROOT / "app" / room / "__init__.py").read_text())) or ""
    assert said.upper().startswith(room.upper())
    assert "May import" in said


def test_every_folder_has_a_door_or_no_rule_sees_what_is_in_it() -> None:
    folders = {path.parent for path in _sources("app")}
    assert sorted(str(folder) for folder in folders if not (folder / "__init__.py").exists()) == []


def test_no_import_turns_back() -> None:
    """Of whichever module is loaded first, the others can be loaded. ``cli`` imports when a command runs."""
    graph = grimp.build_graph("app", cache_dir=None, exclude_type_checking_imports=True)
    modules = {name for name in graph.modules if not name.startswith("app.cli")}
    arrows = {name: graph.find_modules_directly_imported_by(name) & modules for name in modules}
    try:
        tuple(TopologicalSorter(arrows).static_order())
    except CycleError as found:
        pytest.fail(" -> ".join(found.args[1]))


def test_the_map_names_every_room_and_there_is_no_other() -> None:
    said = ast.get_docstring(ast.parse((ROOT / "app" / "__init__.py").read_text())) or ""
    assert {room for room in ROOMS if f"``{room}/``" in said} == set(ROOMS)
    assert {path.parent.name for path in (ROOT / "app").glob("*/__init__.py")} == set(ROOMS)
    assert {path.name for path in (ROOT / "app").glob("*.py")} == {"__init__.py", "config.py", "factory.py"}


def test_no_file_is_too_long_to_read_in_one_go() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in _sources("app", "tests")
        if "texts" not in path.parts and (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_every_file_has_a_name_that_says_what_is_in_it() -> None:
    assert [str(path.relative_to(ROOT)) for path in _sources("app", "tests") if path.stem in DRAWERS] == []


def test_no_path_of_a_machine_and_no_host_of_a_registry_is_in_the_repository() -> None:
    found = []
    for path in _tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        found += [f"{path.relative_to(ROOT)}: {line}" for line in text.splitlines() if MACHINE.search(line)]
        found += [f"{path.relative_to(ROOT)}: {line}" for line in text.splitlines() if REGISTRY.search(line)]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_pins_every_package_by_version_and_hash_and_names_no_place(name: str) -> None:
    text = (ROOT / name).read_text()
    entries = re.split(r"\n(?=\S)", text.partition("\n")[2])
    assert all(re.match(r"[a-z0-9.-]+==\S+ .*\\\n    --hash=sha256:", entry) for entry in entries)
    assert "://" not in text


def test_the_development_lock_runs_what_production_runs() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9.-]+==\S+", (ROOT / name).read_text(), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")
