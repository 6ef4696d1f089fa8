"""An advisor that knows a few made-up schools and answers by a few cues: for tests of the ways in alone."""

from __future__ import annotations

from typing import Any

from knowledge import (
    Block,
    Claim,
    Contradiction,
    Evidence,
    Field,
    Knowledge,
    Named,
    Omission,
    Pack,
    Part as StudyPart,
    Price,
    Program,
    Saying,
    Section,
    Source,
    Topic,
    plain,
    show,
)

from advisor import Conversation, ProfileError, Reply, Turn
from advisor.dialogue.acts import Action, Ask, Fact, NearMiss, Offer, Reason, Unclear, Unknown
from advisor.dialogue.profile import Profile
from advisor.dialogue.situation import Situation
from advisor.dialogue.state import DialogueState
from advisor.explaining import Thought, explained
from advisor.nlu import Understanding
from advisor.reply import Part

FIELDS = (
    Field(name="name", label="name", type="text"),
    Field(name="rank", label="rank", type="integer", show="#{value}", better="lower"),
    Field(name="city", label="city", type="text"),
    Field(name="state", label="state", type="text"),
    Field(name="tuition", label="tuition", type="money", show="${value:,} a year", better="lower"),
    Field(name="graduation_rate", label="graduation rate", type="percent", show="{value}%"),
    Field(name="labs", label="labs", type="list", item="named"),
    Field(name="overview", label="overview", type="text", prose=True),
    Field(name="fee_home", label="fee at home", type="money", show="${value:,} a year", basis="an average"),
    Field(name="fee_away", label="fee away", type="money", show="${value:,} a year", basis="an average"),
    Field(name="fee", label="fee", type="money", show="${value:,} a year", basis="an average of the school"),
    Field(name="pay", label="pay", type="money", show="${value:,} a year", better="higher", by_part=True),
    Field(name="website", label="website", type="text"),
)

SCHOOLS = (
    ("north-college", "North College", 1, "Portland", "ME", 12000, 91),
    ("south-university", "South <University>", 2, "Austin", "TX", 30500, 84),
    ("west-institute", "West Institute", 3, "Reno", "NV", 48000, None),
)


BEYOND = ("École East", "Far <Academy>", "Gone College")
"""Schools that only the record holds: two with prices, the last with neither a price nor an address."""


def small_knowledge() -> Knowledge:
    """Three programs, three beyond them and two guide sections, one of each kind of thing that a page shows."""
    source = Source(
        id="almanac",
        title="The almanac",
        publisher="A. Printer",
        taken="2026-01-02",
        as_of="2025",
        licence="free",
    )
    register = Source(
        id="register",
        title="The register",
        publisher="An Office",
        taken="2026-01-03",
        as_of="2023",
        licence="Free with thanks.",
        note="Counts only some.",
    )
    return Knowledge(
        pack=Pack(
            id="made-up",
            title="made-up programs",
            subject="testing",
            level="master's",
            source="almanac",
            covers="three schools that do not exist",
            not_covered="the weather",
            examples=("How dear is North?",),
            price=Price(asked="tuition", field="fee", home="state", resident=("fee_home",), other=("fee_away",)),
        ),
        fields={f.name: f for f in FIELDS},
        sources={"almanac": source, "register": register},
        programs={row[0]: _program(*row) for row in SCHOOLS},
        beyond={p.id: p for p in (_beyond(at, name) for at, name in enumerate(BEYOND))},
        parts={
            "11": StudyPart(id="11", title="Computing", code="1.1"),
            "27": StudyPart(id="27", title="Counting", code="2.7"),
        },
        evidence=(
            Evidence(
                program="north-college",
                field="tuition",
                what="the price of beginners",
                value=10000,
                source="register",
                place="key 1, column B",
            ),
        ),
        sections={
            "money": Section(
                id="money",
                title="Money",
                source="almanac",
                place="Chapter 2",
                blocks=(
                    Block(heading="Grants", text="Some **grants** exist.\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
                    Block(heading="Markup", text="<script>alert(1)</script> [x](javascript:alert(1))"),
                ),
            ),
            "work": Section(
                id="work",
                title="Work",
                source="almanac",
                place="Chapter 3",
                blocks=(Block(heading="", text="There is work."),),
            ),
        },
        places=(),
        contradictions=(
            Contradiction(
                id="north-price",
                title="North's price",
                uses="12,000",
                why="It is later.",
                brief="It also says 13,000.",
                says=(Saying(text="12,000", place="page 1"), Saying(text="13,000", place="page 9")),
                fields=("north-college.tuition",),
                sections=("money",),
            ),
        ),
        omissions=(Omission(source="almanac", place="Page 7", why="An advertisement."),),
        topics=(Topic(id="weather", label="the weather", words=("weather",), where="a forecast"),),
        hash="0123456789abcdef",
    )


def _program(id: str, name: str, rank: int, city: str, state: str, tuition: int, rate: int | None) -> Program:
    values: dict[str, Any] = {"rank": rank, "city": city, "state": state, "tuition": tuition}
    if rate is not None:
        values["graduation_rate"] = rate
    values["labs"] = (Named(name=f"{name} Lab", focus="robots"), Named(name="Second Lab"))
    claims = {
        field: (
            Claim(
                program=id,
                field=field,
                value=value,
                source="almanac",
                place=f"Table, row {rank}",
                as_of="2025",
            ),
        )
        for field, value in values.items()
    }
    claims["pay"] = _pays(id, rank)
    if id == "north-college":
        other = Claim(program=id, field="tuition", value=13000, source="almanac", place="Page 9", note="older")
        claims["tuition"] = (*claims["tuition"], other)
    return Program(id=id, name=name, short=name, names=(name,), claims=claims)


def _beyond(at: int, name: str) -> Program:
    id = f"beyond-{at}"
    values: dict[str, Any] = {"city": f"Town {at}", "state": "TX"}
    if at < 2:
        values |= {"fee_home": 9000 + at, "fee_away": 21000 + at, "website": ("www.east.example/", "javascript:x")[at]}
    claims = {field: (_recorded(id, field, value),) for field, value in values.items()}
    claims["pay"] = _pays(id, 4 + at)
    return Program(id=id, name=name, short=name, names=(name,), claims=claims)


def _recorded(id: str, field: str, value: Any, **more: Any) -> Claim:
    place = f"key {id}, column {field}" + (f", field {more['part']}" if "part" in more else "")
    return Claim(program=id, field=field, value=value, source="register", place=place, as_of="2023", **more)


def _pays(id: str, at: int) -> tuple[Claim, ...]:
    """Pay in one part, one year after for odd schools and four for even ones; withheld in the other."""
    given = _recorded(id, "pay", 70000 + at, part="11", like="one year after" if at % 2 else "four years after")
    return given, _recorded(id, "pay", None, part="27", status="withheld")


class StubAdvisor:
    """Answers as an Advisor does, by cues: "compare", "want", "<…>" and anything else."""

    def __init__(self, knowledge: Knowledge | None = None) -> None:
        self.knowledge = knowledge or small_knowledge()
        self.thoughts = 0

    def reply(self, conversation: Conversation, text: str) -> Reply:
        self.thoughts += 1
        number = len(conversation.turns) + 1
        told = {"conversation": conversation.id, "turn": number, "knowledge": self.knowledge.hash}
        reply = self._answer(text.lower(), told)
        conversation.append(Turn(number, text, DialogueState(turn=number), reply.to_dict(), ("Any",), (reply.act,)))
        return reply

    def shortlist(self, profile: dict[str, Any]) -> dict[str, Any]:
        for slot in profile:
            if slot not in ("tuition", "goal"):
                raise ProfileError(slot, "is not a slot")
        reply = self._answer("want", {}).to_dict()
        return {"profile": profile, "shortlist": reply["shortlist"], "near_misses": reply["near_misses"]}

    def explain(self, text: str) -> dict[str, Any]:
        situation = Situation(DialogueState(), DialogueState(), (), Profile())
        actions = (Action("inform", rule="facts_are_asked"),)
        reply = self._answer(text, {})
        return {
            "text": text,
            **explained(Thought(Understanding((Unclear(text),)), DialogueState(), situation, actions, (), reply)),
        }

    def claim_dict(self, claim: Claim) -> dict[str, Any]:
        return {
            "value": plain(claim.value),
            "display": show(self.knowledge.fields[claim.field], claim.value) if claim.status == "given" else "withheld",
            "basis": claim.basis,
            "as_of": claim.as_of,
            "status": claim.status,
            "note": claim.note,
            "source": {"document": claim.source, "place": claim.place},
        }

    def warm(self) -> None:
        """There is nothing to warm."""

    def _fact(self, program: str, field: str) -> Fact:
        claim = self.knowledge.programs[program].claims[field][0]
        display = self.claim_dict(claim)["display"]
        return Fact(program, field, plain(claim.value), display, "", "2025", claim.source, claim.place, (), claim)

    def _answer(self, text: str, told: dict[str, Any]) -> Reply:
        first, second, third, *_ = self.knowledge.programs
        if "compare" in text:
            facts = tuple(self._fact(p, f) for p in (first, second) for f in ("rank", "tuition", "labs", "pay"))
            words = "Side by side:\nTuition: one and two\nPay in Computing (1.1): this and that\n- one\n- two"
            part = Part("compare", words, tuple(range(len(facts))))
            return Reply("compare", words, programs=(first, second), facts=facts, parts=(part,), **told)
        if "nothing" in text:
            return self._none(told, third)
        if "want" in text:
            return self._shortlist(told, first, third)
        if "break" in text:
            raise RuntimeError("a secret at /home/someone")
        fact = self._fact(first, "tuition")
        words = f"North College costs {fact.display}."
        part = Part("inform", words, (0,), ("money",))
        return Reply(
            "inform",
            words,
            programs=(first,),
            facts=(fact,),
            sections=("money",),
            parts=(part,),
            unknown=(Unknown(first, "weather"),),
            suggestions=("Compare them", "I want research"),
            **told,
        )

    def _none(self, told: dict[str, Any], third: str) -> Reply:
        words = 'None fits.\nThe nearest: West Institute: $9 above.\nBeyond, 3 fit. Say "not just the ranking".'
        return Reply(
            "recommend",
            words,
            parts=(Part("recommend", words),),
            shortlist=(),
            near_misses=(NearMiss(third, "West Institute: $9 above"),),
            wider=tuple(Offer(id, 0.5) for id in self.knowledge.beyond),
            **told,
        )

    def _shortlist(self, told: dict[str, Any], first: str, third: str) -> Reply:
        fact = self._fact(first, "tuition")
        reasons = (
            Reason("tuition", True, 0.6, 0.55, "$12,000 a year, under your $20,000", (fact,)),
            Reason("goal", None, 0.4, 0.2, "the source does not tell of research"),
        )
        question = Ask("goal", "Research or industry?", ("research", "industry", "no preference"))
        words = "One program fits.\n\nResearch or industry?"
        return Reply(
            "recommend",
            words,
            programs=(first,),
            facts=(fact,),
            parts=(Part("recommend", "One program fits.", (0,)),),
            profile={"tuition": {"max": 20000}},
            shortlist=(Offer(first, 0.75, reasons),),
            near_misses=(NearMiss(third, "it costs $48,000 a year", {"tuition": {"max": 48000}}),),
            question=question,
            suggestions=("Compare them",),
            **told,
        )
