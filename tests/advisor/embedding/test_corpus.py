"""Groups of texts over one index."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.embedding import Corpus
from tests.advisor.fakes import FakeEncoder

GROUPS = {
    "passages": ["tuition a year", "research labs"],
    "asks": [],
    "intents": ["hello there", "good bye", "labs"],
}


def test_each_group_has_its_own_scores_in_its_order(tmp_path: Path) -> None:
    corpus = Corpus.open(tmp_path, GROUPS, FakeEncoder())

    assert corpus.scores("passages", "research labs").argmax() == 1
    assert corpus.scores("intents", "good bye").argmax() == 1
    assert corpus.scores("intents", "good bye")[1] == pytest.approx(1.0, abs=1e-5)
    assert corpus.scores("asks", "anything").shape == (0,)


def test_all_groups_share_one_kept_index(tmp_path: Path) -> None:
    Corpus.open(tmp_path, GROUPS, FakeEncoder())
    encoder = FakeEncoder()

    corpus = Corpus.open(tmp_path, GROUPS, encoder)

    assert encoder.calls == 0
    assert len(corpus.index) == 5
