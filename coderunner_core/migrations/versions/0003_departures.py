"""who has left a class by themselves, unread comments, by how many tests a submission was graded.

Revision 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.create_table(
        "class_departure",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("left_at", sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("class_id", "user_id"),
    )
    with op.batch_alter_table("class_departure") as batch_op:
        batch_op.create_index("ix_class_departure_user", ["user_id"], unique=False)

    op.create_index(
        "ix_comment_unread",
        "comment",
        ["student_id"],
        unique=False,
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )

    # With a default of its own, since the release before goes on writing rows meanwhile. Not as a batch: SQLite would
    # make the table anew, and comments would forget the runs that they are about.
    op.add_column("run", sa.Column("tests", sa.Integer(), server_default=sa.text("0"), nullable=False))


def downgrade() -> None:
    """Go one step back."""
    op.execute("ALTER TABLE run DROP COLUMN tests")
    op.drop_index("ix_comment_unread", "comment")
    with op.batch_alter_table("class_departure") as batch_op:
        batch_op.drop_index("ix_class_departure_user")
    op.drop_table("class_departure")
