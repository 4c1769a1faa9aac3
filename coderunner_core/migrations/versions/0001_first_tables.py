"""accounts, runs, progress, drafts and results.

Revision 0001, after .
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "execution_result",
        sa.Column("run_id", sqltypes.AutoString(length=32), nullable=False),
        sa.Column("source", sqltypes.AutoString(), nullable=False),
        sa.Column("stdin", sqltypes.AutoString(), nullable=False),
        sa.Column("verdict_json", sqltypes.AutoString(), nullable=True),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("run_id"),
    )
    with op.batch_alter_table("execution_result") as batch_op:
        batch_op.create_index(batch_op.f("ix_execution_result_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "revoked_session",
        sa.Column("session_id", sqltypes.AutoString(length=32), nullable=False),
        sa.Column("expires_at", sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("session_id"),
    )
    with op.batch_alter_table("revoked_session") as batch_op:
        batch_op.create_index(batch_op.f("ix_revoked_session_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sqltypes.AutoString(length=40), nullable=False),
        sa.Column("display_name", sqltypes.AutoString(length=40), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("disabled_at", sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "draft",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sqltypes.AutoString(length=80), nullable=False),
        sa.Column("source", sqltypes.AutoString(), nullable=False),
        sa.Column("stdin", sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "problem_id"),
    )
    op.create_table(
        "run",
        sa.Column("id", sqltypes.AutoString(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sqltypes.AutoString(length=80), nullable=False),
        sa.Column("problem_version", sqltypes.AutoString(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("worker", sqltypes.AutoString(length=80), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("lease_until", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("started_at", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("finished_at", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("cpu_ms", sa.Integer(), nullable=False),
        sa.Column("wall_ms", sa.Integer(), nullable=False),
        sa.Column("memory_kib", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("run") as batch_op:
        batch_op.create_index("ix_run_status_created", ["status", "created_at"], unique=False)
        batch_op.create_index("ix_run_user_problem_created", ["user_id", "problem_id", "created_at"], unique=False)

    op.create_table(
        "user_progress",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sqltypes.AutoString(length=80), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("best_score", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_tried_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("solved_at", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("updated_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "problem_id"),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("user_progress")
    with op.batch_alter_table("run") as batch_op:
        batch_op.drop_index("ix_run_user_problem_created")
        batch_op.drop_index("ix_run_status_created")

    op.drop_table("run")
    op.drop_table("draft")
    op.drop_table("user_account")
    with op.batch_alter_table("revoked_session") as batch_op:
        batch_op.drop_index(batch_op.f("ix_revoked_session_expires_at"))

    op.drop_table("revoked_session")
    with op.batch_alter_table("execution_result") as batch_op:
        batch_op.drop_index(batch_op.f("ix_execution_result_expires_at"))

    op.drop_table("execution_result")
