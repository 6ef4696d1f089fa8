"""Small words around values: ordinals, sentence ends."""

from __future__ import annotations


def capital(text: str) -> str:
    """The text with its first letter large; the rest as it is."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text as a sentence: a large first letter and a stop at the end."""
    text = capital(text.strip())
    return text if text.endswith((".", "!", "?")) else text + "."


def ordinal(n: int) -> str:
    """2 → "second"; past ten in figures."""
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    return words[n - 1] if 1 <= n <= len(words) else f"{n}th"


def count(n: int, one: str, many: str = "") -> str:
    """ "1 school", "3 schools"."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def yearly(text: str) -> str:
    """An amount without its "a year", where the sentence has said so already."""
    return text.removesuffix(" a year")
