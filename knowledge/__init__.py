"""Facts: data, their schema, their loading, and questions over them. Knows nothing of dialogue."""

from knowledge.checking import Finding, check
from knowledge.loading import load
from knowledge.problems import KnowledgeError, Problem
from knowledge.query import AllOf, AnyOf, Doubt, Filter, Not, Query, Result, Test, distance, holds, run
from knowledge.schema import (
    Block,
    Claim,
    Contradiction,
    Credits,
    Degree,
    Duration,
    Field,
    Format,
    Gpa,
    Knowledge,
    Months,
    Named,
    Omission,
    OtherSchool,
    Pack,
    Part,
    Place,
    Price,
    Program,
    Saying,
    Section,
    Source,
    Topic,
    Track,
)
from knowledge.showing import plain, show, show_entry, show_months
from knowledge.table import Table, is_masters

__all__ = [
    "AllOf", "AnyOf", "Block", "Claim", "Contradiction", "Credits", "Degree", "Doubt", "Duration", "Field", "Filter",
    "Finding", "Format", "Gpa", "Knowledge", "KnowledgeError", "Months", "Named", "Not", "Omission",
    "OtherSchool", "Pack", "Part", "Place", "Price", "Problem", "Program", "Query", "Result", "Saying", "Section", "Source",
    "Table", "Test", "Topic", "Track", "check", "distance", "holds", "is_masters", "load", "plain", "run",
    "show", "show_entry", "show_months",
]  # fmt: skip
