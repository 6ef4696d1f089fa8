"""No turn is lost, doubled or left out, however many write at once and however they end."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

import advisor.store
from advisor.conversation import Conversation, Turn
from advisor.dialogue.state import DialogueState
from advisor.store import Store, open_store


def say(text: str) -> Callable[[Conversation], Turn]:
    def think(conversation: Conversation) -> Turn:
        return Turn(len(conversation.turns) + 1, text, DialogueState(), {"turn": len(conversation.turns) + 1})

    return think


def test_no_turn_of_many_threads_is_lost(store: Store):
    ids = [store.create() for _ in range(4)]

    def write(thread: int) -> list[tuple[str, int, str]]:
        order = random.Random(thread)
        acknowledged = []
        for n in range(50):
            id = order.choice(ids)
            turn = store.turn(id, say(f"{thread}-{n}"))
            acknowledged.append((id, turn.number, turn.text))
        return acknowledged

    with ThreadPoolExecutor(8) as threads:
        acknowledged = [turn for turns in threads.map(write, range(8)) for turn in turns]

    stored = []
    for id in ids:
        with store.conversation(id) as conversation:
            assert [turn.number for turn in conversation.turns] == list(range(1, len(conversation.turns) + 1))
            assert all(turn.reply == {"turn": turn.number} for turn in conversation.turns)
            stored += [(id, turn.number, turn.text) for turn in conversation.turns]
    assert sorted(stored) == sorted(acknowledged)
    assert len(stored) == 400


def test_one_conversation_serves_eight_writers(store: Store):
    id = store.create()
    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(lambda n: store.turn(id, say(str(n))).number, range(80)))
    assert sorted(numbers) == list(range(1, 81))


def test_one_key_sent_fifty_times_is_one_turn(store: Store):
    id = store.create()
    with ThreadPoolExecutor(50) as threads:
        turns = list(threads.map(lambda n: store.turn(id, say("once"), key="click"), range(50)))
    assert all(turn == turns[0] for turn in turns)
    with store.conversation(id) as conversation:
        assert conversation.turns == [turns[0]]


def test_threads_take_turns_in_a_store_in_memory():
    store = open_store("sqlite://")
    id = store.create()
    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(lambda n: store.turn(id, say(str(n))).number, range(40)))
    assert sorted(numbers) == list(range(1, 41))
    store.close()


WRITER = """
import sys, threading
from advisor.conversation import Turn
from advisor.dialogue.state import DialogueState
from advisor.store import open_store

store = open_store(sys.argv[1])
ids = sys.argv[2:]

def write(id):
    while True:
        turn = store.turn(id, lambda c: Turn(len(c.turns) + 1, f"{len(c.turns)}", DialogueState(), {}))
        print(f"{id} {turn.number}\\n", end="", flush=True)

for id in ids * 2:
    threading.Thread(target=write, args=(id,)).start()
"""


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_no_acknowledged_turn_is_lost_to_kill_9(store: Store, url: str, tmp_path: Path):
    ids = [store.create() for _ in range(2)]
    path = {**os.environ, "PYTHONPATH": str(Path(advisor.store.__file__).parents[2])}
    acknowledged: set[tuple[str, int]] = set()
    for kill in range(5):
        heard = tmp_path / f"acknowledged-{kill}"
        with heard.open("w") as out:
            writer = subprocess.Popen([sys.executable, "-c", WRITER, url, *ids], env=path, stdout=out)
            deadline = time.monotonic() + 30
            while heard.stat().st_size < 400 and time.monotonic() < deadline:
                time.sleep(0.01)
            writer.send_signal(signal.SIGKILL)
            writer.wait()
        whole = heard.read_text().rpartition("\n")[0]
        acknowledged |= {(line.split()[0], int(line.split()[1])) for line in whole.splitlines() if line}

    assert len(acknowledged) > 25
    stored = set()
    for id in ids:
        with store.conversation(id) as conversation:
            assert [turn.number for turn in conversation.turns] == list(range(1, len(conversation.turns) + 1))
            stored |= {(id, turn.number) for turn in conversation.turns}
    assert acknowledged <= stored
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
