"""What the knowledge is known not to hold: topics such as admission odds, and schools outside it."""

from __future__ import annotations

from advisor.dialogue.acts import AskOtherSchool, AskTopic, Inform, OutOfScope, RequestFacts, UserAct
from advisor.nlu.interpreters.context import GUIDE_SURE, SOFT, Context
from advisor.nlu.interpreters.signs import cues, far_out, leans
from advisor.nlu.interpreters.table import over_the_table
from advisor.nlu.reading import Reading

TOPIC_SURE = 0.86
"""Similarity to a question that is known not to be answered, from which a clause is taken for one although it
names a field."""
TOPIC_LIKELY = 0.74
"""The same where no field is named. Of `tests/cases`, nearly half of the unanswerable questions score as much, and
1 in 100 off-topic lines."""
TOPIC_BEFORE_GUIDE = 0.04
"""How much nearer such a question must be than the best passage of the guide."""
GUIDE_ON_TOPIC = GUIDE_SURE + 0.1
"""Guide score from which the guide answers although a topic is named that the knowledge does not hold."""

ASKING = frozenset(
    ("what", "which", "who", "how", "when", "where", "why", "is", "are", "do", "doe", "can", "will", "any", "whats")
)
"""First words of a question."""
_SUPERLATIVES = {
    "highest", "lowest", "best", "most", "least", "worst", "safest", "average", "median", "more", "better",
}  # fmt: skip


def uncovered_topic(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "What's the acceptance rate at Emory": a topic by its words, beside what else the clause asks or tells."""
    if not reading.topics or _of_a_field(reading):
        return None
    asked: list[UserAct] = []
    if reading.table and reading.table.explicit and not reading.programs and not _superlative_of_topic(reading):
        asked = over_the_table(reading, context) or []
    if _in_passing(reading, context):
        return [OutOfScope()]
    if not reading.programs and context.guide(reading.text)[0] >= GUIDE_ON_TOPIC:
        return None
    if "?" not in reading.text and not reading.programs and _firm_wish(reading) and not _opens_a_question(reading):
        return None  # "a PhD afterwards is the plan, public schools"
    programs = reading.programs or (_spoken_of(reading, context) if not reading.places else ())
    acts: list[UserAct] = [*asked, AskTopic(topic=reading.topics[0], programs=programs)]
    fields = _beside_the_topic(reading)
    if reading.programs and fields and " and " in reading.text:
        acts.insert(0, RequestFacts(programs=reading.programs, fields=fields))
    if not reading.programs and _wishes_too(reading):
        acts.insert(0, Inform(wishes=reading.wished.wishes))
    return acts


def _of_a_field(reading: Reading) -> bool:
    """ "Earn most" is a superlative of a field that some schools do have."""
    if reading.table is None or not reading.table.query.order:
        return False
    return any(not reading.table.covered.isdisjoint(range(s.first, s.last)) for s in reading.topic_spans)


def _superlative_of_topic(reading: Reading) -> bool:
    """Whether the superlative is of the topic: "the highest H1B sponsorship"."""
    near = [t.norm for s in reading.topic_spans for t in reading.tokens[max(0, s.first - 2) : s.last]]
    return any(word in _SUPERLATIVES or word.endswith("est") for word in near)


def _in_passing(reading: Reading, context: Context) -> bool:
    """Whether the topic is one of every day ("the weather") and nothing else speaks of studying."""
    everyday = {t.id for t in context.knowledge.topics if t.everyday}
    return (
        set(reading.topics) <= everyday
        and not reading.on_studying()
        and not reading.referred
        and not context.before
        and not reading.wished.wishes
        and not leans(reading, context)
    )


def _beside_the_topic(reading: Reading) -> tuple[str, ...]:
    """The fields that are named by other words than the topic."""
    shared = {v for s in reading.field_spans if any(t.overlaps(s) for t in reading.topic_spans) for v in s.values}
    return tuple(f for f in reading.fields if f not in shared)


def _wishes_too(reading: Reading) -> bool:
    """Whether the clause tells a wish beside the topic: "a school in Texas with on-campus housing"."""
    if not reading.wished.wishes or reading.wished.sure:
        return bool(reading.wished.wishes)
    firm = any(w.slot not in SOFT | {"companies"} for w in reading.wished.wishes)
    return firm and (bool(cues(reading) & {"wish", "list"}) or not reading.question)


def _opens_a_question(reading: Reading) -> bool:
    return bool(reading.starts) and reading.starts[0] in ASKING


def _firm_wish(reading: Reading) -> bool:
    """Whether a wish of what schools are, and not only of what the student likes, is told."""
    return any(w.slot not in SOFT | {"companies"} for w in reading.wished.wishes)


def _spoken_of(reading: Reading, context: Context) -> tuple[str, ...]:
    """The programs that the clause is about without naming them: by a pronoun, or those in focus."""
    return reading.referred or context.before[-1:] or context.state.focus


def topic_by_meaning(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "What are my chances of being let in": nearly one of the questions that are known not to be answered."""
    if not reading.question or reading.wished.sure:
        return None
    if reading.table and reading.table.explicit and reading.fields:
        return None
    score, topic = context.topic(reading.about())
    needed = TOPIC_SURE if reading.fields or reading.table else TOPIC_LIKELY
    if score < needed or score < context.guide(reading.text)[0] + TOPIC_BEFORE_GUIDE:
        return None
    return [AskTopic(topic=topic, programs=reading.programs or reading.referred)]


def other_school(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "How much is Stanford", where the knowledge does not hold it: alone, or beside a school that it does hold."""
    if not reading.schools or (reading.programs and "meant" in cues(reading)):
        return None
    if _in_a_story(reading):
        return None
    if reading.residue() and far_out(reading, context):
        return [OutOfScope()]
    return [AskOtherSchool(schools=reading.schools, programs=reading.programs, fields=reading.fields)]


def _in_a_story(reading: Reading) -> bool:
    """Whether the school is only where the student comes from: "BTech from VIT, parents can give 35k"."""
    covered = reading.where.covered if reading.where else frozenset()
    named = [n for n in reading.names if any(e.kind == "school" for e in n.values)]
    return reading.wished.sure and all(covered & set(range(n.first, n.last)) for n in named)
