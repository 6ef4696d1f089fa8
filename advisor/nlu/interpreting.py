"""What a clause does, by an ordered list of interpreters: the first that makes something of it wins.

Each takes the reading of a clause and its context, and returns user acts, or None to pass. Surest
first: names and fields that are known exactly, then the guide and examples by meaning, then "unclear".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge import AnyOf, Filter, Knowledge, Program, Query, Test

from advisor.dialogue.acts import (
    Ambiguous,
    AskGuide,
    AskOtherSchool,
    AskTable,
    AskTopic,
    AskWhich,
    AskWhy,
    Compare,
    Inform,
    NoPreference,
    OutOfScope,
    Recommend,
    RequestFacts,
    Restart,
    Social,
    Unclear,
    Undo,
    UserAct,
)
from advisor.dialogue.profile import Wish
from advisor.dialogue.slots import Slot
from advisor.dialogue.state import DialogueState
from advisor.nlu.cues import phrases_of
from advisor.nlu.filters import FIELD_OF, FilterReader
from advisor.nlu.intents import Intents
from advisor.nlu.phrases import Token
from advisor.nlu.questions import SET, Order, TableReading
from advisor.nlu.reading import Reading

GUIDE_SURE = 0.68
"""Guide score from which a clause is taken as a guide question although it could also be read otherwise."""
GUIDE_CLEAR = 0.55
"""Guide score from which a clause is a guide question whatever the nearest examples say, unless an off-topic one
is nearer."""
LEAN = 0.1
"""How much nearer an off-topic example may be than one of studying. With LIKELY and CLEAR, 94 of 100 guide
questions are kept and 4 of 100 off-topic lines let in (150 and 227 lines, half of them seen when this was set)."""
GUIDE_LIKELY = 0.43
"""Guide score from which a clause is a guide question where the examples speak for studying. Off-topic
lines score 0.38 at most, guide questions 0.47 at least on the cases that these were set by."""
TOPIC_SURE = 0.86
"""Similarity to a question that is known not to be answered, from which it is taken for one although a field is
named."""
TOPIC_LIKELY = 0.74
"""The same where no field is named."""
WITHIN = 0.36
"""Score of a school's own passage from which a question naming the school is about it, however it is put."""
NEAR_EXAMPLE = 0.55
"""Similarity from which the nearest example utterance decides."""

Guide = Callable[[str], tuple[float, str]]


@dataclass(frozen=True)
class Context:
    """What a clause is read in: the talk so far, and the clauses before it in the same message."""

    knowledge: Knowledge
    slots: Mapping[str, Slot]
    state: DialogueState
    guide: Guide
    topic: Guide
    within: Callable[[str, str], float]
    intents: Intents
    filters: FilterReader
    superlative: Callable[[Sequence[Token]], tuple[str, Order] | None]
    before: tuple[str, ...]
    whole: Reading
    alone: bool
    acts: tuple[UserAct, ...]


_cues = phrases_of(("compare", "order", "wish", "list", "what_if", "follow", "meant", "why", "why_rank", "why_not"))
_SOURCE = re.compile(r"\b(who says|says who|who said|your source|where.*(data|info|numbers).*from|how do you know)\b")


def cues(reading: Reading) -> set[str]:
    """The cues that stand in a clause."""
    return {v for s in _cues.find(reading.tokens, overlapping=True) for v in s.values}


def _starts(reading: Reading, kind: str) -> bool:
    """Whether the clause begins with a cue of this kind, fillers aside."""
    return any(kind in s.values and s.first <= 1 for s in _cues.find(reading.tokens, overlapping=True))


_ASKING = {
    "which",
    "what",
    "whose",
    "any",
    "all",
    "list",
    "show",
    "many",
    "every",
    "some",
    "other",
    "these",
    "those",
    "the",
    "of",
}
_BETWEEN = {
    "public",
    "private",
    "ranked",
    "good",
    "best",
    "cheap",
    "cheapest",
    "top",
    "of",
    "the",
    "these",
    "those",
    "other",
    "ml",
    "ai",
    "online",
    "new",
    "state",
    "us",
}


def _of_set(reading: Reading) -> bool:
    """Whether the clause asks for schools: "which schools", "any programs", "who hires from them"."""
    words = [t.norm for t in reading.tokens]
    for i, word in enumerate(words):
        if word in SET and word != "one" and i and words[i - 1] != "grad":
            before = words[max(0, i - 4) : i]
            if {"kind", "sort", "type"} & set(before):
                continue  # "what kind of program" asks for no list of schools
            if (
                {"which", "what", "any", "list", "name", "show", "whom"} & set(before)
                or before[-1] in _ASKING - {"the"}
                or (reading.table is not None and reading.table.query.order and before[-1] in {"the", *_BETWEEN})
            ):
                return True
    first = words[0] if words else ""
    second = words[1] if len(words) > 1 else ""
    return (
        first in {"who", "whos", "whose"}
        or "whom" in words
        or (
            first == "which"
            and (
                second
                in {
                    "of",
                    "have",
                    "has",
                    "are",
                    "is",
                    "one",
                    "don",
                    "dont",
                    "offer",
                    "work",
                    "list",
                    "ha",
                    "do",
                }
            )
        )
    )


# ---- interpreters, in order ----


def starts_over(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "New search for my friend": what the same clause wishes for belongs to the new search."""
    contained = context.intents.contained(reading.tokens)
    if "restart" in contained:
        return [Restart(), *([Inform(wishes=reading.wished.wishes)] if reading.wished.wishes else [])]
    if "undo" in contained and len(reading.tokens) <= 6:
        return [Undo()]
    return None


def injected(reading: Reading, context: Context) -> list[UserAct] | None:
    """Instructions to the machine are just text; a real question beside them has its own clause."""
    asked = (reading.programs and reading.fields) or reading.wished.sure
    if "out_of_scope" in context.intents.contained(reading.tokens) and not asked:
        return [OutOfScope()]
    return None


def cue_of_clause(reading: Reading, context: Context) -> list[UserAct] | None:
    """A clause that is a cue by itself: "thanks!", "hi", "skip"."""
    intent = context.intents.cue(reading.tokens)
    if intent in {
        "greet",
        "thanks",
        "goodbye",
        "identity",
        "praise",
        "rude",
        "agree",
        "refuse",
        "person",
        "odds",
    }:
        return [Social("", intent)]
    if intent == "no_preference":
        return [NoPreference()]
    if intent == "recommend":
        return [Recommend()]
    if intent == "more":
        return [Recommend(more=True)]
    contained = context.intents.contained(reading.tokens) & {"person", "odds", "rude"}
    if contained and not reading.programs:
        acts: list[UserAct] = [Social("", sorted(contained)[0])]
        if reading.wished.wishes:
            acts.append(Inform(wishes=reading.wished.wishes))
        return acts
    return None


def reading_chosen(reading: Reading, context: Context) -> list[UserAct] | None:
    """The answer to "which did you mean": the reading whose words are in the clause, sent as it stands."""
    pending = context.state.pending
    if pending is None or not pending.readings:
        return None
    words = {t.norm for t in reading.tokens}
    if reading.programs and not reading.fields:
        return [RequestFacts(programs=reading.programs, fields=context.state.fields, about=context.state.about)]
    if reading.places and not reading.programs:
        # "the university in seattle": the reading whose program is there.
        here = [
            p.id
            for p in context.knowledge.programs.values()
            if _in_place(p, reading, context) and p.name in {shown for shown, _ in pending.readings}
        ]
        if here and ("university" in words or "school" in words or "college" in words):
            return [RequestFacts(programs=tuple(here), fields=context.state.fields, about=context.state.about)]
    return None


def _in_place(program: Program, reading: Reading, context: Context) -> bool:
    """Whether a program is in one of the places that a clause names."""
    ids = set(reading.places)
    for place in context.knowledge.places:
        if place.id in ids and (program.value("city") in place.cities or program.value("state") in place.states):
            return True
    return False


def why(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Why is CMU first", "why not Emory", "why": of what was shown."""
    found = cues(reading)
    if "why_not" in found and (reading.programs or reading.schools):
        if reading.schools and not reading.programs:
            return [AskOtherSchool(schools=reading.schools)]
        return [AskWhy(programs=reading.programs, negative=True)]
    if "why" not in found or not _starts(reading, "why"):
        return None
    programs = reading.programs or reading.referred
    if programs and set(reading.fields) <= {"rank", "score"} and ("why_rank" in found or not reading.residue()):
        return [AskWhy(programs=programs)]
    if (
        not programs
        and context.state.last in {"recommend", "inform", "explain"}
        and len(reading.tokens) <= 6
        and not reading.topics
    ):
        return [AskWhy(programs=context.state.focus[:1] or context.state.shortlist[:1])]
    return None


def several_schools(reading: Reading, context: Context) -> list[UserAct] | None:
    """Two or more schools named: side by side, or a fact of each."""
    programs = reading.programs or (reading.referred if len(reading.referred) > 1 else ())
    if (
        len(reading.programs) == 1
        and not reading.referred
        and {"compare"} & cues(reading)
        and _starts(reading, "follow")
        and context.state.focus
    ):
        programs = tuple(dict.fromkeys((*context.state.focus[:2], *reading.programs)))
        return [Compare(programs=programs, fields=reading.fields or context.state.fields)]
    if reading.programs and reading.referred and len(reading.programs) == 1 and "compare" in cues(reading):
        programs = tuple(dict.fromkeys((*reading.referred, *reading.programs)))
    if _excluding(reading):
        return None
    if reading.schools:
        return None
    if len(programs) < 2 or reading.topics:
        return None
    found = cues(reading)
    if reading.table and reading.table.query.order:
        field = reading.table.query.field or "rank"
        fields = (field, *(f for f in reading.fields if f != field and f not in {"rank"}))
        return [Compare(programs=programs, fields=tuple(dict.fromkeys(fields)), order=reading.table.query.order)]
    if "order" in found:
        return [Compare(programs=programs, fields=("rank", "score"), order="asc")]
    if reading.table and reading.table.query.field and reading.table.query.select in {"difference", "range"}:
        return [Compare(programs=programs, fields=(reading.table.query.field,))]
    if found & {"compare"} or not reading.question:
        if not reading.fields and reading.residue() and not found & {"compare"}:
            return [RequestFacts(programs=programs, about=reading.about())]
        if found & {"compare"} or reading.fields or not reading.residue():
            return [Compare(programs=programs, fields=reading.fields)]
    if reading.fields:
        return [RequestFacts(programs=programs, fields=reading.fields, about=reading.about(), part=reading.part)]
    return (
        [Compare(programs=programs)]
        if not reading.residue()
        else [RequestFacts(programs=programs, about=reading.about())]
    )


def _excluding(reading: Reading) -> bool:
    return any(w.slot == "exclude_programs" for w in reading.wished.wishes)


def other_school(reading: Reading, context: Context) -> list[UserAct] | None:
    """A school that the knowledge does not hold, alone or beside one that it does."""
    if not reading.schools or (reading.programs and "meant" in cues(reading)):
        return None
    if reading.residue() and _far_out(reading, context):
        return [OutOfScope()]
    return [AskOtherSchool(schools=reading.schools, programs=reading.programs, fields=reading.fields)]


def uncovered_topic(reading: Reading, context: Context) -> list[UserAct] | None:
    """A topic that the knowledge is known not to hold: admission odds, test scores, housing."""
    if not reading.topics:
        return None
    asked: list[UserAct] = []
    if (
        reading.table
        and reading.table.query.order
        and any(set(range(s.first, s.last)) & reading.table.covered for s in reading.topic_spans)
    ):
        return None  # "earn most" is a superlative of a field that some schools do have
    if reading.table and reading.table.explicit and not reading.programs and not _operator_of_topic(reading):
        asked = over_the_table(reading, context) or []
    everyday = {t.id for t in context.knowledge.topics if t.everyday}
    if (
        set(reading.topics) <= everyday
        and not reading.on_studying()
        and not reading.referred
        and not reading.wished.wishes
        and not _leans(reading, context)
    ):
        return [OutOfScope()]
    programs = reading.programs or (_spoken_of(reading, context) if not reading.places else ())
    guide_score, _ = context.guide(reading.text)
    if not reading.programs and guide_score >= GUIDE_SURE + 0.1:
        return None
    acts: list[UserAct] = [*asked, AskTopic(topic=reading.topics[0], programs=programs)]
    fields = [
        f
        for f in reading.fields
        if not any(f in s.values for s in reading.field_spans if any(t.overlaps(s) for t in reading.topic_spans))
    ]
    if reading.programs and fields and " and " in reading.text:
        acts.insert(0, RequestFacts(programs=reading.programs, fields=tuple(fields)))
    found = cues(reading)
    firm = any(
        w.slot not in {"interests", "priorities", "goal", "gpa", "thesis", "companies"} for w in reading.wished.wishes
    )
    if (
        reading.wished.wishes
        and not reading.programs
        and (reading.wished.sure or (firm and (found & {"wish", "list"} or not reading.question)))
    ):
        acts.insert(0, Inform(wishes=reading.wished.wishes))
    return acts


def _operator_of_topic(reading: Reading) -> bool:
    """Whether the superlative is of the topic: "the highest H1B sponsorship"."""
    superlatives = {
        "highest",
        "lowest",
        "best",
        "most",
        "least",
        "worst",
        "safest",
        "average",
        "median",
        "more",
        "better",
    }
    for span in reading.topic_spans:
        before = [t.norm for t in reading.tokens[max(0, span.first - 2) : span.last]]
        if superlatives & set(before) or any(w.endswith("est") for w in before):
            return True
    return False


def topic_by_meaning(reading: Reading, context: Context) -> list[UserAct] | None:
    """A question that is nearly one of those that the knowledge is known not to answer."""
    if not reading.question or reading.wished.sure:
        return None
    if reading.table and reading.table.explicit and reading.fields:
        return None
    score, topic = context.topic(reading.about())
    guide_score, _ = context.guide(reading.text)
    needed = TOPIC_SURE if reading.fields or reading.table else TOPIC_LIKELY
    if score < needed or score < guide_score + 0.04:
        return None
    return [
        AskTopic(
            topic=topic,
            programs=reading.programs or (_spoken_of(reading, context) if reading.referred else ()),
        )
    ]


def _spoken_of(reading: Reading, context: Context) -> tuple[str, ...]:
    """The programs that the clause is about without naming them: by a pronoun, or those in focus."""
    if reading.referred:
        return reading.referred
    if context.before:
        return context.before[-1:]
    return context.state.focus


def one_school(reading: Reading, context: Context) -> list[UserAct] | None:
    """A school named: fields of it, something about it, or the same as was asked of the one before."""
    denied = {i for w in reading.wished.wishes if w.slot == "exclude_programs" for i in w.value}
    programs = tuple(p for p in reading.programs if p not in denied) or (() if denied else _implied(reading, context))
    if not programs or (denied and not reading.fields):
        return None
    names = next((s for s in reading.names if any(e.kind == "program" for e in s.values)), None)
    if names is not None and len(names.values) > 1 and len(programs) == 1:
        ids = [e.id for e in names.values if e.kind == "program"]
        if len(ids) > 1:
            return [_which(reading, ids, context)]
    if (
        reading.table
        and reading.table.query.order
        and len(programs) == 1
        and context.state.focus
        and "compare" not in cues(reading)
    ):
        pass
    fields = _asked_of_one(reading)
    if not fields and reading.amounts:
        # "Heard Pitt is under 10 grand, true?": the amount tells which field is meant.
        fields = tuple(
            dict.fromkeys(
                f for a in reading.amounts if (f := FIELD_OF.get(a.kind)) in context.knowledge.fields and a.sure
            )
        )
    if reading.of_kind("person") and "faculty" not in fields:
        fields = ("faculty",)
    if "meant" in cues(reading) and not fields:
        return [RequestFacts(programs=programs, fields=context.state.fields, about=context.state.about)]
    if (
        not fields
        and not reading.residue()
        and context.state.last in {"facts", "topic"}
        and (_starts(reading, "follow") or len(reading.tokens) <= 4)
    ):
        if context.state.topic:
            return [AskTopic(topic=context.state.topic, programs=programs)]
        if context.state.fields or context.state.about:
            return [RequestFacts(programs=programs, fields=context.state.fields, about=context.state.about)]
    unfielded = reading.residue() and not reading.fields and not reading.listed
    if unfielded and not _leans(reading, context) and context.within(programs[0], reading.about()) < WITHIN:
        return [OutOfScope()]
    if (
        reading.fields
        and reading.residue()
        and _far_out(reading, context)
        and context.within(programs[0], reading.about()) < WITHIN
    ):
        return [OutOfScope()]
    if fields:
        return [RequestFacts(programs=programs, fields=fields, about=reading.about(), part=reading.part)]
    if reading.residue() or reading.listed:
        fields = tuple(
            dict.fromkeys(f for e in reading.names for v in e.values for f in context.filters.lookup_fields(v.kind)[:1])
        )
        return [RequestFacts(programs=programs, fields=fields, about=reading.about(), part=reading.part)]
    return [RequestFacts(programs=programs)]


def _implied(reading: Reading, context: Context) -> tuple[str, ...]:
    """The one school that a lab, a person or a degree belongs to, where that is what is asked about.

    "Who has the GRASP lab" asks for the school itself, and is left to the table.
    """
    if _of_set(reading) and "faculty" not in reading.fields:
        return ()
    owners: set[str] = set()
    for span in reading.names:
        for entity in span.values:
            if entity.kind in {"lab", "person"} or (
                entity.kind == "degree" and (len(span.phrase) > 2 or len(span.phrase[0]) >= 4)
            ):
                for field in context.filters.lookup_fields(entity.kind)[:1]:
                    owners |= {
                        p.id for p in context.knowledge.programs.values() if entity.id in _entries(p.value(field))
                    }
    return tuple(owners) if len(owners) == 1 else ()


def _entries(value: object) -> set[str]:
    return {e if isinstance(e, str) else e.name for e in value} if isinstance(value, tuple) else set()


def _far_out(reading: Reading, context: Context) -> bool:
    """Whether an off-topic example is clearly nearer than any of studying ("the score of the football game")."""
    near = context.intents.nearest(reading.text)
    inside = max((near.get(k, 0.0) for k in ("recommend", "studying", "compare", "more")), default=0.0)
    return bool(near) and near.get("out_of_scope", 0.0) > inside + 0.08


def _asked_of_one(reading: Reading) -> tuple[str, ...]:
    """The fields asked of a school. "Grad rate and ranking" is two; "tell me about" gives way to any other."""
    fields = [f for f in reading.fields]
    if "overview" in fields and len(fields) > 1:
        fields.remove("overview")
    if "overview" in fields and (reading.residue() or reading.listed):
        fields.remove("overview")
    if (
        reading.table
        and reading.table.query.order
        and reading.table.query.field
        and reading.table.query.field not in fields
    ):
        fields.append(reading.table.query.field)
    return tuple(fields)


def _which(reading: Reading, ids: list[str], context: Context) -> UserAct:
    name = " ".join(t.text for t in reading.tokens)
    readings = []
    for i in ids:
        program = context.knowledge.programs[i]
        label = context.knowledge.fields[reading.fields[0]].label if reading.fields else ""
        readings.append((program.name, f"{program.name} {label}".strip()))
    return Ambiguous(name=name, readings=tuple(readings), fields=reading.fields)


def place_or_school(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "How much is Washington": a place named where a school is meant. One is asked which."""
    places = [s for s in reading.names if any(e.kind in {"state", "city", "metro", "region"} for e in s.values)]
    if (
        len(places) == 1
        and not reading.fields
        and _starts(reading, "follow")
        and context.state.last == "facts"
        and context.state.fields
        and not reading.residue()
    ):
        here = [p.id for p in context.knowledge.programs.values() if _in_place(p, reading, context)]
        if len(here) == 1 and not any(e.kind == "state" for e in places[0].values):
            return [RequestFacts(programs=tuple(here), fields=context.state.fields, about=context.state.about)]
    if len(places) != 1 or not reading.fields or reading.listed or (reading.table and reading.table.explicit):
        return None
    span = places[0]
    lead = reading.tokens[span.first - 1].norm if span.first else ""
    follow = {t.norm for t in reading.tokens[span.last : span.last + 2]}
    if (
        follow & {"state", "school"}
        or lead in {"in", "near", "around", "outside", "from", "new", "for"}
        or _of_set(reading)
        or reading.wished.sure
    ):
        return None
    if set(reading.fields) <= {"overview", "format", "control", "highlight"} or reading.residue():
        return None
    word = set(span.phrase)
    named = [p for p in context.knowledge.programs.values() if word <= {t for n in p.names for t in _words(n)}]
    if not named:
        return None
    there = [p for p in context.knowledge.programs.values() if _in_place(p, reading, context)]
    if len(named) == 1 and not any(e.kind == "state" for e in span.values) and there in ([], named):
        return [RequestFacts(programs=(named[0].id,), fields=reading.fields)]
    label = context.knowledge.fields[reading.fields[0]].label
    shown = " ".join(t.text for t in reading.tokens[span.first : span.last]).title()
    readings = [(p.name, f"{p.name} {label}") for p in named]
    return [
        Ambiguous(
            name=shown,
            readings=(*readings, (f"schools in {shown}", f"{label} of schools in {shown}")),
            fields=reading.fields,
        )
    ]


def _words(name: str) -> list[str]:
    from advisor.nlu.phrases import key

    return list(key(name))


def over_the_table(reading: Reading, context: Context) -> list[UserAct] | None:
    """A superlative, a count, an average, a reverse look-up: answered over all programs."""
    table = reading.table
    if table is None:
        if (
            {"difference", "gap"} & {t.norm for t in reading.tokens}
            and len(context.state.focus) == 2
            and len(reading.tokens) <= 4
        ):
            return [Compare(programs=context.state.focus, fields=context.state.fields)]
        return None
    if len(reading.referred) == 1 and not table.query.order:
        return None
    if reading.referred and len(reading.referred) > 1:
        within: tuple[Test, ...] = (Filter("program", "in", reading.referred),)
    elif table.query.order and table.query.limit == 1 and _among(reading, context):
        within = (Filter("program", "in", context.state.focus),)
    else:
        within = ()
    if within:
        ids = within[0].value  # type: ignore[union-attr]
        if table.query.order:
            return [Compare(programs=ids, fields=(table.query.field or "rank", *table.asked), order=table.query.order)]
    guide_score, _ = context.guide(reading.text)
    tests = _joined(reading, table.query.where, _where(reading, context))
    restricted = bool(tests or within)
    if table.explicit:
        if _better_in_the_guide(reading, table, guide_score, restricted, context) or _critique(reading, context):
            return None
        if reading.residue() and not reading.on_studying() and not _leans(reading, context):
            return None
        query = replace(table.query, where=(*tests, *within))
        return [AskTable(query=query, asked=table.asked, wishes=_kept_wishes(reading, query))]
    if reading.listed and (_of_set(reading) or set(reading.of_kind("lab", "person"))) and not reading.wished.sure:
        if guide_score >= GUIDE_SURE and not _of_set(reading):
            return None
        if reading.of_kind("company") and "wish" in cues(reading):
            return None
        return [AskTable(query=Query("list", None, tests), asked=tuple(f for f in reading.fields if f != "overview"))]
    return _listed_rows(reading, context, tests)


def rows_of_a_place(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "List the schools in New York": places and kinds of school alone, asked for and not wished."""
    if reading.table is not None or not _where(reading, context):
        return None
    return _listed_rows(reading, context, _where(reading, context))


def _listed_rows(reading: Reading, context: Context, tests: tuple[Test, ...]) -> list[UserAct] | None:
    """All the rows that pass, where a list is asked for rather than a choice."""
    if not tests:
        return None
    beyond = bool(set(SET) & {t.norm for t in reading.tokens}) and (
        isinstance(tests[0], AnyOf) or any(_beyond_wishes(t) for t in tests)
    )
    if not beyond and not (_of_set(reading) and _third_person(reading)):
        return None
    if any(w.slot in {"goal", "interests", "priorities", "gpa", "thesis"} for w in reading.wished.wishes):
        return None
    return [AskTable(query=Query("list", None, tests), wishes=reading.wished.wishes)]


def _beyond_wishes(test: Test) -> bool:
    """Whether no wish can say this filter: a lowest rank, a highest graduation rate, evening classes."""
    if not isinstance(test, Filter):
        return False
    wrong_end = {"graduation_rate": {"<", "<=", "=="}, "rank": {">", ">=", "=="}}
    if test.field in wrong_end:
        return test.op in wrong_end[test.field]
    if test.field == "format":
        return test.value not in {"online", "part_time"}
    return test.field in {"score", "gpa", "credits", "salary"}


def _kept_wishes(reading: Reading, query: Query) -> tuple[Wish, ...]:
    """The filters of a question as wishes, where a follow-up may go on from them."""
    return reading.wished.wishes if query.select == "list" and not query.order else ()


def _joined(reading: Reading, amounts: tuple[Test, ...], places: tuple[Test, ...]) -> tuple[Test, ...]:
    """All tests must hold; "either in Washington or below 65k" is satisfied by one."""
    tests = (*amounts, *places)
    words = [t.norm for t in reading.tokens]
    if len(tests) != 2 or "or" not in words or not amounts or not places:
        return tests
    at = words.index("or")
    spots = [i for i, t in enumerate(reading.tokens) if any(s.first <= i < s.last for s in reading.names)]
    sums = [i for i, t in enumerate(reading.tokens) if any(a.start <= t.start < a.end for a in reading.amounts)]
    if spots and sums and min(max(spots), max(sums)) < at < max(min(spots), min(sums)):
        return (AnyOf(tests),)  # type: ignore[arg-type]
    return tests


def than_a_school(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Which schools are cheaper than CMU": the school's own value is the limit, and it is not among the answers."""
    words = [t.norm for t in reading.tokens]
    program = next((s for s in reading.names if any(e.kind == "program" for e in s.values)), None)
    if program is None or len(reading.programs) != 1 or "than" not in words[: program.first]:
        return None
    superlative = context.superlative(reading.tokens[: words.index("than")])
    if superlative is None or not (
        _of_set(reading) or "count" in reading.text or reading.tokens[0].norm in SET or "many" in words
    ):
        return None
    field, order = superlative
    value = context.knowledge.programs[reading.programs[0]].value(field)
    if value is None:
        return None
    # More words for less: "ranked better than" is a smaller rank, "cheaper than" a smaller price.
    test = Filter(field, "<" if order == "asc" else ">", value)
    others = tuple(t for t in _where(reading, context) if t != test)
    select = reading.table.query.select if reading.table and reading.table.query.select == "count" else "list"
    order_by = None if select == "count" else order
    return [AskTable(query=Query(select, field if order_by else None, (test, *others), order_by))]


def _better_in_the_guide(
    reading: Reading, table: TableReading, score: float, restricted: bool, context: Context
) -> bool:
    """Whether a question with an operator is rather one for the guide: "median salary of ML engineers"."""
    field = table.query.field
    if "state" in reading.fields and field != "state" and not reading.places and table.query.select != "group":
        return score >= GUIDE_CLEAR  # "which state is cheapest by median": the guide has a table of states
    if (
        field
        and sum(p.claim(field) is not None for p in context.knowledge.programs.values()) < 3
        and not _of_set(reading)
    ):
        return score >= GUIDE_LIKELY
    if restricted or not reading.residue():
        return False
    of_schools = bool(set(SET) & {t.norm for t in reading.tokens})
    if table.query.select in {"average", "median", "difference", "range", "group"} or (
        table.query.order and reading.fields
    ):
        return score >= (0.78 if of_schools else GUIDE_CLEAR)
    return score >= (0.58 if _of_set(reading) else GUIDE_LIKELY)


def _among(reading: Reading, context: Context) -> bool:
    """Whether a superlative is of the schools being talked about: "which ranks higher", "the cheaper one"."""
    words = [t.norm for t in reading.tokens]
    comparative = any(w.endswith("er") or w in {"more", "less", "better"} for w in words) or words[:2] in (
        ["which", "is"],
        ["which", "one"],
        ["which", "has"],
    )
    return len(context.state.focus) > 1 and comparative and not reading.places and not set(words) & (set(SET) - {"one"})


def _critique(reading: Reading, context: Context) -> bool:
    """ "Something cheaper": relative to what was shown, and so a wish."""
    words = {t.norm for t in reading.tokens}
    return bool(context.state.shortlist) and bool(words & {"something", "anything", "cheaper"}) and not _of_set(reading)


TABLE_SLOTS = frozenset(
    ("states", "cities", "near", "control", "exclude_states", "exclude_programs", "online", "part_time")
)
"""The slots whose wishes are filters of a question over the table; amounts are read by `questions`."""


def _where(reading: Reading, context: Context) -> tuple[Test, ...]:
    """Filters of a question over the table that are no wishes of the profile."""
    from advisor.dialogue.constraints import tests_of

    by_control = reading.table is not None and reading.table.query.select == "group" and "control" in reading.fields
    wishes = [w for w in reading.wished.wishes if w.slot in TABLE_SLOTS and not (w.slot == "control" and by_control)]
    return tests_of(wishes, context.slots, context.knowledge)


def of_the_focus(reading: Reading, context: Context) -> list[UserAct] | None:
    """A question with a pronoun, or put to what is being talked about: "do they have labs", "is it in the evenings"."""
    if not reading.question or _of_set(reading) or not reading.fields or reading.wished.sure or reading.places:
        return None
    first = reading.tokens[0].norm if reading.tokens else ""
    aux = first in {
        "is",
        "are",
        "doe",
        "do",
        "can",
        "could",
        "how",
        "what",
        "whats",
        "when",
        "who",
        "where",
        "wheres",
        "and",
        "ok",
        "any",
    }
    there = "there" in [t.norm for t in reading.tokens[:2]]
    talking = context.state.last in {"facts", "topic"} and context.state.focus and not cues(reading) & {"wish"}
    if (reading.referred or _points(reading) or talking) and (aux or len(reading.tokens) <= 6) and not there:
        return follow_up(reading, context)
    return None


def which_school(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Which school is big on wildlife research": no field names it, so it is searched for by meaning."""
    if not _of_set(reading) or reading.wished.sure or not reading.residue():
        return None
    if any(w.slot not in {"interests", "priorities", "goal"} for w in reading.wished.wishes):
        return None
    if reading.wished.wishes and "wish" in cues(reading):
        return None
    guide_score, _ = context.guide(reading.text)
    if (
        guide_score >= GUIDE_CLEAR and context.within("", reading.about()) < guide_score - 0.05
    ) or "recommend" in context.intents.contained(reading.tokens):
        return None
    if not reading.on_studying() and not reading.fields and not _leans(reading, context):
        return None
    return [AskWhich(about=reading.about(), fields=reading.fields)]


def critique(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Cheaper", "something cheaper": less than what was shown first."""
    if not context.state.shortlist or reading.programs or len(reading.tokens) > 6:
        return None
    words = {t.norm for t in reading.tokens}
    if words & {"cheaper", "cheapest"} or {"less", "expensive"} <= words or {"lower", "tuition"} <= words:
        first = context.knowledge.programs[context.state.shortlist[0]].value("tuition")
        if first:
            return [Inform(wishes=(Wish("tuition", {"max": first - 1}, how="add"),))]
    return None


def wishes(reading: Reading, context: Context) -> list[UserAct] | None:
    """Wishes: what the student wants, drops, or does not mind."""
    wished = reading.wished
    if not wished:
        return None
    found = cues(reading)
    residue = reading.residue()
    guide_score, _ = context.guide(reading.text)
    pending = context.state.pending is not None and context.state.pending.slot is not None
    listing = bool(found & {"list"}) and any(w.slot == "interests" for w in wished.wishes)
    substantial = listing or any(
        w.slot not in {"interests", "priorities", "goal", "gpa", "thesis"} for w in wished.wishes
    )
    fragment = len(residue) <= (1 if substantial else 0) and not _asks_fact(reading)
    if not (wished.sure or found & {"wish", "what_if"} or fragment or (pending and len(reading.tokens) <= 6)):
        return None
    if reading.tokens[0].norm == "why":
        return None
    if guide_score >= GUIDE_SURE and not wished.sure and not (fragment and substantial):
        return None
    if guide_score >= GUIDE_CLEAR and not substantial and not wished.sure and not pending:
        return None
    if (
        guide_score >= 0.5
        and reading.question
        and not wished.sure
        and not pending
        and not _of_set(reading)
        and not found & {"wish", "what_if"}
    ):
        return None
    if (
        guide_score >= GUIDE_LIKELY
        and not substantial
        and not listing
        and reading.question
        and "recommend" not in context.intents.contained(reading.tokens)
        and not _of_set(reading)
    ):
        return None
    if len(residue) >= 3 and not reading.on_studying() and not wished.sure:
        return None
    letting_go = wished.sure and not wished.wishes and bool(wished.forget or wished.indifferent)
    strange = (
        not letting_go and bool(residue) and not reading.on_studying() and not pending and not _leans(reading, context)
    )
    if strange and len(residue) > (1 if substantial and (found & {"wish"} or wished.sure or "negated" in found) else 0):
        return None
    if (
        reading.question
        and not reading.on_studying()
        and not pending
        and not found & {"wish", "what_if"}
        and not _of_set(reading)
        and not context.state.profile
        and not reading.places
        and not _leans(reading, context)
    ):
        return None
    if wished.wishes and all(w.slot in {"gpa", "residency"} for w in wished.wishes):
        return [Inform(wishes=wished.wishes, wants_list=False)]
    acts: list[UserAct] = []
    hypothetical = "what_if" in found or (_third_person(reading) and not context.state.profile)
    if wished.wishes or wished.forget:
        acts.append(Inform(wishes=wished.wishes, forget=wished.forget, hypothetical=hypothetical))
    acts += [NoPreference(slot=s) for s in wished.indifferent]
    return acts


def _asks_fact(reading: Reading) -> bool:
    """Whether the clause asks for a value rather than telling a wish ("what is …", "how …")."""
    return (
        bool(reading.tokens) and reading.tokens[0].norm in {"how", "why", "when", "who"} and "wish" not in cues(reading)
    )


def _third_person(reading: Reading) -> bool:
    """ "Which schools are in Boston": asked of the table, not wished. "Show me" and "tell me" are no wishes."""
    words = [t.norm for t in reading.tokens]
    own = {"i", "my", "im", "id", "we", "ive", "our"} & set(words)
    opening = words[:1] and words[0] in {
        "which",
        "what",
        "who",
        "whos",
        "list",
        "name",
        "show",
        "give",
        "tell",
        "find",
        "how",
        "do",
        "are",
        "is",
        "where",
    }
    choosing = {
        "recommend",
        "suggest",
        "suggestion",
        "option",
        "fit",
        "should",
        "budget",
        "afford",
        "good",
        "best",
        "any",
        "anything",
    } & set(words)
    return _of_set(reading) and not own and bool(opening) and not choosing


def _leans(reading: Reading, context: Context) -> bool:
    """Whether the examples speak for studying rather than against it."""
    near = context.intents.nearest(reading.text)
    inside = max((near.get(k, 0.0) for k in ("recommend", "studying", "compare", "more")), default=0.0)
    return not near or inside >= near.get("out_of_scope", 0.0)


def follow_up(reading: Reading, context: Context) -> list[UserAct] | None:
    """A question about what is being talked about: "tuition?", "do they have labs", "and how long is it"."""
    state = context.state
    if _of_set(reading) and not reading.referred:
        return None
    within = _within(reading, context)
    programs = reading.referred or within or _talked_of(state)
    pointing = bool(reading.referred)
    if not pointing and within and _points(reading):
        programs, pointing = within, True
    if not programs:
        if context.acts and isinstance(context.acts[-1], AskTable) and reading.fields and _points(reading):
            # "Who's number one and what's their score": settled with the question before it.
            return [RequestFacts(fields=reading.fields)]
        return None
    if state.last == "guide" and not reading.fields and not within and not reading.programs:
        return [AskGuide()]
    if within and not reading.fields and not reading.residue():
        return []
    if pointing and not reading.fields and not reading.residue() and not reading.question and len(reading.tokens) > 4:
        return None
    guide_score, _ = context.guide(reading.text)
    if reading.fields:
        bare = not reading.residue() and len(reading.tokens) <= 4 and not reading.wished.sure
        if not pointing and not within and not bare and guide_score >= GUIDE_SURE:
            return None
        if not pointing and len(reading.residue()) >= 2:
            return None
        if "compare" in cues(reading) and len(programs) > 1:
            return [Compare(programs=programs, fields=reading.fields)]
        return [RequestFacts(programs=programs, fields=reading.fields, about=reading.about(), part=reading.part)]
    if pointing and "compare" in cues(reading) and len(programs) > 1:
        return [Compare(programs=programs)]
    if pointing and (reading.residue() or not reading.wished):
        if guide_score >= GUIDE_SURE + 0.05:
            return None
        return [RequestFacts(programs=programs, about=reading.about() if reading.residue() else "")]
    return None


def _within(reading: Reading, context: Context) -> tuple[str, ...]:
    """The schools of the clause before, in the same message: all of them for "each" and "both", else the last."""
    every = {"each", "both", "they", "them", "two", "either", "all"} & {t.norm for t in reading.tokens}
    return context.before if every else context.before[-1:]


def _talked_of(state: DialogueState) -> tuple[str, ...]:
    """What a question without a subject is about: both of two schools under comparison, else the focus."""
    pair = state.mentioned
    return pair if len(pair) == 2 and set(state.focus) < set(pair) else state.focus


def _points(reading: Reading) -> bool:
    from advisor.nlu.references import points

    return points(reading.tokens)


def of_the_source(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Who says so?": where the advisor's knowledge comes from, which the guide tells."""
    return [AskGuide()] if _SOURCE.search(reading.text) else None


def from_the_guide(reading: Reading, context: Context) -> list[UserAct] | None:
    """A general question that a passage of the guide answers."""
    score, _ = context.guide(reading.text)
    near = context.intents.nearest(reading.text)
    inside = max((near.get(k, 0.0) for k in ("studying", "recommend")), default=0.0)
    outside = near.get("out_of_scope", 0.0)
    recommend = near.get("recommend", 0.0)
    if near and recommend >= max(NEAR_EXAMPLE, score - 0.05) and "list" in cues(reading) and not reading.fields:
        return [Recommend()]
    if score >= GUIDE_CLEAR and (not near or outside <= score + 0.02):
        return [AskGuide()]
    if score >= GUIDE_LIKELY and (not near or inside >= outside - LEAN):
        return [AskGuide()]
    if (
        context.state.last == "guide"
        and len(reading.tokens) <= 5
        and _starts(reading, "follow")
        and context.state.sections
    ):
        return [AskGuide()]
    return None


def by_example(reading: Reading, context: Context) -> list[UserAct] | None:
    """The intent of the nearest example utterance."""
    near = context.intents.nearest(reading.text)
    if not near:
        return None
    intent, score = max(near.items(), key=lambda item: item[1])
    outside = near.get("out_of_scope", 0.0)
    inside = max(near.get(k, 0.0) for k in ("recommend", "studying", "compare", "more", "why"))
    if (
        intent in {"greet", "thanks", "goodbye", "identity", "praise", "rude", "person", "odds"}
        and score >= 0.7
        and len(reading.tokens) <= 10
    ):
        return [Social("", intent)]
    if intent == "recommend" and score >= NEAR_EXAMPLE and reading.on_studying():
        return [Recommend()]
    if intent == "more" and score >= 0.7 and context.state.shortlist:
        return [Recommend(more=True)]
    if intent == "restart" and score >= 0.75:
        return [Restart()]
    if (
        context.state.profile
        and reading.tokens[0].norm in {"yes", "yeah", "yep", "right", "exactly", "correct", "no"}
        and not set(reading.residue()) - {"thousand", "grand", "dollar"}
    ):
        return [Social("", "agree")]
    if outside >= inside or not reading.on_studying() or inside < 0.4:
        return [OutOfScope()]
    return [Unclear()]


INTERPRETERS = (
    starts_over,
    injected,
    cue_of_clause,
    reading_chosen,
    of_the_source,
    why,
    uncovered_topic,
    topic_by_meaning,
    than_a_school,
    other_school,
    several_schools,
    one_school,
    place_or_school,
    over_the_table,
    rows_of_a_place,
    of_the_focus,
    which_school,
    critique,
    wishes,
    follow_up,
    from_the_guide,
    by_example,
)
