"""Vectors of texts in a FAISS index, kept on disk under the hash of the texts and the model.

FAISS loads a file with flipped bits and says nothing, so a kept index is trusted only when its manifest
beside it gives its SHA-256; anything else is built again. An index is a cache: losing it costs time only.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from advisor.embedding.encoder import Encodes, Vectors

log = logging.getLogger(__name__)

BATCH = 64
KEEP = 3
"""Indexes that stay in a folder: this one, and those of a text or a model that may come back."""

OURS = re.compile(r"[0-9a-f]{64}\.(faiss|json)")

Progress = Callable[[int, int], None]
"""Called with the texts done so far and all of them, after each batch."""


class Index:
    """The vectors of n texts [n, d], rows as the texts were given. `kept` says if it is on disk."""

    def __init__(self, key: str, vectors: Vectors, searcher: Any, *, kept: bool) -> None:
        self.key = key
        self.vectors = vectors
        self.kept = kept
        self._searcher = searcher

    def __len__(self) -> int:
        return len(self.vectors)

    @classmethod
    def open(cls, folder: Path, texts: Sequence[str], encoder: Encodes, progress: Progress | None = None) -> Index:
        """The kept index of these texts and this model, or a new one that is then kept.

        A folder that cannot be written gives a warning in the log and an index in memory. Several
        processes may do this at once.
        """
        key = _key(texts, encoder)
        searcher = _load(folder, key, len(texts))
        if searcher is not None:
            return cls(key, searcher.reconstruct_n(0, searcher.ntotal), searcher, kept=True)
        vectors = _encode(texts, encoder, progress)
        searcher = _searcher(vectors)
        return cls(key, vectors, searcher, kept=_keep(folder, key, searcher, encoder.name))

    def nearest(self, vectors: Vectors, k: int) -> tuple[Vectors, NDArray[np.int64]]:
        """Scores and rows of the k texts nearest to each of m vectors: ([m, k], [m, k]), best first.

        Scores are cosines. k is cut to the number of texts.
        """
        k = min(k, len(self))
        if k == 0:
            return np.zeros((len(vectors), 0), np.float32), np.zeros((len(vectors), 0), np.int64)
        scores, rows = self._searcher.search(np.ascontiguousarray(vectors, dtype=np.float32), k)
        return scores, rows

    def scores(self, vector: Vectors, rows: slice = slice(None)) -> Vectors:
        """Cosine of a vector [d] with each text of `rows`: float32 [n]."""
        return self.vectors[rows] @ vector


def _key(texts: Sequence[str], encoder: Encodes) -> str:
    return hashlib.sha256(json.dumps([encoder.name, list(texts)]).encode()).hexdigest()


def _encode(texts: Sequence[str], encoder: Encodes, progress: Progress | None) -> Vectors:
    batches = []
    for start in range(0, len(texts), BATCH):
        batches.append(encoder.encode(texts[start : start + BATCH]))
        if progress is not None:
            progress(min(start + BATCH, len(texts)), len(texts))
    return np.concatenate(batches) if batches else np.zeros((0, 1), np.float32)


def _searcher(vectors: Vectors) -> Any:
    import faiss

    searcher = faiss.IndexFlatIP(vectors.shape[1])
    searcher.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return searcher


def _load(folder: Path, key: str, count: int) -> Any:
    """The kept FAISS index, or None if there is none or it is not exactly what was written."""
    try:
        manifest = json.loads((folder / f"{key}.json").read_bytes())
        content = (folder / f"{key}.faiss").read_bytes()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        log.warning("the index %s cannot be read (%s); building it again", key[:12], error)
        return None
    # What is loaded is the very bytes that were hashed, so nothing can change in between.
    if not isinstance(manifest, dict) or manifest.get("sha256") != hashlib.sha256(content).hexdigest():
        log.warning("the index %s is damaged; building it again", key[:12])
        return None
    import faiss

    try:
        searcher = faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8))
    except RuntimeError as error:  # written by a FAISS that this one cannot read
        log.warning("the index %s cannot be loaded (%s); building it again", key[:12], error)
        return None
    return searcher if searcher.ntotal == count == manifest.get("n") else None


def _keep(folder: Path, key: str, searcher: Any, model: str) -> bool:
    import faiss

    content = faiss.serialize_index(searcher).tobytes()
    manifest = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "n": searcher.ntotal,
        "d": searcher.d,
        "model": model,
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Two builders may leave one's index with the other's manifest: not trusted, so built again.
        _replace(folder / f"{key}.faiss", content)
        _replace(folder / f"{key}.json", json.dumps(manifest, indent=1).encode())
        _remove_old(folder)
    except OSError as error:
        log.warning("the index cannot be kept in %s (%s); it is built again at each start", folder, error)
        return False
    return True


def _replace(file: Path, content: bytes) -> None:
    """Writes a file so that a reader sees the old content or the new, never a part."""
    temporary = file.with_name(f"{file.name}.{uuid.uuid4().hex}.tmp")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, file)
    finally:
        temporary.unlink(missing_ok=True)


def _remove_old(folder: Path) -> None:
    """Keeps the newest indexes; touches only files named as ours are, for the folder may hold others."""
    ours = [file for file in folder.iterdir() if OURS.fullmatch(file.name)]
    manifests = sorted((file for file in ours if file.suffix == ".json"), key=_written, reverse=True)
    keys = {file.stem for file in manifests[:KEEP]}
    for file in ours:
        if file.stem not in keys:
            file.unlink(missing_ok=True)


def _written(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:  # removed by another process meanwhile
        return 0.0
