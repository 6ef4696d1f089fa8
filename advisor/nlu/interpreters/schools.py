"""What a clause asks of schools that it names: several side by side, or one."""

from __future__ import annotations

from advisor.dialogue.acts import Ambiguous, AskTopic, Compare, OutOfScope, RequestFacts, UserAct
from advisor.dialogue.own import is_other
from advisor.nlu.interpreters.context import WITHIN, Context
from advisor.nlu.interpreters.places import named_after
from advisor.nlu.interpreters.signs import asked_again, cues, far_out, leans, of_set, starts
from advisor.nlu.reading import Reading
from advisor.nlu.wishes import PLACE_KINDS

JOINING = frozenset(("and", "or", "vs", "v", "versus", "with", "against", "to", "at"))
"""The words that join two schools."""

# ---- several ----


def several_schools(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "CMU or Penn", "tuition at Emory and NYU": two or more schools side by side, or a fact of each."""
    if _joins_the_focus(reading, context):
        programs = tuple(dict.fromkeys((*context.state.focus[:2], *reading.programs)))
        return [Compare(programs=programs, fields=reading.fields or context.state.fields, parts=reading.parts)]
    programs = _put_together(reading, context)
    counted = reading.table is not None and reading.table.query.select in {"count", "average", "median", "group"}
    if counted and not reading.programs:
        return None  # "how many of those are in California"
    if len(programs) < 2 or reading.topics or reading.schools or _excluding(reading):
        return None
    return [_by_the_table(reading, programs) or _side_by_side(reading, programs)]


def _joins_the_focus(reading: Reading, context: Context) -> bool:
    """ "And compared with Emory?": one more school beside what is being talked about."""
    one_more = len(reading.programs) == 1 and not reading.referred and bool(context.state.focus)
    return one_more and "compare" in cues(reading) and starts(reading, "follow")


def _put_together(reading: Reading, context: Context) -> tuple[str, ...]:
    """The schools named, with those pointed at: "how does it compare with Emory"."""
    if not reading.programs:
        return reading.referred
    if len(reading.programs) == 1 and (meant := _place_as_school(reading, context)):
        return tuple(dict.fromkeys((*reading.programs, meant)))
    if len(reading.programs) == 1 and "compare" in cues(reading):
        return tuple(dict.fromkeys((*reading.referred, *reading.programs)))
    return reading.programs


def _place_as_school(reading: Reading, context: Context) -> str | None:
    """The one school that a place stands for beside a school: "compare tuition at UW and Georgia"."""
    places = [s for s in reading.names if s.values[0].kind in PLACE_KINDS]
    school = next(s for s in reading.names if any(e.kind == "program" for e in s.values))
    for place in places:
        first, second = sorted((place, school), key=lambda s: s.first)
        between = {t.norm for t in reading.tokens[first.last : second.first]}
        if between and between <= JOINING and len(meant := named_after(place, context)) == 1:
            return meant[0].id
    return None


def _excluding(reading: Reading) -> bool:
    return any(w.slot == "exclude_programs" for w in reading.wished.wishes)


def _by_the_table(reading: Reading, programs: tuple[str, ...]) -> UserAct | None:
    """Schools put in an order, or set apart by a number: "which is cheaper, CMU or NYU"."""
    query = reading.table.query if reading.table else None
    if query and query.order:
        fields = (query.field or "rank", *(f for f in reading.fields if f != "rank"))
        return Compare(programs=programs, fields=tuple(dict.fromkeys(fields)), order=query.order, parts=reading.parts)
    if "order" in cues(reading):
        return Compare(programs=programs, fields=("rank", "score"), order="asc")
    if query and query.field and query.select in {"difference", "range"}:
        return Compare(programs=programs, fields=(query.field,), parts=reading.parts)
    return None


def _side_by_side(reading: Reading, programs: tuple[str, ...]) -> UserAct:
    """Schools compared, or a fact of each where a question names fields or something that no field names."""
    names_only = not reading.fields and not reading.residue()
    told = bool(reading.fields) and not reading.question
    if names_only or told or "compare" in cues(reading):
        return Compare(programs=programs, fields=reading.fields, parts=reading.parts)
    return RequestFacts(
        programs=programs, fields=reading.fields, about=reading.about(), part=reading.part, parts=reading.parts
    )


# ---- one ----


def one_school(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Tuition at Emory", "Emory?": fields of a school, something about it, or what was asked of the one before."""
    denied = {i for w in reading.wished.wishes if w.slot == "exclude_programs" for i in w.value}
    programs = tuple(p for p in reading.programs if p not in denied) or (() if denied else _implied(reading, context))
    if not programs or (denied and not reading.fields):
        return None
    if len(programs) == 1 and (meant := _meanings(reading)):
        return [_which(reading, meant, context)]
    fields = _asked_of_one(reading, context)
    if not fields and "meant" in cues(reading):
        return [asked_again(programs, context)]
    if not fields and _goes_on(reading, context):
        if context.state.topic:
            return [AskTopic(topic=context.state.topic, programs=programs)]
        if context.state.fields or context.state.about:
            return [asked_again(programs, context)]
    if _strange(reading, context) and context.within(programs[0], reading.about()) < WITHIN:
        return [OutOfScope()]
    told = reading.question and any(
        not context.slots[w.slot].field for w in reading.wished.wishes if w.slot == "thesis"
    )
    if not fields and not reading.residue() and not reading.listed and not told:
        return [RequestFacts(programs=programs)]
    fields = fields or looked_up(reading, context)
    return [
        RequestFacts(programs=programs, fields=fields, about=reading.about(), part=reading.part, parts=reading.parts)
    ]


def _implied(reading: Reading, context: Context) -> tuple[str, ...]:
    """The one school that a lab, a person or a degree belongs to, where that is what is asked about.

    "Who has the GRASP lab" asks for the school itself, and is left to the table.
    """
    if (of_set(reading) and "faculty" not in reading.fields) or reading.wished.sure:
        return ()
    owners: set[str] = set()
    for span in reading.names:
        for entity in span.values:
            # A degree in two short words ("MS CS") belongs to many.
            telling = len(span.phrase) > 2 or len(span.phrase[0]) >= 4
            if entity.kind in {"lab", "person"} or (entity.kind == "degree" and telling):
                for field in context.filters.lookup_fields(entity.kind)[:1]:
                    owners |= {
                        p.id for p in context.knowledge.programs.values() if entity.id in _entries(p.value(field))
                    }
    return tuple(owners) if len(owners) == 1 else ()


def _entries(value: object) -> set[str]:
    return {e if isinstance(e, str) else e.name for e in value} if isinstance(value, tuple) else set()


def _meanings(reading: Reading) -> list[str]:
    """The programs that the first school's name may mean, where they are several."""
    span = next((s for s in reading.names if any(e.kind == "program" for e in s.values)), None)
    ids = [e.id for e in span.values if e.kind == "program"] if span else []
    return ids if len(ids) > 1 else []


def _which(reading: Reading, ids: list[str], context: Context) -> UserAct:
    """The question back, a reading for each: "UC" is in Irvine or in Santa Cruz."""
    names = [context.knowledge.program(i).name for i in ids]
    label = context.knowledge.fields[reading.fields[0]].label if reading.fields else ""
    readings = tuple((name, f"{name} {label}".strip()) for name in names)
    return Ambiguous(name=" ".join(t.text for t in reading.tokens), readings=readings, fields=reading.fields)


def _asked_of_one(reading: Reading, context: Context) -> tuple[str, ...]:
    """The fields asked of a school. "Grad rate and ranking" is two; "tell me about" gives way to any other."""
    fields = list(reading.fields)
    if "overview" in fields and (len(fields) > 1 or reading.residue() or reading.listed):
        fields.remove("overview")
    query = reading.table.query if reading.table else None
    if query and query.order and query.field and query.field not in fields:
        fields.append(query.field)
    if not fields:
        # "Heard Pitt is under 10 grand, true?": the amount tells which field is meant.
        told = [f for a in reading.amounts if a.sure for f in context.filters.kinds(a.kind)[:1]]
        fields = list(dict.fromkeys(told))
    if reading.of_kind("person") and "faculty" not in fields:
        return ("faculty",)
    return tuple(fields)


def _goes_on(reading: Reading, context: Context) -> bool:
    """ "And Emory?" after a fact or a topic: the same is asked of another school."""
    answered = context.state.last in {"facts", "topic"}
    return answered and not reading.residue() and (starts(reading, "follow") or len(reading.tokens) <= 4)


def _strange(reading: Reading, context: Context) -> bool:
    """Whether a question that names a school is of something else: "the score of the Syracuse game"."""
    if not reading.residue() or is_other(context.knowledge):
        return False  # the examples are of studying, and tell nothing of another subject
    if reading.fields:
        return far_out(reading, context)
    return not reading.listed and not leans(reading, context)


def looked_up(reading: Reading, context: Context) -> tuple[str, ...]:
    """The fields in which the names of a clause stand: "does CMU work with Boeing"."""
    kinds = [entity.kind for span in reading.names for entity in span.values]
    return tuple(dict.fromkeys(f for kind in kinds for f in context.filters.lookup_fields(kind)[:1]))
