"""The files of a pack as they are on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from knowledge.problems import KnowledgeError, Problem

SUFFIXES = (".toml", ".md", ".csv")


def read_files(folder: Path) -> dict[str, bytes]:
    """The TOML, Markdown and CSV files of a pack, by their path inside it with slashes, in order."""
    remedy = "name the folder of a pack"
    try:
        if not folder.is_dir():
            raise _unusable(folder, "no such folder", remedy)
        if not (folder / "pack.toml").is_file():
            raise _unusable(folder, "is not a pack: it has no pack.toml", remedy)
        paths = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.suffix in SUFFIXES}
        shown_paths = (name for name in sorted(paths) if not name.startswith(".") and "/." not in name)
        return {name: paths[name].read_bytes() for name in shown_paths if paths[name].is_file()}
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        what = getattr(error, "strerror", None) or str(error)
        path = getattr(error, "filename", None) or folder
        raise _unusable(path, f"cannot be read: {what}", "check its path and permissions") from None


def _unusable(path: object, message: str, remedy: str) -> KnowledgeError:
    printable = repr(str(path))[1:-1]  # a name may hold what no terminal can show
    return KnowledgeError([Problem(printable, "", message, remedy)])


def hash_of(files: Mapping[str, bytes]) -> str:
    """Sixteen hex digits that name this content, wherever its folder is."""
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()[:16]
