"""Facts: data, their schema, their loading, and questions over them. Knows nothing of dialogue."""

from knowledge.checking import Finding, check
from knowledge.gazetteer import FOLDER as GAZETTEER, coordinates
from knowledge.importing import FORMATS, Report, import_files
from knowledge.loading import load
from knowledge.problems import KnowledgeError, Problem
from knowledge.query import (
    AllOf,
    AnyOf,
    Doubt,
    Filter,
    Not,
    Query,
    Result,
    Test,
    distance,
    holds,
    plain_query,
    read_query,
    run,
)
from knowledge.schema import (
    Block,
    Claim,
    Contradiction,
    Credits,
    Degree,
    Duration,
    Evidence,
    Field,
    Format,
    Gpa,
    Import,
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
from knowledge.showing import and_list, plain, show, show_entry, show_months
from knowledge.table import Table, is_masters

__all__ = [
    "AllOf", "AnyOf", "Block", "Claim", "Contradiction", "Credits", "Degree", "Doubt", "Duration", "Evidence",
    "FORMATS", "Field", "Filter", "Finding", "Format", "GAZETTEER", "Gpa", "Import", "Knowledge",
    "KnowledgeError", "Months", "Named", "Not", "Omission", "OtherSchool", "Pack", "Part", "Place", "Price",
    "Problem", "Program", "Query", "Report", "Result", "Saying", "Section", "Source", "Table", "Test", "Topic",
    "Track", "and_list", "check", "coordinates", "distance", "holds", "import_files", "is_masters", "load", "plain",
    "plain_query", "read_query", "run", "show", "show_entry", "show_months",
]  # fmt: skip
