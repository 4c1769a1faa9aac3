"""Who is refused what: one row for every event handler; the endpoints are next door. CONTRIBUTING says how to add one.

``test_authorisation.py`` finds the handlers and endpoints by itself, fails when one has no row here, and does what each
row says as everybody who must be refused: they are told so, nothing is changed, and nothing of Ada's is shown to them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.unit.app.world import DRAINED, WORKER, World

NOBODY = ("nobody",)  # has not signed in
NO_STUDENT = ("nobody", "alan")  # nor a student who is in no class
NOT_THEIRS = ("nobody", "alan", "perlis")  # nor a teacher of another class
STAFF_ONLY = ("nobody", "ada", "alan")
TEACHERS_OF_THE_CLASS = ("nobody", "ada", "alan", "perlis")
ADMIN_ONLY = ("nobody", "ada", "alan", "hopper", "perlis")


@dataclass(frozen=True)
class Open:
    """A handler that reads what anyone may read, or changes nothing but what the caller's own page shows."""

    path: str = "/"


@dataclass(frozen=True)
class Closed:
    """A handler that reads or changes what belongs to somebody.

    ``payload`` is what would do it, made of ids of Ada's; ``refused`` are those who get nowhere with it, and ``by``
    is somebody who does, so that the row proves something. ``quiet`` is for a handler that works on what the caller's
    own page holds: strangers' pages hold nothing, and nothing is said.
    """

    refused: tuple[str, ...]
    payload: Callable[[World], tuple[Any, ...]] = lambda _: ()
    path: Callable[[World], str] = lambda _: "/"
    by: str = "ada"
    quiet: bool = False


def _workspace(_: World) -> str:
    return "/problem/countdown"


def _class(world: World) -> str:
    return f"/class/{world.class_id}"


def _manage(world: World) -> str:
    return f"{_class(world)}/manage"


def _students(world: World) -> str:
    return f"{_class(world)}/students"


def _assignments(world: World) -> str:
    return f"{_class(world)}/assignments"


def _join(world: World) -> str:
    return f"/join/{world.join_code.lower()}"


def _history(_: World) -> str:
    return "/problem/countdown/history"


def _student(world: World) -> str:
    return f"/student/{world.ada.user_id}?problem=countdown"


def _form(**fields: str) -> Callable[[World], tuple[Any, ...]]:
    return lambda _: (fields,)


def _about_run(world: World) -> tuple[Any, ...]:
    return ({"run": world.run_id, "comment": "Hello"},)


def _of_the_class(path: Callable[[World], str], payload: Callable[[World], tuple[Any, ...]] = lambda _: ()) -> Closed:
    """What only the teachers of the class may do; one of them does."""
    return Closed(TEACHERS_OF_THE_CLASS, payload, path, by="hopper")


def _admins_only(
    payload: Callable[[World], tuple[Any, ...]] = lambda _: (), path: str = "/admin/users", *, quiet: bool = False
) -> Closed:
    return Closed(ADMIN_ONLY, payload, lambda _: path, by="lovelace", quiet=quiet)


def _operations(payload: Callable[[World], tuple[Any, ...]] = lambda _: (), *, quiet: bool = False) -> Closed:
    return _admins_only(payload, "/admin/operations", quiet=quiet)


HANDLERS: dict[str, dict[str, Open | Closed]] = {
    "ClassAssignmentsState": {
        "load": _of_the_class(_assignments),
        "changed": Closed(TEACHERS_OF_THE_CLASS, path=_assignments, by="hopper", quiet=True),
        "write_new": Open("/class/1/assignments"),
        "write": _of_the_class(_assignments, lambda world: (world.assignment_id,)),
        "put_away": Open("/class/1/assignments"),
        "save": _of_the_class(
            _assignments, lambda _: ({"title": "Mine", "opens": "", "due": "", "problem:countdown": "on"},)
        ),
        "delete": _of_the_class(_assignments, lambda world: (world.assignment_id,)),
        "show": _of_the_class(_assignments, lambda world: (world.assignment_id,)),
    },
    "ClassManageState": {
        "load": _of_the_class(_manage),
        "rename": _of_the_class(_manage, _form(name="Mine now")),
        "archive": _of_the_class(_manage),
        "unarchive": _of_the_class(_manage),
        "make_code": _of_the_class(_manage),
        "revoke_code": _of_the_class(_manage),
        "add_teacher": _of_the_class(_manage, _form(teacher="perlis")),
        "remove_teacher": _of_the_class(_manage, lambda world: (world.liskov.user_id,)),
        "save_settings": _of_the_class(_manage, _form(all_levels="on", runs_per_day="7")),
    },
    "ClassStudentsState": {
        "load": _of_the_class(_students),
        "look_at_list": _of_the_class(_students, _form(list="mallory")),
        "look_at_file": _of_the_class(_students, lambda _: ("mallory",)),
        "file_too_large": Open("/class/1/students"),
        "forget_list": Open("/class/1/students"),
        "add": _of_the_class(_students, lambda _: ("mallory",)),
        "remove": _of_the_class(_students, lambda world: (world.ada.user_id,)),
        "reset_password": _of_the_class(_students, lambda world: (world.ada.user_id,)),
        "forget_passwords": Open("/class/1/students"),
    },
    "ClassesState": {
        "load": Closed(NOBODY, path=lambda _: "/classes", by="hopper"),
        "create": Closed(STAFF_ONLY, _form(name="Mine"), lambda _: "/classes", by="hopper"),
        "leave": Closed(NOT_THEIRS, lambda world: (world.class_id,), lambda _: "/classes", by="ada"),
    },
    "JoinState": {
        "load": Open("/join/CODE"),
        "join": Closed(("nobody", "hopper", "perlis"), path=_join, by="alan"),
        "join_by_code": Closed(
            ("nobody", "hopper", "perlis"), lambda world: ({"code": world.join_code},), lambda _: "/classes", by="alan"
        ),
    },
    "LiveClassState": {
        "load": _of_the_class(_class),
        "changed": Closed(
            TEACHERS_OF_THE_CLASS, lambda world: ([[world.ada.user_id, "countdown"]],), _class, by="hopper", quiet=True
        ),
        "changed_all": Closed(TEACHERS_OF_THE_CLASS, path=_class, by="hopper", quiet=True),
        "due": Closed(TEACHERS_OF_THE_CLASS, path=_class, by="hopper", quiet=True),
        "look_at": _of_the_class(_class, lambda world: (str(world.ada.user_id), "countdown")),
        "look_away": Open("/class/1"),
    },
    "AccountState": {
        "load": Closed(NOBODY, path=lambda _: "/account"),
        "rename": Closed(NOBODY, lambda _: ({"display_name": "Mallory"},), lambda _: "/account"),
    },
    "AdminAuditState": {
        "load": _admins_only(),
        "search": _admins_only(lambda _: ({"person": "ada", "action": "", "day": ""},)),
        "show_older": _admins_only(),
        "show_newest": _admins_only(),
    },
    "AdminClassesState": {
        "load": _admins_only(),
        "archive": _admins_only(lambda world: (world.class_id,)),
        "unarchive": _admins_only(lambda world: (world.class_id,)),
        "add_teacher": _admins_only(lambda world: ({"class_id": str(world.class_id), "teacher": "perlis"},)),
    },
    "AdminUsersState": {
        "load": _admins_only(),
        "search": _admins_only(lambda _: ({"wanted": "ada", "role": ""},)),
        "show_next": _admins_only(),
        "show_first": _admins_only(),
        "create": _admins_only(lambda _: ({"name": "mallory", "display_name": "", "new_role": "admin"},)),
        "change_role": _admins_only(lambda world: (world.ada.user_id, "admin")),
        "disable": _admins_only(lambda world: (world.ada.user_id,)),
        "enable": _admins_only(lambda world: (world.ada.user_id,)),
        "reset_password": _admins_only(lambda world: (world.ada.user_id,)),
        "delete": _admins_only(lambda world: (world.ada.user_id,)),
        "hide_password": Open("/admin/users"),
    },
    "OperationsState": {
        "load": _operations(),
        "tick": _operations(lambda _: (True,), quiet=True),
        "show_period": Open("/admin/operations"),
        "drain": _operations(lambda _: (WORKER,)),
        "resume": _operations(lambda _: (DRAINED,)),
        "put_back": _operations(lambda world: (world.stuck_run_id,)),
    },
    "CostState": {
        "load": _admins_only(path="/admin/cost"),
        "choose": _admins_only(lambda _: ("worst",), "/admin/cost"),
        "work_out": _admins_only(_form(runs_per_user_day="20"), "/admin/cost"),
    },
    "ClassReportState": {"load": _of_the_class(lambda world: f"{_class(world)}/report")},
    "ClassSummaryState": {"load": _of_the_class(lambda world: f"{_class(world)}/summary")},
    "StudentSummaryState": {"load": _of_the_class(lambda world: f"/student/{world.ada.user_id}/summary")},
    "CurriculumState": {
        "load": Open("/curriculum"),
        "refresh": Open("/curriculum"),
        "classes_changed": Open("/curriculum"),
        "show_group": Open("/curriculum"),
    },
    "HistoryState": {
        "load": Closed(NOBODY, path=_history),
        "changed": Closed(NOBODY, path=_history, quiet=True),
        "show_more": Closed(NOBODY, path=_history, quiet=True),
        "open_run": Closed(NOT_THEIRS, lambda world: (world.run_id,), _history),
        "pick": Closed(NOT_THEIRS, lambda world: (world.run_id,), _history),
        "close_work": Open("/problem/countdown/history"),
        "restore": Closed(NOT_THEIRS, lambda world: (world.run_id,), _history),
        "write_about_run": Closed(NOT_THEIRS, _about_run, _history),
    },
    "StudentState": {
        "load": _of_the_class(_student),
        "changed": Closed(TEACHERS_OF_THE_CLASS, path=_student, by="hopper", quiet=True),
        "show_more": Closed(TEACHERS_OF_THE_CLASS, path=_student, by="hopper", quiet=True),
        "open_run": Closed(NOT_THEIRS, lambda world: (world.run_id,), _student, by="hopper"),
        "pick": Closed(NOT_THEIRS, lambda world: (world.run_id,), _student, by="hopper"),
        "close_work": Open("/student/1"),
        "show_problem": _of_the_class(_student, lambda _: ("countdown",)),
        "watch": _of_the_class(_student),
        "stop_watching": Open("/student/1"),
        "draft_changed": Closed(TEACHERS_OF_THE_CLASS, path=_student, by="hopper", quiet=True),
        "comments_changed": Closed(TEACHERS_OF_THE_CLASS, path=_student, by="hopper", quiet=True),
        "write_comment": _of_the_class(_student, _form(comment="Hello")),
        "write_about_run": Closed(NOT_THEIRS, _about_run, _student, by="hopper"),
    },
    "TalkState": {
        "load": Open("/problem/countdown"),
        "comments_changed": Closed(NO_STUDENT, path=_workspace, quiet=True),
        "write_comment": Closed(NO_STUDENT, _form(comment="Hello"), _workspace),
    },
    "LandingState": {"load": Open()},
    "ProblemState": {
        "load": Open("/problem/countdown"),
        "run_program": Closed(NOBODY, lambda _: ("print(1)", ""), _workspace),
        "submit_program": Closed(NOBODY, lambda _: ("print(1)",), _workspace),
        "stop_program": Closed(NO_STUDENT, path=_workspace, quiet=True),
        "run_changed": Closed(NOT_THEIRS, lambda world: (world.run_id,), _workspace),
        "look_again": Closed(NO_STUDENT, path=_workspace, quiet=True),
        "look_at_quota": Open("/problem/countdown"),
        "replay": Closed(NOT_THEIRS, lambda world: (world.run_id,), _workspace),
        "progress_changed": Open("/problem/countdown"),
        "classes_changed": Closed(NOBODY, path=_workspace, quiet=True),
        "save_draft": Closed(NOBODY, lambda _: ("countdown", "# a stranger's", "", 1), _workspace),
        "bring_back": Closed(NOBODY, lambda _: (True,), _workspace),
        "forget_aside": Closed(NOBODY, path=_workspace),
        "show_hint": Open("/problem/countdown"),
        "show_tab": Open("/problem/countdown"),
        "show_pane": Open("/problem/countdown"),
        "toggle_input": Open("/problem/countdown"),
        "dismiss": Open("/problem/countdown"),
    },
    "RegisterState": {"load": Open("/register")},
    "SessionState": {"load": Open(), "comments_changed": Open()},
    "SignInState": {"load": Open("/sign-in")},
}
