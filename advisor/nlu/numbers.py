"""Numbers in a text, in figures or words, with the scale and currency written on them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from text_to_num import text2num

_WORD = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety|"
    "hundred|thousand|million"
)
_RUN = rf"\b(?:{_WORD})\b(?:(?:[ -]|(?<=hundred)\ and\ |(?<=thousand)\ and\ )(?:{_WORD})\b)*"

SCALES = {
    "hundred": 100, "k": 1e3, "thousand": 1e3, "thou": 1e3, "grand": 1e3, "m": 1e6, "mn": 1e6, "mil": 1e6,
    "million": 1e6, "l": 1e5, "lpa": 1e5, "lac": 1e5, "lakh": 1e5, "cr": 1e7, "crore": 1e7,
}  # fmt: skip
_INDIAN = frozenset({"lakh", "lac", "l", "lpa", "cr", "crore"})
_SCALE = (
    r"(?:k(?:ish)?|thousands?|thou|grand|mn|mil|million|lakhs?|lacs?|lpa|crores?|hundred)\b"
    r"|(?<=\d)[lm]\b|(?<=[\d ])cr\b(?!\.?\ ?hours?)"
)

_CURRENCIES = {
    "usd": "USD", "us$": "USD", "$": "USD", "dollar": "USD", "buck": "USD", "eur": "EUR", "euro": "EUR",
    "€": "EUR", "gbp": "GBP", "pound": "GBP", "quid": "GBP", "£": "GBP", "inr": "INR", "rupee": "INR",
    "rs": "INR", "₹": "INR", "cad": "CAD", "c$": "CAD", "aud": "AUD", "a$": "AUD", "sgd": "SGD",
    "s$": "SGD", "cny": "CNY",
    "rmb": "CNY", "yuan": "CNY", "jpy": "JPY", "yen": "JPY", "¥": "JPY",
}  # fmt: skip
_BEFORE = r"(?:(?<![^\W_])(?:us\$|c\$|a\$|s\$|usd|eur|gbp|inr|rs\.?|cad|aud|sgd)|[$€£₹¥])"
_AFTER = (
    r"(?:us\$|[$€£₹¥]|(?:us[ -])?dollars?\b|bucks?\b|usd\b|euros?\b|eur\b|pounds?\b|quid\b"
    r"|gbp\b|rupees?\b|rs\b"
    r"|inr\b|cad\b|aud\b|sgd\b|rmb\b|yuan\b|cny\b|yen\b|jpy\b)"
)

_NUMBER = re.compile(
    rf"""
    (?P<before>{_BEFORE}\ ?)?
    (?:
        (?P<spaced>\d{{1,3}}(?:\ \d{{3}})+)(?![\d,.])(?(before)|(?=\ ?{_AFTER}))
      | (?P<digits>\d(?:[\d,.]*\d)?|\.\d+)
      | (?P<words>{_RUN})
      | (?P<article>\ban?\ )(?P<hundred>(?:hundred|thousand|million)(?:[ -](?:{_WORD})\b)*)
      | (?P<vague>\b(?:a\ )?(?:couple|few)(?:\ of)?\ )(?=(?:{_SCALE})|years?\b|months?\b)
      | (?P<half>\bhalf\ (?:an?\ )?)(?=(?:{_SCALE})|years?\b)
      | (?P<one>\ban?\ )(?=(?:grand|lakh|lac|crore)\b)
      | (?P<year>\ban?\ )(?=(?:full\ )?year\b)
    )
    (?P<and_half>\ and\ a\ half)?
    (?:[ -]?(?P<scale>{_SCALE}))?
    (?P<after>[ -]?{_AFTER}(?!\d))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_DECIMAL = re.compile(r"\d*(?:\.\d+)?")
# What a number may follow with a dash. After another word it is part of a name (i-20), after none negative.
_JOINED = re.compile(
    r"(?:(?:^|[^\w-])(?:under|below|over|above|sub|top|max|min|maximum|minimum|rank|ranked"
    r"|best|to)-|\d[kml%$€£]?\ ?-)$"
    r"|(?:percent|months?|years?|yrs?|miles|km|thousand|grand|lakhs?|dollars|usd|mil|lpa|\))\ ?-$",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST = 12  # figures; more than this counts nothing a student has


@dataclass(frozen=True)
class Number:
    """A number as written: `value` times `scale`, in `currency` if one is written on it.

    `rough` marks "a couple", "a few"; `article` marks the "a" of "a year", which only context makes a number.
    """

    value: float
    start: int
    end: int
    scale: float = 1
    scale_word: str = ""
    currency: str = ""
    written: str = ""
    rough: bool = False
    article: bool = False


def find(text: str, most: int) -> list[Number]:
    """The first `most` numbers of a text in order; not those in names and dates ("h1b", "i-20", "401k")."""
    found: list[Number] = []
    for m in islice(_NUMBER.finditer(text), 4 * most):  # what is left out costs time as well
        if _in_a_name(text, m):
            continue
        found.extend(_read(m))
        if len(found) >= most:
            break
    return found[:most]


def _in_a_name(text: str, m: re.Match[str]) -> bool:
    """Whether figures belong to a name, a date or a negative number."""
    if not m["digits"]:
        return False
    before = text[max(0, m.start() - 16) : m.start()]
    if before.endswith("-") and not _JOINED.search(before):
        return True
    if m["before"]:
        return False
    if before and (before[-1].isalnum() or before[-1] in "_'." and not before.endswith("..")):
        return True
    if before.endswith("/") and before[-2:-1].isdigit():
        return True
    if m["digits"] == "401" and (m["scale"] or text.startswith("(k)", m.end())):
        return True
    return _is_date(text, m)


_DATE = re.compile(r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}\b|\d{1,2}/\d{2,4}\b|24/7|\d{1,2}:\d\d")
_OUT_OF = re.compile(r"/ ?(?:4|5|10|100)(?:\.0+)?(?![\d/])")


def _is_date(text: str, m: re.Match[str]) -> bool:
    if not m["digits"] or m["scale"] or m["before"]:
        return False
    return bool(_DATE.match(text, m.start("digits")) and not _OUT_OF.match(text, m.end("digits")))


def _read(m: re.Match[str]) -> list[Number]:
    """The numbers of one match: several where figures are a list ("1,2,5"), none where they count nothing."""
    currency = _currency(m["before"]) or _currency(m["after"])
    word = (m["scale"] or "").lower().removesuffix("ish")
    word = word if word in SCALES else word.removesuffix("s")
    if word == "m" and not currency:
        return []
    if word in _INDIAN and not currency:
        currency = "INR"
    # The whole match with all that is written on it, but for the value.
    number = Number(
        0.5 if m["and_half"] else 0,
        m.start(),
        m.end(),
        SCALES.get(word, 1),
        word,
        currency,
        m.group().lower(),
    )
    if m["spaced"]:
        return [_plus(number, float(m["spaced"].replace(" ", "")))]
    if m["digits"]:
        return _in_figures(number, m["digits"], m.start("digits"))
    if m["words"]:
        return _in_words(number, m["words"], m.start("words"))
    if m["article"]:
        return _in_words(number, "one " + m["hundred"], m.start())
    if m["vague"]:
        couple = "couple" in m["vague"].lower()
        return [replace(_plus(number, 2 if couple else 3), rough=not couple)]
    if m["half"]:
        return [_plus(number, 0.5)]
    return [replace(_plus(number, 1), article=bool(m["year"]))]


def _plus(number: Number, value: float) -> Number:
    return replace(number, value=number.value + value)


def _in_figures(number: Number, figures: str, start: int) -> list[Number]:
    if sum(char.isdigit() for char in figures) > _LONGEST:
        return []
    if _GROUPED.fullmatch(figures):
        return [_plus(number, float(figures.replace(",", "")))]
    if (number.currency or number.scale != 1) and _EUROPEAN.fullmatch(figures):
        return [_plus(number, float(figures.replace(".", "").replace(",", ".")))]
    if _DECIMAL.fullmatch(figures):
        return [_plus(number, float(figures))]
    return _listed(number, figures, start)


def _listed(number: Number, figures: str, start: int) -> list[Number]:
    """The numbers of "1,2,5"; the scale belongs to the last. None for versions and dates ("3.5.1")."""
    parts = figures.split(",")
    if not all(part and _DECIMAL.fullmatch(part) for part in parts):
        return []
    found: list[Number] = []
    for part in parts:
        found.append(Number(float(part), start, start + len(part), written=part))
        start += len(part) + 1
    last = replace(number, value=number.value + found[-1].value, start=found[-1].start)
    return [*found[:-1], last]


def _in_words(number: Number, run: str, start: int) -> list[Number]:
    """The number that a run of words says; where it says none, those on both sides of an "and"."""
    stem, _, last = run.lower().rpartition(" ")
    if last in ("thousand", "million") and number.scale == 1 and not re.search("thousand|million", stem):
        run, number = stem, replace(number, scale=SCALES[last], scale_word=last)
    value = _said(run)
    if value is not None:
        return [_plus(number, value)]
    left, joint, right = run.partition(" and ")
    first, second = _said(left), _said(right)
    if not joint or first is None or second is None:
        return []
    middle = start + len(left)
    return [
        Number(first, number.start, middle, written=left.lower()),
        replace(_plus(number, second), start=middle + len(joint)),
    ]


def _said(words: str) -> float | None:
    words = words.lower().replace("fourty", "forty")
    try:
        return float(
            text2num(words if not words.startswith(("hundred", "thousand", "million")) else "one " + words, "en")
        )
    except ValueError:
        return None


def _currency(mark: str | None) -> str:
    if not mark:
        return ""
    word = mark.strip(" .-").lower().removeprefix("us-").removeprefix("us ")
    return _CURRENCIES.get(word) or _CURRENCIES.get(word.removesuffix("s"), "")
