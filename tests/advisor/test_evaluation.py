"""What counts as a right reply, and what a report says of many."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge import Knowledge, Program
from knowledge.schema import Pack

from advisor.conversation import Conversation
from advisor.evaluation import Case, CaseError, Names, evaluate, holds, judge, read_cases, run_file
from advisor.reply import Reply

PACK = Pack(id="tiny", title="Tiny", subject="baking", level="master", source="book", covers="ovens")
CALLED = {
    "oak-university": ("Oak University", "Oak"),
    "oak-state": ("Oak State University", "Oak State", "OSU"),
    "elm-college": ("Elm College", "Elm"),
}
KNOWLEDGE = Knowledge(
    pack=PACK,
    fields={},
    sources={},
    sections={},
    places=(),
    programs={
        id: Program(id=id, name=names[0], short=names[1], names=names, claims={}) for id, names in CALLED.items()
    },
)
NAMES = Names(KNOWLEDGE)


def answer(act: str, text: str, **parts: Any) -> dict[str, Any]:
    return {**Reply(act, text).to_dict(), **parts}


def faults(expect: dict[str, Any], reply: dict[str, Any], *earlier: dict[str, Any]) -> list[str]:
    return judge(expect, reply, list(earlier), NAMES)


def offers(*ids: str) -> list[dict[str, str]]:
    return [{"program": id} for id in ids]


OAK_FACT = {"kind": "fact", "programs": ["oak-university"], "must_contain": [["11,524", "11.5k"]]}
GUIDE = {"kind": "guide", "section": "thesis", "section_alt": ["careers"], "must_contain": []}
LIST = {"kind": "shortlist", "allowed": ["oak-university", "oak-state"], "tolerated": [], "must_include": []}
NONE = {"kind": "shortlist", "empty": True}
CLARIFY = {"kind": "clarify", "options": ["oak-state"]}
OR_UNKNOWN = {"kind": "offtopic", "alt_kinds": ["unknown"]}


@pytest.mark.parametrize(
    ("expect", "reply"),
    [
        (OAK_FACT, answer("inform", "Oak University costs $11,524 a year.")),
        (
            OAK_FACT,
            answer("inform", "It is $11,524.", facts=[{"program": "oak-university", "field": "tuition"}]),
        ),
        ({**OAK_FACT, "must_not_contain": "9"}, answer("inform", "Oak is 11.5k. Elm is 9.")),
        (GUIDE, answer("advise", "Write one.", sections=["careers"])),
        ({"kind": "unknown"}, answer("unknown", "My sources do not say.")),
        (
            {"kind": "unknown"},
            answer("inform", "It ranks 1st. Rents I do not know.", unknown=[{"about": "rent"}]),
        ),
        ({"kind": "offtopic"}, answer("out_of_scope", "That is beyond me.")),
        (OR_UNKNOWN, answer("unknown", "My sources do not say.")),
        (LIST, answer("recommend", "Oak, unlike Elm.", shortlist=offers("oak-university"))),
        (LIST, answer("inform", "Oak State fits.")),
        ({**LIST, "may_ask": True}, answer("request", "How much can you spend?")),
        (NONE, answer("recommend", "Nothing fits; Elm is close.", shortlist=[])),
        ({"kind": "compare", "programs": ["oak-state", "elm-college"]}, answer("compare", "OSU 3, Elm 4.")),
        (CLARIFY, answer("clarify", "Which Oak do you mean?")),
        (CLARIFY, answer("inform", "Oak State is 3rd.")),
        ({"kind": "ask"}, answer("request", "What matters most?")),
        ({"kind": "why"}, answer("explain", "Its rank is 1.")),
        ({"kind": "social"}, answer("smalltalk", "Hello!")),
        ({"kind": "reset"}, answer("restart", "From the start, then.")),
    ],
)
def test_a_right_reply_has_no_faults(expect: dict[str, Any], reply: dict[str, Any]):
    assert faults(expect, reply) == []


@pytest.mark.parametrize(
    ("expect", "reply", "reason"),
    [
        (OAK_FACT, answer("inform", " "), "says nothing"),
        (OAK_FACT, answer("inform", "Oak costs $11,000."), "lacks '11,524' or '11.5k'"),
        (OAK_FACT, answer("inform", "Elm costs $11,524."), "is not about oak-university"),
        (OAK_FACT, answer("unknown", "Oak's $11,524? No idea."), "refuses (unknown)"),
        ({**OAK_FACT, "must_not_contain": ["9%"]}, answer("inform", "Oak: $11,524, and 9%."), "says '9%'"),
        (GUIDE, answer("advise", "Write one.", sections=["states"]), "does not cite thesis or careers"),
        ({"kind": "unknown"}, answer("inform", "Sure."), "does not say that it is not known (inform)"),
        ({"kind": "offtopic"}, answer("inform", "Sunny."), "does not decline (inform)"),
        (LIST, answer("recommend", "Elm.", shortlist=offers("elm-college")), "offers elm-college"),
        (LIST, answer("recommend", "Hm.", shortlist=[]), "offers nothing"),
        ({**LIST, "must_include": ["oak-state"]}, answer("recommend", "Oak."), "leaves out oak-state"),
        ({**LIST, "must_include_any": ["oak-state"]}, answer("inform", "Oak."), "offers none of oak-state"),
        (NONE, answer("recommend", "Elm.", shortlist=offers("elm-college")), "offers elm-college"),
        (NONE, answer("inform", "Let us see."), "does not say that nothing fits"),
        (
            {"kind": "compare", "programs": ["oak-state"]},
            answer("compare", "Elm."),
            "does not name oak-state",
        ),
        (CLARIFY, answer("inform", "Elm."), "neither asks nor covers the readings"),
        ({"kind": "ask"}, answer("inform", "Well."), "asks nothing"),
        ({"kind": "why_not"}, answer("out_of_scope", "Beyond me."), "refuses (out_of_scope)"),
        ({"kind": "reset"}, answer("confirm", "Noted."), "does not start over (confirm)"),
    ],
)
def test_a_wrong_reply_is_told_why(expect: dict[str, Any], reply: dict[str, Any], reason: str):
    assert faults(expect, reply) == [reason]


def test_a_reference_is_to_the_order_of_the_earlier_text():
    earlier = answer("recommend", "Elm, then Oak State and Oak.")
    expect = {"kind": "fact", "ref": {"turn": 0, "positions": [2]}, "fields": ["rank"]}
    fact = {"program": "oak-state", "field": "rank"}
    assert faults(expect, answer("inform", "It is 3rd.", facts=[fact]), earlier) == []
    assert faults(expect, answer("inform", "Oak State is big."), earlier) == ["does not tell rank of oak-state"]
    assert faults(expect, answer("inform", "Elm is 4th."), earlier) == ["is not about oak-state"]
    lone = {**expect, "ref": {"turn": 0, "positions": [4]}}
    assert faults(lone, answer("inform", "What?"), earlier) == ["refers to program 4 of 3"]


def test_a_longer_name_is_not_the_shorter_one_within_it():
    assert NAMES.within("OSU beats Oak; **Oak State** and Elmwood do not") == ["oak-state", "oak-university"]


@pytest.mark.parametrize(
    ("text", "words", "there"),
    [
        ("$61,310 a year", "61,310", True),
        ("$61,310 a year", "310", False),
        ("a score of 56.0", "56", True),
        ("a score of 56.4", "56", False),
        ("nine of them", "9", True),
        ("98 percent finish", "98%", True),
        ("198%", "98%", False),
        ("18 to 24 months", "1.5–2 years", True),
        ("a 15-month degree", "15 months", True),
        ("one and a half … years", "2 years", False),
        ("the **José** lab", "josé lab", True),
        ("USDA grants", "USD", False),
    ],
)
def test_words_and_figures_are_found_whole(text: str, words: str, there: bool):
    assert holds(text, words) is there


def told(expect: dict[str, Any], profile: dict[str, Any]):
    case = Case("one", (("hello", {"kind": "social", **expect}),))
    return evaluate([case], lambda: lambda text: answer("confirm", "Noted.", profile=profile), KNOWLEDGE)


def test_slots_are_counted_one_by_one_and_together():
    report = told(
        {"profile": {"max_tuition": 20000, "states": ["NY", "MA"], "goal": "industry", "region": None}},
        {"tuition": {"max": 20000}, "states": ["MA", "NY"], "online": True},
    )
    assert report.slots == (2 / 3, 2 / 3)
    assert report.joint == (0, 1)
    assert report.share == 1


def test_a_profile_that_differs_in_spelling_is_right():
    report = told(
        {"profile": {"partner": "boeing", "residency": "out-of-state", "exclude_states": [], "online": None}},
        {"companies": ["Boeing"], "residency": "out_of_state"},
    )
    assert report.joint == (1, 1)


def test_a_region_may_hold_states_that_no_program_is_in():
    profile = {"region": "northeast", "states": ["MA", "NY"]}
    assert told({"profile": profile}, {"states": ["CT", "MA", "NY"]}).joint == (1, 1)
    assert told({"profile": profile}, {"states": ["MA"]}).joint == (0, 1)


@pytest.mark.parametrize("why", ["by_hand", "profile_loose", "may_ask"])
def test_a_profile_that_may_be_read_two_ways_is_not_compared(why: str):
    assert told({"profile": {"goal": "research"}, why: True}, {}).joint == (0, 0)


DIALOGUE = [("hi", "social"), ("boom", "ask"), ("never said", "ask")]
ROWS = [
    {"id": "a", "text": "price of oak", "expect": OAK_FACT},
    {"id": "b", "text": "weather", "expect": {"kind": "offtopic"}},
    {"id": "c", "turns": [{"user": text, "expect": {"kind": kind}} for text, kind in DIALOGUE]},
]
SCRIPT = {
    "price of oak": ("inform", "Oak is $11,524."),
    "weather": ("inform", "Rain."),
    "hi": ("smalltalk", "Hi!"),
}


class Scripted:
    """An advisor that knows three sentences, and fails at "boom"."""

    knowledge = KNOWLEDGE

    def reply(self, conversation: Conversation, text: str) -> Reply:
        return Reply(*SCRIPT[text])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS) + "\n\n")
    return path


def test_a_file_of_cases_becomes_a_report(file: Path):
    report = run_file(file, Scripted())
    assert report.share == pytest.approx(1 / 3)
    assert report.kinds == {"ask": (0, 1), "fact": (1, 1), "offtopic": (0, 1), "social": (1, 1)}
    assert report.confusion[("offtopic", "inform")] == 1
    assert [str(failure) for failure in report.failures] == [
        "b, turn 1 [offtopic, inform] 'weather': does not decline (inform)",
        "c, turn 2 [ask, none] 'boom': raised KeyError('boom')",
    ]


def test_the_table_holds_the_figures(file: Path):
    table = run_file(file, Scripted()).table()
    assert "cases right: 1 of 3 = 33.3%" in table
    assert "fact             1     1  100.0%   inform 1" in table


def test_an_empty_file_is_all_right(tmp_path: Path):
    (tmp_path / "none.jsonl").write_text("")
    assert run_file(tmp_path / "none.jsonl", Scripted()).share == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not a case"),
        ("[]", "not a case"),
        ('{"id": "a", "text": "hi"}', "'expect' is missing"),
        ('{"id": "a", "text": "hi", "expect": {"kind": "magic"}}', "kind 'magic' is none of ask, clarify"),
    ],
)
def test_a_line_that_is_no_case_is_named(tmp_path: Path, line: str, reason: str):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"id": "a", "text": "hi", "expect": {"kind": "social"}}\n' + line)
    with pytest.raises(CaseError, match=rf"bad.jsonl, line 2: {reason}"):
        read_cases(path)
