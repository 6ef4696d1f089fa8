"""The advisor as a whole: what holds of every reply, whatever is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, strategies as st

from advisor import Advisor, Conversation, ProfileError, Reply
from advisor.dialogue.state import DialogueState
from advisor.evaluation import Names, read_cases
from tests import advisors

CASES = advisors.TESTS / "cases"
SAMPLED = {"facts": 4, "shortlists": 4, "guide": 4, "unanswerable": 5, "offtopic": 12}
"""Files of cases, and every how many of their cases is asked."""
UTTERANCES = [
    case.turns[0][0] for name, step in SAMPLED.items() for case in read_cases(CASES / f"{name}.jsonl")[::step]
]
FRAGMENTS = [
    "tuition", "cheapest", "in Texas", "in Oregon", "public", "under 20k", "compare", "Larkspur", "Herons", "CMU",
    "Georgia", "Stanford", "both", "the second one", "why", "why not", "what if", "50k", "undo", "start over", "hi",
    "more", "no preference", "and", "or", "not", "?", "how many", "average", "online", "robotics", "3.4 gpa",
]  # fmt: skip
messages = st.text(max_size=120) | st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=6).map(" ".join)
talks = st.lists(messages, min_size=1, max_size=4)


@cache
def answer(text: str) -> Reply:
    """The reply of the real advisor to a first message."""
    return advisors.say(advisors.real(), text)


# ---- any message gets a reply ----


@pytest.mark.parametrize("advisor", [advisors.tiny, advisors.shipped], ids=["tiny", "shipped"])
@given(talk=talks)
def test_any_message_gets_a_reply(advisor: Callable[[], Advisor], talk: list[str]) -> None:
    for reply in advisors.talk(advisor(), *talk):
        assert reply.text.strip()
        assert json.loads(json.dumps(reply.to_dict(), allow_nan=False)) == reply.to_dict()


@given(talk=talks)
def test_any_talk_can_be_stored_and_read_back(talk: list[str]) -> None:
    state = advisors.state(advisors.shipped(), *talk)
    assert DialogueState.from_dict(json.loads(json.dumps(state.to_dict()))) == state


@given(talk=talks)
def test_the_same_talk_gets_the_same_replies(talk: list[str]) -> None:
    assert advisors.talk(advisors.tiny(), *talk) == advisors.talk(advisors.tiny(), *talk)


@given(message=messages)
def test_thinking_changes_nothing(message: str) -> None:
    conversation = Conversation("test")
    advisors.shipped().reply(conversation, "public, under 20k")
    state = conversation.state
    before = state.to_dict()
    advisors.shipped().think(message, state)
    assert state.to_dict() == before and len(conversation.turns) == 1


@pytest.mark.parametrize(
    "text",
    ["tell me about Birchmoor", "compare Larkspur and Birchmoor", "why Larkspur?", "why not Larkspur?",
     "tell me about Old Harbor", "with ties to Lantern Fish Magazine", "average tuition", "Herons"],
)  # fmt: skip
def test_another_subject_needs_no_code(text: str) -> None:
    said = advisors.say(advisors.tiny(), text).text
    assert said and "machine" not in said and "None" not in said


def test_the_examples_of_a_pack_do_what_they_say() -> None:
    reply = advisors.say(advisors.tiny(), "Compare Larkspur and Quillhaven")
    assert reply.act in {"compare", "clarify"}


# ---- a turn ----


def test_a_turn_is_kept_with_all_that_came_of_it() -> None:
    conversation = Conversation("c1")
    reply = advisors.shipped().reply(conversation, "public, under 20k")
    (turn,) = conversation.turns
    assert (turn.number, turn.text, turn.reply) == (1, "public, under 20k", reply.to_dict())
    assert (reply.conversation, reply.turn) == ("c1", 1)
    assert turn.acts and turn.actions and turn.state.profile.to_dict() == reply.profile


def test_conversations_know_nothing_of_each_other() -> None:
    advisors.say(advisors.shipped(), "public, under 20k")
    assert advisors.say(advisors.shipped(), "hello").profile == {}


def test_a_reply_says_which_knowledge_it_is_from() -> None:
    assert advisors.say(advisors.shipped(), "hello").knowledge == advisors.shipped().knowledge.hash


def test_the_text_is_that_of_the_parts_and_then_the_question() -> None:
    reply = advisors.say(advisors.shipped(), "public, under 20k")
    assert reply.question is not None
    assert reply.text == "\n\n".join([*(part.text for part in reply.parts), reply.question.text])


def test_an_explanation_names_what_each_step_made() -> None:
    explained = advisors.shipped().explain("public, under 20k")
    told = json.dumps(explained)
    assert "Inform" in told and "recommend" in told and "20000" in told


def test_a_shortlist_needs_no_conversation() -> None:
    answer = advisors.shipped().shortlist({"tuition": {"max": 20_000}, "goal": None})
    assert answer["profile"] == {"tuition": {"max": 20_000}}
    talked = advisors.say(advisors.shipped(), "under 20k").to_dict()["shortlist"]
    assert answer["shortlist"][: len(talked)] == talked


@pytest.mark.parametrize(
    "profile", [{"colour": "red"}, {"tuition": 5}, {"states": "CA"}, {"goal": "fame"}, {"online": "yes"}], ids=str
)
def test_a_profile_of_another_form_is_refused_with_its_slot(profile: dict[str, Any]) -> None:
    with pytest.raises(ProfileError) as raised:
        advisors.shipped().shortlist(profile)
    assert raised.value.slot in profile


# ---- figures and names ----

NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")


def numbers(text: str) -> set[float]:
    """The numbers in a text; "25k" is 25,000 too."""
    thousands = {1000 * float(n) for n in re.findall(r"(\d+(?:\.\d+)?)k\b", text, re.I)}
    return thousands | {float(n.replace(",", "").rstrip(".")) for n in NUMBER.findall(text)}


def supported(reply: Reply, said: str, advisor: Advisor) -> set[float]:
    """The numbers that a reply has a right to: of what it rests on, of what was said, and small counts.

    What the sources contradict each other in has its own page, figures and all.
    """
    told = reply.to_dict()
    parts = [told[part] for part in ("facts", "profile", "shortlist", "near_misses")]
    texts = [json.dumps(parts, ensure_ascii=False), said]
    texts += [advisor.knowledge.sections[section].text for section in reply.sections]
    texts += [c.brief for c in advisor.knowledge.contradictions if c.brief and c.brief in reply.text]
    counts = {float(n) for n in range(len(advisor.knowledge.programs) + 1)}
    return counts.union(*map(numbers, texts))


@pytest.mark.parametrize("text", UTTERANCES)
def test_every_figure_of_a_reply_is_supported(text: str) -> None:
    reply = answer(text)
    assert numbers(reply.text) - supported(reply, text, advisors.real()) == set()


@pytest.mark.parametrize("text", UTTERANCES)
def test_every_program_that_is_offered_or_told_of_is_listed(text: str) -> None:
    reply = answer(text)
    offered = {offer.program for offer in reply.shortlist or ()}
    assert offered <= set(reply.programs)
    assert all(map(advisors.real().knowledge.has, reply.programs))


@pytest.mark.parametrize(
    "text", ["compare Syracuse and CMU", "cheapest three schools", "public, under 20k", "UW and BU"]
)
def test_programs_stand_in_the_order_of_the_text(text: str) -> None:
    reply = advisors.say(advisors.shipped(), text)
    named = Names(advisors.shipped().knowledge).within(reply.text)
    assert [program for program in named if program in reply.programs] == list(reply.programs)


def test_an_amount_that_was_asked_for_is_shown_as_money() -> None:
    assert "49607.0" not in advisors.say(advisors.real(), "which university costs 49,607 a year").text


# ---- the same question in other clothes ----

PLAIN = [
    "How much is tuition at CMU?", "tell me about Emory", "where is Clark University", "is Penn public or private",
    "graduation rate of USC", "what degrees does Syracuse offer", "labs at USC", "who teaches at Carnegie Mellon",
    "compare NYU and USC", "BU vs Northeastern: which is cheaper", "compare the tuition of Emory and Clark",
    "which school is the cheapest", "cheapest three schools", "which schools work with Boeing", "average tuition",
    "how many schools are in California", "how many are public", "which school has the highest graduation rate",
    "under $20,000 a year", "public schools under 30k", "in California", "on the West Coast", "not in Florida",
    "private schools in New York", "online", "I want to do research", "top 10 schools", "near Boston",
    "within 50 miles of Philadelphia", "find me a program", "is a thesis worth it", "how are the schools ranked",
    "what do machine learning engineers earn", "how can I pay for it", "when is the deadline at CMU",
    "how much is Stanford", "what is the acceptance rate at Emory", "hello", "start over", "write me a poem",
    "my GPA is 3.4",
]  # fmt: skip
CLOTHES: dict[str, Callable[[str], str]] = {
    "small": str.lower,
    "large": str.upper,
    "question": lambda text: text.rstrip("?") + "?",
    "exclamation": lambda text: text.rstrip("?") + "!",
    "stop": lambda text: text.rstrip("?") + ".",
    "please": lambda text: text.rstrip("?") + " please",
    "spaces": lambda text: f"  {text.replace(' ', '  ')} ",
}
WISHES = ("I want to do research",)
KNOWN = {(text, "question"): "a wish with a question mark behind it goes to the guide" for text in WISHES}
"""What is known to change the answer, and why."""


def gist(text: str) -> tuple[str, tuple[str, ...], set[tuple[str | None, str, str]]]:
    reply = answer(text)
    return reply.act, reply.programs, {(fact.program, fact.field, fact.display) for fact in reply.facts}


def dressed() -> Iterable[Any]:
    for text in PLAIN:
        for name, change in CLOTHES.items():
            bug = KNOWN.get((text, name))
            mark = pytest.mark.xfail(reason=bug, strict=True) if bug else ()
            yield pytest.param(text, change(text), id=f"{text} ({name})", marks=mark)


@pytest.mark.parametrize(("text", "changed"), dressed())
def test_case_marks_and_courtesy_change_no_answer(text: str, changed: str) -> None:
    assert gist(changed) == gist(text)
