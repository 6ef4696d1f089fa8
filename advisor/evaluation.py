"""Runs cases against an advisor and counts what holds.

A case is one line of a JSON Lines file: `{"id", "text", "expect"}`, or `{"id", "turns": [{"user",
"expect"}, …]}` for a dialogue. `expect` says what a right reply holds: its `kind` (see `KINDS`),
`must_contain` (of every inner list, one), `must_not_contain`, `programs`, and what its kind asks for.
`expect["profile"]` is the whole profile after the turn; it is counted apart, slot by slot.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from knowledge import Knowledge

from advisor.conversation import Conversation
from advisor.reply import Reply

Expect = Mapping[str, Any]
Answer = Mapping[str, Any]
Say = Callable[[str], Answer]


class Replies(Protocol):
    """What is evaluated: an Advisor."""

    @property
    def knowledge(self) -> Knowledge: ...

    def reply(self, conversation: Conversation, text: str) -> Reply: ...


class CaseError(ValueError):
    """A case that cannot be read; the message names file, line and what is wrong."""


@dataclass(frozen=True)
class Case:
    """What a student writes, turn by turn, with what is expected of each reply."""

    id: str
    turns: tuple[tuple[str, Expect], ...]


@dataclass(frozen=True)
class Verdict:
    """How one reply did: right when it has no faults.

    `wanted` and `got` are the profile as it should be and as it is; None where not compared.
    """

    case: str
    turn: int
    text: str
    kind: str
    act: str
    faults: tuple[str, ...]
    wanted: Mapping[str, Any] | None = None
    got: Mapping[str, Any] | None = None

    def __str__(self) -> str:
        where = f"{self.case}, turn {self.turn} [{self.kind}, {self.act}]"
        return f"{where} {self.text!r}: {'; '.join(self.faults)}"


@dataclass(frozen=True)
class Report:
    """The verdicts, and what they come to. A case is right when every turn of it is."""

    verdicts: tuple[Verdict, ...]

    @property
    def share(self) -> float:
        """Cases that are right, of all cases, 0 to 1; 1 where there are none."""
        cases = {v.case for v in self.verdicts}
        return 1 - len({v.case for v in self.failures}) / len(cases) if cases else 1.0

    @property
    def failures(self) -> tuple[Verdict, ...]:
        """The replies that are wrong, with the reasons."""
        return tuple(v for v in self.verdicts if v.faults)

    @property
    def kinds(self) -> dict[str, tuple[int, int]]:
        """Replies of each kind that are right, and all of them."""
        asked = Counter(v.kind for v in self.verdicts)
        wrong = Counter(v.kind for v in self.failures)
        return {kind: (asked[kind] - wrong[kind], asked[kind]) for kind in sorted(asked)}

    @property
    def confusion(self) -> dict[tuple[str, str], int]:
        """How often a reply to each kind had each act."""
        return dict(sorted(Counter((v.kind, v.act) for v in self.verdicts).items()))

    @property
    def joint(self) -> tuple[int, int]:
        """Profiles that are right as a whole, and all that were compared."""
        compared = [v for v in self.verdicts if v.wanted is not None]
        return sum(v.wanted == v.got for v in compared), len(compared)

    @property
    def slots(self) -> tuple[float, float]:
        """Precision and recall of slots, 0 to 1: a slot is hit when its value is the one wanted."""
        wanted = {(i, *slot) for i, v in enumerate(self.verdicts) for slot in (v.wanted or {}).items()}
        got = {(i, *slot) for i, v in enumerate(self.verdicts) for slot in (v.got or {}).items()}
        hits = len(wanted & got)
        return hits / len(got) if got else 1.0, hits / len(wanted) if wanted else 1.0

    def table(self) -> str:
        """The report in lines of plain text."""
        cases = len({v.case for v in self.verdicts})
        lines = [f"{'kind':<12} {'right':>5} {'of':>5} {'share':>7}   acts of the replies"]
        for kind, (right, total) in self.kinds.items():
            acts = ", ".join(f"{act} {n}" for (k, act), n in self.confusion.items() if k == kind)
            lines.append(f"{kind:<12} {right:>5} {total:>5} {right / total:>7.1%}   {acts}")
        lines.append(f"cases right: {round(self.share * cases)} of {cases} = {self.share:.1%}")
        if self.joint[1]:
            lines.append(f"profiles right as a whole: {self.joint[0]} of {self.joint[1]}")
            lines.append("slots: precision {:.1%}, recall {:.1%}".format(*self.slots))
        return "\n".join(lines)


def run_file(path: Path | str, advisor: Replies) -> Report:
    """The report on the cases in a file. Raises CaseError or OSError when it cannot be read."""

    def start() -> Say:
        conversation = Conversation("evaluation")
        return lambda text: advisor.reply(conversation, text).to_dict()

    return evaluate(read_cases(Path(path)), start, advisor.knowledge)


def evaluate(cases: Iterable[Case], start: Callable[[], Say], knowledge: Knowledge) -> Report:
    """The report on cases, each said to a conversation of its own that `start` begins."""
    names = Names(knowledge)
    return Report(tuple(verdict for case in cases for verdict in _verdicts(case, start(), names)))


def _verdicts(case: Case, say: Say, names: Names) -> Iterator[Verdict]:
    earlier: list[Answer] = []
    for number, (text, expect) in enumerate(case.turns, 1):
        try:
            reply = say(text)
        except Exception as error:  # whatever it is, it is a fault to report and not the end of the run
            yield Verdict(case.id, number, text, expect["kind"], "none", (f"raised {error!r}",))
            return
        wanted, got = _profiles(expect, reply)
        faults = tuple(judge(expect, reply, earlier, names))
        yield Verdict(case.id, number, text, expect["kind"], reply["act"], faults, wanted, got)
        earlier.append(reply)


def read_cases(path: Path) -> list[Case]:
    """The cases of a JSON Lines file. Raises CaseError for a line that is none."""
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            turns = row.get("turns") or [{"user": row["text"], "expect": row["expect"]}]
            case = Case(str(row["id"]), tuple((str(turn["user"]), turn["expect"]) for turn in turns))
            kinds = [k for _, expect in case.turns for k in (expect["kind"], *expect.get("alt_kinds", []))]
        except KeyError as error:
            raise CaseError(f"{path}, line {number}: {error} is missing") from error
        except (ValueError, TypeError, AttributeError) as error:
            raise CaseError(f"{path}, line {number}: not a case: {error}") from error
        for kind in kinds:
            if kind not in KINDS:
                raise CaseError(f"{path}, line {number}: kind {kind!r} is none of {', '.join(sorted(KINDS))}")
        cases.append(case)
    return cases


# ---- judging ---------------------------------------------------------------------------------


def judge(expect: Expect, reply: Answer, earlier: list[Answer], names: Names) -> list[str]:
    """What is wrong with a reply; empty when it is right. `earlier`: the replies before it."""
    text = reply["text"]
    if not text.strip():
        return ["says nothing"]
    faults = [
        f"lacks {' or '.join(map(repr, choices))}"
        for choices in expect.get("must_contain", [])
        if not any(holds(text, choice) for choice in choices)
    ]
    faults += [
        f"says {words!r}"
        for words in _listed(expect.get("must_not_contain", []))
        if any(holds(part, words) for part in _about(text, expect, names))
    ]
    if "ref" in expect:
        faults += _referred(expect, reply, earlier, names)
    kinds = (expect["kind"], *expect.get("alt_kinds", []))
    return faults + min((KINDS[kind](expect, reply, names) for kind in kinds), key=len)


def _fact(expect: Expect, reply: Answer, names: Names) -> list[str]:
    programs = expect.get("programs", [])
    if reply["act"] in REFUSALS:
        return [f"refuses ({reply['act']})"]
    # A count or an average is about many; what it was made of need not be named.
    if len(programs) == 1 and not expect.get("computed") and programs[0] not in _touched(reply, names):
        return [f"is not about {programs[0]}"]
    return []


def _guide(expect: Expect, reply: Answer, _names: Names) -> list[str]:
    sections = [expect["section"], *expect.get("section_alt", [])]
    return [] if set(sections) & set(reply["sections"]) else [f"does not cite {' or '.join(sections)}"]


def _unknown(_expect: Expect, reply: Answer, _names: Names) -> list[str]:
    return [] if _admits(reply) else [f"does not say that it is not known ({reply['act']})"]


def _offtopic(_expect: Expect, reply: Answer, _names: Names) -> list[str]:
    return [] if reply["act"] in ("out_of_scope", "smalltalk") else [f"does not decline ({reply['act']})"]


def _shortlist(expect: Expect, reply: Answer, names: Names) -> list[str]:
    offered = _offered(reply, names)
    if expect.get("may_ask") and not offered and reply["act"] in ("request", "clarify", "confirm"):
        return []
    if expect.get("empty"):
        says_so = reply["shortlist"] is not None or re.search(r"\b(no|none|nothing)\b", plain(reply["text"]))
        return [f"offers {id}" for id in offered] or ([] if says_so else ["does not say that nothing fits"])
    fit = {*expect.get("allowed", []), *expect.get("tolerated", [])}
    one_of = expect.get("must_include_any", [])
    faults = [f"offers {id}" for id in offered if id not in fit]
    faults += [f"leaves out {id}" for id in expect.get("must_include", []) if id not in offered]
    if one_of and not set(one_of) & set(offered):
        faults.append(f"offers none of {', '.join(one_of)}")
    return faults if offered else ["offers nothing"]


def _compare(expect: Expect, reply: Answer, names: Names) -> list[str]:
    named = names.within(reply["text"])
    missing = [f"does not name {id}" for id in expect["programs"] if id not in named]
    return _refusal(expect, reply, names) + missing


def _clarify(expect: Expect, reply: Answer, names: Names) -> list[str]:
    covers = set(expect.get("options", [])) <= set(names.within(reply["text"]))
    return [] if covers or _asks(reply) else ["neither asks nor covers the readings"]


def _ask(_expect: Expect, reply: Answer, _names: Names) -> list[str]:
    return [] if _asks(reply) else ["asks nothing"]


def _refusal(_expect: Expect, reply: Answer, _names: Names) -> list[str]:
    return [f"refuses ({reply['act']})"] if reply["act"] in REFUSALS else []


def _anything(_expect: Expect, _reply: Answer, _names: Names) -> list[str]:
    return []


def _reset(_expect: Expect, reply: Answer, _names: Names) -> list[str]:
    return [] if reply["act"] == "restart" else [f"does not start over ({reply['act']})"]


REFUSALS = ("unknown", "out_of_scope")

KINDS: Mapping[str, Callable[[Expect, Answer, Names], list[str]]] = {
    "fact": _fact,
    "guide": _guide,
    "unknown": _unknown,
    "offtopic": _offtopic,
    "shortlist": _shortlist,
    "recommend": _shortlist,
    "compare": _compare,
    "clarify": _clarify,
    "ask": _ask,
    "why": _refusal,
    "why_not": _refusal,
    "why_empty": _refusal,
    "social": _anything,
    "reset": _reset,
}
"""What each kind of case asks of a reply, beyond what every case may ask."""


def _referred(expect: Expect, reply: Answer, earlier: list[Answer], names: Names) -> list[str]:
    """Faults of a reply to "the second one": it tells of that program, or says that it is not known."""
    order = names.within(earlier[expect["ref"]["turn"]]["text"])
    told = {(fact["program"], fact["field"]) for fact in reply["facts"]}
    faults = []
    for position in expect["ref"]["positions"]:
        if position > len(order):
            faults.append(f"refers to program {position} of {len(order)}")
            continue
        id = order[position - 1]
        if id not in _touched(reply, names):
            faults.append(f"is not about {id}")
        elif not _admits(reply):
            missing = [field for field in expect.get("fields", []) if (id, field) not in told]
            faults += [f"does not tell {field} of {id}" for field in missing]
    return faults


def _asks(reply: Answer) -> bool:
    return reply["question"] is not None or "?" in reply["text"]


def _admits(reply: Answer) -> bool:
    return reply["act"] == "unknown" or bool(reply["unknown"])


def _offered(reply: Answer, names: Names) -> list[str]:
    if reply["shortlist"] is None:
        return names.within(reply["text"])
    return [offer["program"] for offer in reply["shortlist"]]


def _touched(reply: Answer, names: Names) -> set[str]:
    return {*reply["programs"], *names.within(reply["text"]), *(fact["program"] for fact in reply["facts"])}


def _about(text: str, expect: Expect, names: Names) -> list[str]:
    """The sentences that do not speak of another program than those asked about."""
    asked = set(expect.get("programs", []))
    return [part for part in re.split(r"(?<=[.!?;])\s+|\n+", text) if set(names.within(part)) <= asked]


# ---- profiles --------------------------------------------------------------------------------

ALIKE = ("states", "exclude_states", "cities", "control", "goal", "online", "part_time", "residency", "near")
SLOTS = {
    "max_tuition": ("tuition", "max"),
    "min_tuition": ("tuition", "min"),
    "max_rank": ("rank", "max"),
    "max_months": ("duration_months", "max"),
    "min_graduation_rate": ("graduation_rate", "min"),
    "partner": ("companies", ""),
    "interest": ("interests", ""),
    "priority": ("priorities", ""),
    "exclude_programs": ("exclude_programs", ""),
    **{slot: (slot, "") for slot in ALIKE},
}
"""The slots of a case's profile that are compared → the contract's slot, and the end of a range."""


def _profiles(expect: Expect, reply: Answer) -> tuple[dict[str, Any], dict[str, Any]] | tuple[None, None]:
    """What the profile should be and what it is, in the same terms; None where it is not to be compared."""
    profile = expect.get("profile")
    if profile is None or expect.get("by_hand") or expect.get("profile_loose") or expect.get("may_ask"):
        return None, None
    wanted, got = {}, {}
    for name, (slot, end) in SLOTS.items():
        value = reply["profile"].get(slot)
        wanted[name] = _comparable(profile.get(name))
        got[name] = _comparable(value.get(end) if end and value else value)
    # A region stands in a case as those of its states that have programs.
    if profile.get("region") and wanted["states"] and got["states"] and wanted["states"] <= got["states"]:
        got["states"] = wanted["states"]
    return (
        {name: value for name, value in wanted.items() if value is not None},
        {name: value for name, value in got.items() if value is not None},
    )


def _comparable(value: Any) -> Any:
    """Values with differences of spelling and order taken out; None for nothing said."""
    if isinstance(value, str):
        return frozenset([value.casefold().replace("-", "_")])
    if isinstance(value, list):
        return frozenset(str(entry).casefold().replace("-", "_") for entry in value) or None
    return "near" if isinstance(value, dict) else value


# ---- words in a reply ------------------------------------------------------------------------


class Names:
    """What the programs are called, for finding them in a text."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._ids = {
            plain(name): id
            for id, program in knowledge.programs.items()
            for name in (program.name, program.short, *program.names)
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._ids, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    def within(self, text: str) -> list[str]:
        """The ids of the programs that a text names, in the order in which it first does."""
        found = self._pattern.findall(plain(text)) if self._ids else []
        return list(dict.fromkeys(self._ids[name] for name in found))


WORDS = "zero one two three four five six seven eight nine ten eleven twelve"
NUMBERS = {word: str(number) for number, word in enumerate(WORDS.split())}
TYPOGRAPHY = str.maketrans("‐‑‒–—−’‘“”", "------''\"\"")


def plain(text: str) -> str:
    """Text with case, typography and Markdown's marks taken out."""
    text = unicodedata.normalize("NFKC", text).translate(TYPOGRAPHY)
    return " ".join(re.sub(r"[*`_|]+", " ", text).casefold().split())


def counted(text: str) -> str:
    """Plain text with numbers, ranges, percents and lengths of time written one way.

    >>> counted("Two years, 98 percent")
    '24 month, 98%'
    >>> counted("1.5–2 years") == counted("18 to 24 months")
    True
    """
    text = re.sub(rf"\b({'|'.join(NUMBERS)})\b", lambda m: NUMBERS[m[0]], plain(text))
    text = re.sub(r"(?<=\d) ?(?:percent\b|per cent\b|%)", "%", text)
    text = re.sub(r"(?<=\d) to (?=\d)", "-", text)
    text = re.sub(r"(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?[ -]years?\b", _months, text)
    return re.sub(r"(?<=\d)[ -]months?\b", " month", text)


def _months(years: re.Match[str]) -> str:
    return "-".join(f"{float(year) * 12:g}" for year in years.groups() if year) + " month"


def holds(text: str, words: str) -> bool:
    """Whether a text has these words or this figure, whole.

    >>> holds("It costs $61,310 a year.", "61,310"), holds("It costs $61,310 a year.", "310")
    (True, False)
    """
    return any(_stands(form(words), form(text)) for form in (plain, counted))


def _stands(words: str, text: str) -> bool:
    before = r"(?<![a-z0-9])(?<!\d[.,])" if words[:1].isalnum() else ""
    after = r"(?![a-z0-9])(?!,\d)(?!\.\d*[1-9])" if words[-1:].isalnum() else ""
    return re.search(before + re.escape(words) + after, text) is not None


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
