"""What is installed from a wheel is the whole advisor: code, knowledge, wordings, pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from email import message_from_string
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("knowledge", "advisor", "web")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the content of a wheel, built from a copy of what the checkout holds."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "checkout"
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)

    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", "."]
    subprocess.run([*build, str(copy)], cwd=folder, check=True, capture_output=True, text=True)

    with ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "installed")
    return folder / "installed"


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python with the wheel's content, far from the checkout."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "ADVISOR_CACHE": str(installed.parent / "cache"),
    }
    command = [sys.executable, "-P", *arguments]
    return subprocess.run(command, cwd=installed.parent, env=environment, capture_output=True, text=True)


def test_a_wheel_holds_every_file_of_the_rooms(installed: Path) -> None:
    ours = {f.relative_to(ROOT) for room in ROOMS for f in (ROOT / room).rglob("*") if f.is_file()}

    missing = {f for f in ours if "__pycache__" not in f.parts and not (installed / f).is_file()}

    assert not missing


def test_a_wheel_names_the_command_and_the_licence(installed: Path) -> None:
    about = next(installed.glob("*.dist-info"))
    told = message_from_string((about / "METADATA").read_text(encoding="utf-8"))

    assert "advisor = web.cli:main" in (about / "entry_points.txt").read_text(encoding="utf-8")
    assert told["Name"] == "masters-advisor"
    assert told["License-Expression"] == "MIT"
    assert (about / "licenses" / "LICENSE").is_file()


def test_an_installed_advisor_finds_its_knowledge(installed: Path) -> None:
    look = "import advisor, knowledge as k; print(len(k.load(advisor.Settings().pack).programs), k.__file__)"

    done = run(installed, "-c", look)

    assert done.returncode == 0, done.stderr
    count, place = done.stdout.split(maxsplit=1)
    assert int(count) >= 25
    assert Path(place.strip()).is_relative_to(installed)


def test_an_installed_command_checks_the_knowledge(installed: Path) -> None:
    done = run(installed, "-c", "import sys; from web.cli import main; sys.argv = ['advisor', 'check']; main()")

    assert done.returncode == 0, done.stdout + done.stderr
