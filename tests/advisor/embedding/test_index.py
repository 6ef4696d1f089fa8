"""The index on disk: trusted only when it is exactly what was written."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import numpy as np
import pytest

from advisor.embedding import Index
from tests.advisor.fakes import FakeEncoder

TEXTS = ["a passage about tuition", "one about the thesis", "visa rules", "labs and people"]


def files(folder: Path, suffix: str) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix == suffix)


def test_a_text_is_nearest_to_itself(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    index = Index.open(tmp_path, TEXTS, encoder)

    scores, rows = index.nearest(encoder.encode(TEXTS), 2)

    assert rows[:, 0].tolist() == [0, 1, 2, 3]
    assert scores[:, 0] == pytest.approx(1.0, abs=1e-5)
    assert scores.shape == rows.shape == (4, 2)


def test_scores_are_the_cosines_of_all_texts(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    vectors = encoder.encode(TEXTS)

    scores = Index.open(tmp_path, TEXTS, encoder).scores(vectors[2])

    assert scores.dtype == np.float32
    assert scores == pytest.approx(vectors @ vectors[2], abs=1e-5)


def test_a_second_start_encodes_nothing_and_finds_the_same(tmp_path: Path) -> None:
    built = Index.open(tmp_path, TEXTS, FakeEncoder())
    encoder = FakeEncoder()

    kept = Index.open(tmp_path, TEXTS, encoder)

    assert encoder.calls == 0
    assert np.array_equal(kept.vectors, built.vectors)
    assert built.kept and kept.kept


@pytest.mark.parametrize(
    ("texts", "name"),
    [(TEXTS[:3], "fake"), ([*TEXTS[:3], "new"], "fake"), (TEXTS[::-1], "fake"), (TEXTS, "other model")],
)
def test_other_texts_or_another_model_build_another_index(tmp_path: Path, texts: list[str], name: str) -> None:
    Index.open(tmp_path, TEXTS, FakeEncoder())
    encoder = FakeEncoder(name)

    Index.open(tmp_path, texts, encoder)

    assert encoder.calls == len(texts)


def test_every_flipped_byte_and_every_cut_is_noticed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    truth = Index.open(tmp_path, TEXTS, FakeEncoder()).vectors
    (file,) = files(tmp_path, ".faiss")
    content = file.read_bytes()
    places = range(0, len(content), max(1, len(content) // 40))
    damaged = [content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :] for at in places]
    damaged += [content[:at] for at in places]

    for bad in damaged:
        file.write_bytes(bad)
        encoder = FakeEncoder()
        index = Index.open(tmp_path, TEXTS, encoder)
        assert encoder.calls == len(TEXTS)
        assert np.array_equal(index.vectors, truth)
        assert file.read_bytes() == content
    assert "damaged" in caplog.text


@pytest.mark.parametrize("manifest", ["", "{", "[]", "null", '{"sha256": 1}', "\x00", "{}"])
def test_a_damaged_manifest_builds_again(tmp_path: Path, manifest: str) -> None:
    Index.open(tmp_path, TEXTS, FakeEncoder())
    files(tmp_path, ".json")[0].write_text(manifest)
    encoder = FakeEncoder()

    Index.open(tmp_path, TEXTS, encoder)

    assert encoder.calls == len(TEXTS)
    assert json.loads(files(tmp_path, ".json")[0].read_text())["n"] == len(TEXTS)


def test_a_missing_half_builds_again(tmp_path: Path) -> None:
    Index.open(tmp_path, TEXTS, FakeEncoder())
    files(tmp_path, ".faiss")[0].unlink()
    encoder = FakeEncoder()

    Index.open(tmp_path, TEXTS, encoder)

    assert encoder.calls == len(TEXTS)


def test_a_folder_that_cannot_be_written_works_in_memory(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")

    index = Index.open(blocked, TEXTS, FakeEncoder())

    assert not index.kept
    assert len(index) == len(TEXTS)
    assert "cannot be kept" in caplog.text


def test_a_full_disk_leaves_no_part_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("advisor.embedding.index.os.replace", full)

    index = Index.open(tmp_path, TEXTS, FakeEncoder())

    assert not index.kept
    assert list(tmp_path.iterdir()) == []


def test_the_newest_three_stay_and_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text("mine")
    for number in range(5):
        Index.open(tmp_path, [*TEXTS, str(number)], FakeEncoder())
        for age, file in enumerate(sorted(tmp_path.glob("?" * 64 + ".json"), key=os.path.getmtime)):
            os.utime(file, (1000 + 10 * age, 1000 + 10 * age))
    encoder = FakeEncoder()

    Index.open(tmp_path, [*TEXTS, "4"], encoder)

    assert encoder.calls == 0
    assert len(files(tmp_path, ".faiss")) == 3
    assert (tmp_path / "notes.json").read_text() == "mine"


def test_progress_ends_with_everything_done(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    texts = [f"text {number}" for number in range(150)]

    Index.open(tmp_path, texts, FakeEncoder(), lambda done, total: steps.append((done, total)))

    assert steps == [(64, 150), (128, 150), (150, 150)]


def test_several_builders_at_once_leave_a_good_index(tmp_path: Path) -> None:
    texts = [f"text {number}" for number in range(200)]
    threads = [threading.Thread(target=Index.open, args=(tmp_path, texts, FakeEncoder())) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    encoder = FakeEncoder()

    index = Index.open(tmp_path, texts, encoder)

    assert encoder.calls == 0
    assert len(index) == 200
    assert len(list(tmp_path.iterdir())) == 2


def test_no_texts_make_an_empty_index(tmp_path: Path) -> None:
    Index.open(tmp_path, [], FakeEncoder())

    scores, rows = Index.open(tmp_path, [], FakeEncoder()).nearest(np.zeros((2, 1), np.float32), 5)

    assert scores.shape == rows.shape == (2, 0)
