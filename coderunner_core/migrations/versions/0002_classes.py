"""classes, activity, comments, the audit log, and results that are kept.

Revision 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "activity",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sqltypes.AutoString(length=80), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("submissions", sa.Integer(), nullable=False),
        sa.Column("failures_in_row", sa.Integer(), nullable=False),
        sa.Column("same_error_in_row", sa.Integer(), nullable=False),
        sa.Column("last_error", sqltypes.AutoString(length=200), nullable=False),
        sa.Column("last_kind", sa.String(length=16), nullable=False),
        sa.Column("last_outcome", sa.String(length=24), nullable=True),
        sa.Column("last_score", sa.Integer(), nullable=True),
        sa.Column("last_run_id", sqltypes.AutoString(length=32), nullable=False),
        sa.Column("opened_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("last_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "problem_id"),
    )
    # What was solved and tried before has a row there from the start, so that every square has exactly one.
    op.execute(
        "INSERT INTO activity (user_id, problem_id, runs, submissions, failures_in_row, same_error_in_row, last_error,"
        " last_kind, last_score, last_run_id, opened_at, last_at)"
        " SELECT user_id, problem_id, 0, attempts, 0, 0, '', 'submit', best_score, '', first_tried_at, updated_at"
        " FROM user_progress"
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sqltypes.AutoString(length=40), nullable=False),
        sa.Column("action", sqltypes.AutoString(length=40), nullable=False),
        sa.Column("target", sqltypes.AutoString(length=120), nullable=False),
        sa.Column("details", sqltypes.AutoString(length=400), nullable=False),
        sa.Column("ip", sqltypes.AutoString(length=45), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("audit_entry") as batch_op:
        batch_op.create_index("ix_audit_entry_actor_at", ["actor_id", "at"], unique=False)
        batch_op.create_index("ix_audit_entry_at", ["at"], unique=False)

    op.create_table(
        "school_class",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sqltypes.AutoString(length=80), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("archived_at", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("join_code", sqltypes.AutoString(length=12), nullable=True),
        sa.Column("join_code_expires_at", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("level_ids", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("drafts_watched", sa.Boolean(), nullable=False),
        sa.Column("runs_per_minute", sa.Integer(), nullable=True),
        sa.Column("runs_per_day", sa.Integer(), nullable=True),
        sa.Column("submissions_per_minute", sa.Integer(), nullable=True),
        sa.Column("submissions_per_day", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("join_code"),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("title", sqltypes.AutoString(length=80), nullable=False),
        sa.Column("opens_at", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("due_at", sqltypes.UTCDateTime(), nullable=True),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("assignment") as batch_op:
        batch_op.create_index("ix_assignment_class", ["class_id"], unique=False)

    op.create_table(
        "class_teacher",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("class_id", "user_id"),
    )
    with op.batch_alter_table("class_teacher") as batch_op:
        batch_op.create_index("ix_class_teacher_user", ["user_id"], unique=False)

    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sqltypes.AutoString(length=80), nullable=False),
        sa.Column("run_id", sqltypes.AutoString(length=32), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("body", sqltypes.AutoString(), nullable=False),
        sa.Column("created_at", sqltypes.UTCDateTime(), nullable=False),
        sa.Column("read_at", sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["student_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("comment") as batch_op:
        batch_op.create_index(
            "ix_comment_student_problem_created", ["student_id", "problem_id", "created_at"], unique=False
        )
        batch_op.create_index("ix_comment_run", ["run_id"], unique=False)
        batch_op.create_index("ix_comment_author", ["author_id"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("class_id", "user_id"),
    )
    with op.batch_alter_table("enrolment") as batch_op:
        batch_op.create_index("ix_enrolment_user", ["user_id"], unique=False)

    op.create_table(
        "assignment_problem",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sqltypes.AutoString(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("assignment_id", "problem_id"),
    )
    with op.batch_alter_table("execution_result") as batch_op:
        batch_op.alter_column("expires_at", existing_type=sqltypes.UTCDateTime(), nullable=True)

    with op.batch_alter_table("run") as batch_op:
        batch_op.create_index("ix_run_created", ["created_at"], unique=False)
        batch_op.create_index("ix_run_user_created", ["user_id", "created_at"], unique=False)
        batch_op.add_column(sa.Column("body_kept", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index(
            "ix_run_kept",
            ["user_id"],
            unique=False,
            sqlite_where=sa.text("body_kept"),
            postgresql_where=sa.text("body_kept"),
        )

    with op.batch_alter_table("draft") as batch_op:
        batch_op.add_column(sa.Column("aside_source", sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("aside_stdin", sqltypes.AutoString(), nullable=True))

    with op.batch_alter_table("user_account") as batch_op:
        batch_op.add_column(sa.Column("password_changed_at", sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    """Go one step back. Results that were kept beyond their days end with it."""
    # A copy of the table, which is how a batch does it, would take the rows of all that belongs to a person with it.
    op.execute("ALTER TABLE user_account DROP COLUMN password_changed_at")
    op.execute("ALTER TABLE draft DROP COLUMN aside_stdin")
    op.execute("ALTER TABLE draft DROP COLUMN aside_source")

    with op.batch_alter_table("run") as batch_op:
        batch_op.drop_index("ix_run_kept")
        batch_op.drop_index("ix_run_user_created")
        batch_op.drop_index("ix_run_created")
    op.execute("ALTER TABLE run DROP COLUMN body_kept")

    op.execute("UPDATE execution_result SET expires_at = created_at WHERE expires_at IS NULL")
    with op.batch_alter_table("execution_result") as batch_op:
        batch_op.alter_column("expires_at", existing_type=sqltypes.UTCDateTime(), nullable=False)

    op.drop_table("assignment_problem")
    with op.batch_alter_table("enrolment") as batch_op:
        batch_op.drop_index("ix_enrolment_user")

    op.drop_table("enrolment")
    with op.batch_alter_table("comment") as batch_op:
        batch_op.drop_index("ix_comment_author")
        batch_op.drop_index("ix_comment_run")
        batch_op.drop_index("ix_comment_student_problem_created")

    op.drop_table("comment")
    with op.batch_alter_table("class_teacher") as batch_op:
        batch_op.drop_index("ix_class_teacher_user")

    op.drop_table("class_teacher")
    with op.batch_alter_table("assignment") as batch_op:
        batch_op.drop_index("ix_assignment_class")

    op.drop_table("assignment")
    op.drop_table("school_class")
    with op.batch_alter_table("audit_entry") as batch_op:
        batch_op.drop_index("ix_audit_entry_at")
        batch_op.drop_index("ix_audit_entry_actor_at")

    op.drop_table("audit_entry")
    op.drop_table("activity")
