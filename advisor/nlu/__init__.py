"""Utterance → user acts: runs the readers over each clause and settles what each clause does."""

from advisor.nlu.understanding import Understander, Understanding

__all__ = ["Understander", "Understanding"]
