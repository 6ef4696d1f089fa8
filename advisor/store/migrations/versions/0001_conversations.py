"""Conversations and their turns."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("created", sa.Text(), nullable=False),
    )
    op.create_table(
        "turns",
        sa.Column("conversation", sa.Text(), sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("reply", sa.JSON(), nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
        sa.Column("actions", sa.JSON(), nullable=False),
        sa.Column("key", sa.Text()),
        sa.Column("created", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", "number", name="turns_number"),
        sa.UniqueConstraint("conversation", "key", name="turns_key"),
    )


def downgrade() -> None:
    op.drop_table("turns")
    op.drop_table("conversations")
