"""What differs between deployments, read from the environment once (names begin with ADVISOR_)."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_cache_path, user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

SHIPPED = Path(__file__).resolve().parent.parent / "knowledge" / "packs" / "ml-masters"


class Settings(BaseSettings):
    """Settings of a deployment. An unreadable value is refused with its name."""

    model_config = SettingsConfigDict(env_prefix="ADVISOR_", extra="ignore", frozen=True)

    pack: Path = Field(default=SHIPPED, description="folder of the knowledge to answer from")
    cache: Path = Field(
        default_factory=lambda: user_cache_path("masters-advisor"),
        description="folder where the index is kept",
    )
    database: str = Field(
        default_factory=lambda: f"sqlite:///{user_data_path('masters-advisor') / 'conversations.sqlite'}",
        description="where conversations are kept, as an SQLAlchemy URL",
    )
    model: str = Field(
        default="",
        description="folder of a sentence-transformers model; empty: the one that is installed with it",
    )
    host: str = Field(default="127.0.0.1", description="address that `advisor serve` listens on")
    port: int = Field(default=8000, ge=0, le=65535, description="port that `advisor serve` listens on")
    office: str = Field(default="", description="name of the office that runs the advisor")
    contact: str = Field(default="", description="where a student finds a person: a mail address, a page, a room")
    longest: int = Field(default=4000, ge=100, description="longest message taken, in characters")
