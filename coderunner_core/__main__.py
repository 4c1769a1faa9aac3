"""What an operator does from a terminal: the database, the accounts, the demo content.

python -m coderunner_core db upgrade
python -m coderunner_core users create grace --role teacher
python -m coderunner_core users list
python -m coderunner_core users password grace
python -m coderunner_core demo
python -m coderunner_core cost
python -m coderunner_core backup school.tar.gz
python -m coderunner_core restore school.tar.gz --into data-restored
"""

from __future__ import annotations

import asyncio
import getpass
import secrets
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer

from coderunner_core import demo as demo_content
from coderunner_core import migrations
from coderunner_core.backup.cli import backup, restore
from coderunner_core.core import Core, open_core
from coderunner_core.cost.cli import cost
from coderunner_core.curriculum import Curriculum
from coderunner_core.errors import CodeRunnerError
from coderunner_core.models import Role
from coderunner_core.services.people import accounts
from coderunner_core.settings import load_settings

T = TypeVar("T")

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, rich_markup_mode=None)
db = typer.Typer(help="The database's schema.", no_args_is_help=True)
users = typer.Typer(help="Accounts.", no_args_is_help=True)
app.add_typer(db, name="db")
app.add_typer(users, name="users")
app.command("cost")(cost)
app.command("backup")(backup)
app.command("restore")(restore)

PasswordStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]
Generate = Annotated[bool, typer.Option("--generate", help="Make a password and print it once.")]


def _with_core(work: Callable[[Core], Awaitable[T]]) -> T:
    async def run() -> T:
        # No command here needs a problem, so a broken one must not stand in the way of repairing an account.
        async with open_core(load_settings(), Curriculum(())) as core:
            return await work(core)

    return asyncio.run(run())


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the schema up to date; safe to repeat."""
    _with_core(lambda core: migrations.upgrade(core.database))
    print("The database is up to date.")


@db.command("downgrade")
def db_downgrade(revision: str) -> None:
    """Take the schema back to REVISION. What only the newer schema can hold is lost: make a backup first."""
    _with_core(lambda core: migrations.downgrade(core.database, revision))
    print(f"The database is at {revision}.")


@db.command("check")
def db_check() -> None:
    """Exit 1 when the schema is not the one that this release needs."""
    _with_core(lambda core: migrations.require_current(core.database))
    print("The database is up to date.")


@users.command("create")
def users_create(
    name: str,
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.STUDENT,
    display_name: Annotated[str, typer.Option(help="The name that others see.")] = "",
    password_stdin: PasswordStdin = False,
    generate: Generate = False,
) -> None:
    """Make an account. Asks for the password unless told otherwise; it is never taken from the command line, where
    other users of this machine could read it.
    """
    password = _password(password_stdin, generate)
    user = _with_core(lambda core: accounts.create_user(core, name, display_name, password, role))
    print(f"Made the {user.role} {user.name}." + (f" Password: {password}" if generate else ""))


@users.command("password")
def users_password(name: str, password_stdin: PasswordStdin = False, generate: Generate = False) -> None:
    """Give an account a new password."""
    password = _password(password_stdin, generate)
    _with_core(lambda core: accounts.set_password(core, name, password))
    print(f"Changed the password of {name}." + (f" Password: {password}" if generate else ""))


@users.command("list")
def users_list() -> None:
    """Print the accounts: name, role, shown name."""
    for user in _with_core(accounts.list_users):
        print(f"{user.name:40} {user.role:8} {user.display_name}" + (" (disabled)" if user.disabled_at else ""))


@app.command("demo")
def demo() -> None:
    """Make a demo student and a demo teacher; refused in production."""
    print(*_with_core(demo_content.make), sep="\n")


def _password(from_stdin: bool, generate: bool) -> str:
    if generate:
        return secrets.token_urlsafe(12)
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("The same again: "):
        raise typer.BadParameter("the two passwords differ")
    return first


def main() -> None:
    """Run a command; an error that a person may read is printed without a traceback."""
    try:
        app()
    except CodeRunnerError as error:
        print(error.message, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
