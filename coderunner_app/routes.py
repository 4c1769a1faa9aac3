"""Every address of the platform, in one place."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlencode

LANDING = "/"
SIGN_IN = "/sign-in"
REGISTER = "/register"
CURRICULUM = "/curriculum"
PROBLEM = "/problem/[problem_id]"
HISTORY = "/problem/[problem_id]/history"
STUDENT = "/student/[student_id]"
CLASSES = "/classes"
JOIN = "/join/[join_code]"
CLASS = "/class/[class_id]"
CLASS_STUDENTS = "/class/[class_id]/students"
CLASS_MANAGE = "/class/[class_id]/manage"
CLASS_ASSIGNMENTS = "/class/[class_id]/assignments"
CLASS_REPORT = "/class/[class_id]/report"
CLASS_SUMMARY = "/class/[class_id]/summary"
STUDENT_SUMMARY = "/student/[student_id]/summary"
ACCOUNT = "/account"
ADMIN_USERS = "/admin/users"
ADMIN_CLASSES = "/admin/classes"
ADMIN_AUDIT = "/admin/audit"
ADMIN_OPERATIONS = "/admin/operations"
ADMIN_COST = "/admin/cost"

# Addresses with a parameter in them: one built page serves them all, and the browser resolves the parameter.
PARAMETRIC = (
    PROBLEM,
    HISTORY,
    STUDENT,
    JOIN,
    CLASS,
    CLASS_STUDENTS,
    CLASS_MANAGE,
    CLASS_ASSIGNMENTS,
    CLASS_REPORT,
    CLASS_SUMMARY,
    STUDENT_SUMMARY,
)

# Native form posts, outside of Reflex: only a plain HTTP answer can set a cookie that no script may read.
DO_SIGN_IN = "/auth/sign-in"
DO_REGISTER = "/auth/register"
DO_SIGN_OUT = "/auth/sign-out"
DO_CHANGE_PASSWORD = "/auth/password"  # noqa: S105 - an address
DO_DELETE_ACCOUNT = "/auth/delete-account"

# Public content as JSON, which any cache may hold.
API_CURRICULUM = "/api/curriculum"
API_PROBLEM = "/api/problem/{problem_id}"

# Downloads, as the web server matches them; none of them ends like a page.
CLASS_CSV = "/class/{class_id:int}/report.csv"
CLASS_JSON = "/class/{class_id:int}/report.json"
STUDENT_CSV = "/student/{student_id:int}/report.csv"
STUDENT_JSON = "/student/{student_id:int}/report.json"
OWN_DATA = "/account/data.json"
PERSON_DATA = "/admin/users/{user_id:int}/data.json"
AUDIT_CSV = "/admin/audit.csv"
OUTPUT = "/run/{run_id}/output/{stream}"

HEALTH = "/health"
HEALTH_REDIS = "/health/redis"
HEALTH_READY = "/health/ready"
METRICS = "/metrics"

# There are none of these where ENABLE_DEBUG_ROUTES is false.
DEBUG_QUEUES = "/debug/queues"
DEBUG_PUSH = "/debug/push"
DEBUG_SETTINGS = "/debug/settings"

# Reflex's own endpoints.
EVENTS = "/_event"
REFLEX = (EVENTS, "/ping", "/_health")


def problem(problem_id: str) -> str:
    """The workspace of a problem."""
    return f"/problem/{quote(problem_id, safe='')}"


def history(problem_id: str) -> str:
    """What the reader ran and submitted for a problem; with ``?run=`` and an id, opened at one of them."""
    return f"{problem(problem_id)}/history"


def student(student_id: int, problem_id: str = "") -> str:
    """A teacher's page of a student, perhaps opened at one problem."""
    return f"/student/{student_id}" + (f"?{urlencode({'problem': problem_id})}" if problem_id else "")


def output(run_id: str, stream: str) -> str:
    """The download of everything that a run printed on one stream."""
    return f"/run/{quote(run_id, safe='')}/output/{quote(stream, safe='')}"


def problem_of(path: str) -> str:
    """The id of the problem whose workspace stands at this path; empty for any other page.

    >>> problem_of("/problem/countdown/"), problem_of("/curriculum")
    ('countdown', '')
    """
    parts = path.strip("/").split("/")
    return unquote(parts[1]) if len(parts) == 2 and f"/{parts[0]}/" == problem("") else ""


def join(join_code: str) -> str:
    """The page that a join link leads to."""
    return f"/join/{quote(join_code, safe='')}"


def school_class(class_id: int) -> str:
    """The live page of a class."""
    return f"/class/{class_id}"


def class_report(class_id: int) -> str:
    """The charts of a class."""
    return f"/class/{class_id}/report"


def class_summary(class_id: int) -> str:
    """A class, to print."""
    return f"/class/{class_id}/summary"


def student_summary(student_id: int) -> str:
    """A student, to print."""
    return f"/student/{student_id}/summary"


def is_endpoint(path: str) -> bool:
    """Whether an endpoint answers there; everything else is a page or a file of the build.

    >>> is_endpoint("/class/7/report.csv"), is_endpoint("/class/7/report"), is_endpoint("/assets/x.json")
    (True, False, False)
    """
    if path.startswith(("/auth/", "/run/", "/api/", "/debug/", HEALTH)) or path == METRICS:
        return True
    return path.startswith(("/class/", "/student/", "/account/", "/admin/")) and path.endswith((".csv", ".json"))


def sign_in(back_to: str = "") -> str:
    """The sign-in page, which afterwards goes on to ``back_to``."""
    return f"{SIGN_IN}?{next_query(back_to)}" if back_to else SIGN_IN


def register(back_to: str = "") -> str:
    """The page for new accounts, which afterwards goes on to ``back_to``."""
    return f"{REGISTER}?{next_query(back_to)}" if back_to else REGISTER


def curriculum(group_id: str) -> str:
    """The curriculum, opened at one age group."""
    return f"{CURRICULUM}?{urlencode({'age': group_id})}"


def next_query(back_to: str) -> str:
    """The part of an address that remembers where to go on."""
    return urlencode({"next": back_to})


def safe_next(address: str) -> str:
    """Where to go after signing in: a path of ours, never another site that a link smuggled in.

    >>> safe_next("/problem/countdown"), safe_next("https://evil.example"), safe_next("//evil.example")
    ('/problem/countdown', '/curriculum', '/curriculum')
    """
    ours = address.startswith("/") and not address.startswith(("//", "/\\", "/auth/"))
    if not ours or not address.isprintable() or "\\" in address or len(address) > 500:
        return CURRICULUM
    return CURRICULUM if address.split("?")[0] in {LANDING, SIGN_IN, REGISTER} else address
