"""Texts as vectors, and the index that keeps them. The one room that knows the model and FAISS."""

from advisor.embedding.corpus import Corpus
from advisor.embedding.encoder import Encoder, EncoderError, Encodes
from advisor.embedding.index import Index, Progress

__all__ = ["Corpus", "Encoder", "EncoderError", "Encodes", "Index", "Progress"]
