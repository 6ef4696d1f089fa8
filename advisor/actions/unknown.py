"""About programs or studying, but not in the knowledge: said so, with what is known and where to look."""

from __future__ import annotations

from advisor.actions.mentions import mentioned
from advisor.actions.tools import Tools
from advisor.dialogue.acts import Action, AskOtherSchool, AskTopic, Fact, SystemAct, Unknown
from advisor.dialogue.situation import Situation


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """What is not known, what is known nearby, and where such a thing is usually found."""
    act = action.act
    if isinstance(act, AskTopic):
        return _topic(act, tools)
    if isinstance(act, AskOtherSchool):
        return _school(act, tools)
    text = act.text if act else ""
    return SystemAct(
        act="unknown",
        case="nothing",
        content={"about": text, "pack": tools.knowledge.pack},
        unknown=(tools.absent(None, text),),
        suggestions=tools.knowledge.pack.examples[:3],
    )


def _topic(act: AskTopic, tools: Tools) -> SystemAct:
    topic = next(t for t in tools.knowledge.topics if t.id == act.topic)
    near = [f for f in topic.related if f in tools.knowledge.fields]
    facts: list[Fact] = [f for p in act.programs for f in tools.facts(p, *near)]
    sections = [s for s in topic.related if s in tools.knowledge.sections]
    titles = [tools.knowledge.sections[s].title for s in sections[:1]]
    lines = [
        {"short": tools.short(p), "facts": [(tools.label(f.field), f) for f in tools.facts(p, *near)[:2]]}
        for p in act.programs
    ]
    return SystemAct(
        act="unknown",
        case="topic",
        content={
            "topic": topic,
            "programs": [tools.short(p) for p in act.programs],
            "lines": lines,
            "titles": titles,
        },
        programs=act.programs,
        facts=tuple(facts),
        sections=tuple(sections[:1]),
        unknown=tuple(Unknown(p, topic.label, "absent") for p in act.programs)
        or (Unknown(None, topic.label, "absent"),),
        suggestions=tuple(f"Tell me about {tools.short(p)}" for p in act.programs[:1]),
    )


def _school(act: AskOtherSchool, tools: Tools) -> SystemAct:
    """Schools outside: not covered, what the guide says of them in passing, and what is known of the others named."""
    mentions, sections = mentioned(act.schools, act.text, tools)
    fields = act.fields or ("rank", "tuition", "graduation_rate")
    lines = [
        {
            "short": tools.short(p),
            "facts": [(tools.label(f.field), f) for f in tools.facts(p, *fields)],
            "missing": [tools.label(f) for f in act.fields if tools.fact(p, f) is None],
        }
        for p in act.programs
    ]
    facts = tuple(f for p in act.programs for f in tools.facts(p, *fields))
    return SystemAct(
        act="inform" if facts else "unknown",
        case="school",
        content={
            "schools": act.schools,
            "mentions": mentions,
            "lines": lines,
            "count": len(tools.knowledge.programs),
            "pack": tools.knowledge.pack,
        },
        programs=act.programs,
        facts=facts,
        sections=tuple(sections),
        unknown=tuple(Unknown(None, s, "not_covered") for s in act.schools),
        suggestions=tuple(f"Tell me about {tools.short(p)}" for p in act.programs[:1])
        or tools.knowledge.pack.examples[:2],
    )
