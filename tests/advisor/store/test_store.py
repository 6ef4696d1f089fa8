"""What is kept of a conversation, and what is not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from advisor.conversation import Conversation, Turn
from advisor.dialogue.profile import Profile, Wish
from advisor.dialogue.state import DialogueState
from advisor.store import Busy, Conflict, NotFound, Store, StoreError, Unreadable, open_store

BUDGET = Wish("tuition", {"max": 20000}, said="under 20k")
CHEAP = DialogueState(Profile({"tuition": BUDGET}), shortlist=("a", "b"))


def say(text: str) -> Callable[[Conversation], Turn]:
    def think(conversation: Conversation) -> Turn:
        number = len(conversation.turns) + 1
        return Turn(number, text, CHEAP, {"text": f"about {text}"}, ("Inform",), ("recommend",))

    return think


def database(url: str) -> sqlite3.Connection:
    return sqlite3.connect(url.removeprefix("sqlite:///"))


def count(url: str) -> int:
    with closing(database(url)) as connection:
        tables = ("conversations", "turns")
        return sum(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)


def test_a_new_conversation_is_empty_and_its_id_cannot_be_guessed(store: Store):
    ids = {store.create() for _ in range(20)}
    assert len(ids) == 20
    for id in ids:
        assert len(id) == 32 and id.isalnum()
        with store.conversation(id) as conversation:
            assert conversation == Conversation(id)


def test_what_is_appended_is_there_after_a_restart(store: Store, url: str):
    id = store.create()
    with store.conversation(id) as conversation:
        first = say("cheap ones")(conversation)
        conversation.append(first)
    second = store.turn(id, say("more"), key="k")
    store.close()

    again = open_store(url)
    with again.conversation(id) as conversation:
        assert conversation.turns == [first, second]
        assert conversation.state == CHEAP
    again.close()


def test_an_exception_in_the_block_saves_nothing(store: Store):
    id = store.create()
    with pytest.raises(RuntimeError), store.conversation(id) as conversation:
        conversation.append(say("one")(conversation))
        raise RuntimeError("half way")
    with store.conversation(id) as conversation:
        assert conversation.turns == []


def test_an_exception_while_thinking_saves_nothing(store: Store):
    id = store.create()
    with pytest.raises(ZeroDivisionError):
        store.turn(id, lambda conversation: 1 / 0)  # type: ignore[arg-type, return-value]
    assert store.turn(id, say("one")).number == 1


def test_think_may_append_its_turn_itself(store: Store):
    id = store.create()

    def think(conversation: Conversation) -> Turn:
        conversation.append(say("one")(conversation))
        return conversation.turns[-1]

    store.turn(id, think, key="k")
    with store.conversation(id) as conversation:
        assert [(turn.number, turn.key) for turn in conversation.turns] == [(1, "k")]


def test_a_key_used_before_brings_back_its_turn(store: Store):
    id, other = store.create(), store.create()
    first = store.turn(id, say("one"), key="k")
    assert store.turn(id, say("two"), key="k") == first
    assert store.turn(other, say("two"), key="k").text == "two"
    assert store.turn(id, say("two")).number == 2


def test_the_second_of_two_writers_is_refused(store: Store):
    id = store.create()
    with pytest.raises(Conflict), store.conversation(id) as conversation:
        store.turn(id, say("in the other tab"))
        conversation.append(say("in this tab")(conversation))
    with store.conversation(id) as conversation:
        assert [turn.text for turn in conversation.turns] == ["in the other tab"]


def test_a_refused_writer_thinks_again_of_what_is_there_now(store: Store):
    id = store.create()
    seen = []

    def think(conversation: Conversation) -> Turn:
        seen.append(len(conversation.turns))
        if len(seen) < 3:
            store.turn(id, say("in the other tab"))
        return say("in this tab")(conversation)

    assert store.turn(id, think).number == 3
    assert seen == [0, 1, 2]


def test_delete_leaves_nothing_behind(store: Store, url: str, tmp_path: Path):
    id = store.create()
    store.turn(id, say("a secret marker"))
    store.delete(id)
    assert count(url) == 0
    store.close()
    assert not any(b"secret marker" in file.read_bytes() for file in (tmp_path / "new").iterdir())


def test_delete_leaves_other_conversations_alone(store: Store):
    gone, kept = store.create(), store.create()
    store.turn(kept, say("one"))
    store.delete(gone)
    assert not store.exists(gone) and store.exists(kept)
    with store.conversation(kept) as conversation:
        assert len(conversation.turns) == 1


@pytest.mark.parametrize("id", ["", "nobody", "'; DROP TABLE turns --", "\0", "\ud800", "x" * 100_000])
def test_an_unknown_id_is_not_found(store: Store, id: str):
    assert not store.exists(id)
    with pytest.raises(NotFound):
        store.delete(id)
    with pytest.raises(NotFound):
        store.turn(id, say("hello"))
    with pytest.raises(NotFound), store.conversation(id):
        pass


def test_a_conversation_deleted_while_thinking_is_not_found(store: Store, url: str):
    id = store.create()

    def think(conversation: Conversation) -> Turn:
        store.delete(id)
        return say("too late")(conversation)

    with pytest.raises(NotFound):
        store.turn(id, think)
    assert count(url) == 0


UGLY = ["", "a\0b", "half \ud83d of it", "नमस्ते 🎓", "\u202eabc", "'; DROP TABLE turns --", "x" * 10**6]


@pytest.mark.parametrize("text", UGLY)
def test_any_text_can_be_stored(store: Store, text: str):
    id = store.create()
    store.turn(id, say(text), key=text)
    kept = text.replace("\0", "").replace("\ud83d", "")
    with store.conversation(id) as conversation:
        assert (conversation.turns[0].text, conversation.turns[0].key) == (kept, kept)
    assert store.turn(id, say("again"), key=text).number == 1


def test_a_state_of_an_unknown_version_breaks_only_its_conversation(store: Store, url: str):
    old, fine = store.create(), store.create()
    store.turn(old, say("one"))
    store.turn(fine, say("one"))
    with closing(database(url)) as connection, connection:
        connection.execute("UPDATE turns SET state = '{\"version\": 0}' WHERE conversation = ?", [old])
    with pytest.raises(Unreadable, match=rf"conversation {old}, turn 1: .*version 0.*start a new one"):
        store.turn(old, say("two"))
    assert store.turn(fine, say("two")).number == 2


@pytest.mark.parametrize("state", ["null", "[]", '{"version": 1}', '{"version": 1, "surprise": 2}'])
def test_a_state_that_is_no_state_is_unreadable(store: Store, url: str, state: str):
    id = store.create()
    store.turn(id, say("one"))
    with closing(database(url)) as connection, connection:
        connection.execute("UPDATE turns SET state = ?", [state])
    with pytest.raises(Unreadable), store.conversation(id):
        pass


def test_a_database_locked_by_another_is_busy_for_writers_only(url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("advisor.store.WAIT", 0.1)
    store = open_store(url)
    id = store.create()
    with closing(database(url)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy):
            store.turn(id, say("one"))
        with store.conversation(id) as conversation:
            assert conversation.turns == []
    assert store.turn(id, say("one")).number == 1
    store.close()


def test_a_full_disk_is_busy_saves_nothing_and_heals(store: Store):
    id = store.create()
    # The limit holds for one connection: take the only one there will be.
    with store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 12")
    with pytest.raises(Busy):
        store.turn(id, say("x" * 10**6))
    with store.conversation(id) as conversation:
        assert conversation.turns == []
    with store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert store.turn(id, say("x" * 10**6)).number == 1


@pytest.mark.parametrize("url", ["nonsense", "oracle://here", "sqlite:////dev/null/x.sqlite"])
def test_a_url_that_cannot_be_opened_is_told(url: str):
    with pytest.raises(StoreError):
        open_store(url)


def test_a_password_is_not_told():
    with pytest.raises(StoreError) as told:
        open_store("nosuch://me:swordfish@host/advisor")
    assert "swordfish" not in str(told.value)


def test_a_file_that_is_no_database_is_told(tmp_path: Path):
    (tmp_path / "x.sqlite").write_text("my shopping list, " * 100)
    with pytest.raises(StoreError, match="not a database"):
        open_store(f"sqlite:///{tmp_path / 'x.sqlite'}")


def test_a_store_in_memory_lasts_as_long_as_it_is_open():
    store = open_store("sqlite://")
    id = store.create()
    assert store.turn(id, say("one")).number == 1
    assert store.turn(id, say("two")).number == 2
    store.close()
