"""Every setting with its meaning and default: read once at start, frozen, refused as a whole when it cannot work."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from coderunner_core.errors import Misconfigured
from coderunner_core.settings_checks import problems_of


class Settings(BaseSettings):
    """One frozen object that the composition roots build and hand on; nothing else reads the environment.

    A field is set by the variable of the same name in capitals, from the environment or from a file ``.env``.
    """

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True)

    coderunner_env: Literal["development", "production"] = Field(
        "development", description="development has embedded defaults; production has none for secrets and addresses"
    )
    data_dir: Path = Field(Path("data"), description="where the embedded database, keys and logs live")
    curriculum_dir: Path = Field(Path("curriculum"), description="the problems, as files")

    web_host: str = Field("127.0.0.1", description="address that the web process listens on")
    web_port: int = Field(8000, ge=1, le=65535, description="port that the web process listens on")
    web_workers: int = Field(1, ge=1, le=16, description="web processes that share the port")
    public_origin: str = Field(
        "", description="scheme://host[:port] that browsers use; empty: http://localhost:WEB_PORT"
    )
    trusted_proxy_hops: int = Field(0, ge=0, le=5, description="proxies in front whose X-Forwarded-For is believed")

    database_url: str = Field("", description="postgresql://name:password@host/database; empty: SQLite in DATA_DIR")
    db_pool_size: int = Field(
        10,
        ge=1,
        le=200,
        description="database connections that a process keeps; a worker uses one or two",
    )
    db_pool_overflow: int = Field(
        10,
        ge=0,
        le=200,
        description="connections beyond those in a rush; all processes' together must fit the server",
    )
    db_pool_timeout_s: float = Field(
        10, gt=0, description="wait for a free connection; longer, and the person at the page has given up"
    )
    db_connect_timeout_s: float = Field(
        5,
        gt=0,
        description="wait for a new connection; longer than a lost packet, shorter than patience",
    )
    db_connect_retries: int = Field(
        4, ge=0, le=10, description="further tries to connect, 0.1 s, 0.2 s, 0.4 s … apart: a restart is not noticed"
    )
    db_timeout_s: float = Field(
        15,
        gt=0,
        description="longest statement on PostgreSQL; every query here takes milliseconds",
    )
    db_lock_timeout_s: float = Field(
        10, gt=0, description="wait for another who is writing (SQLite: the file, PostgreSQL: a row)"
    )
    db_recycle_s: int = Field(
        1800, ge=1, description="age at which a connection is replaced; below the idle time-out of proxies in between"
    )
    result_store: Literal["sql", "mongodb"] = Field("sql", description="where the bodies of results are kept")
    mongodb_uri: SecretStr = Field(SecretStr(""), description="MongoDB's address, for RESULT_STORE=mongodb")
    mongodb_pool_size: int = Field(
        20, ge=1, le=200, description="most connections that a process has to MongoDB; an answer takes milliseconds"
    )
    mongodb_timeout_s: float = Field(
        4, gt=0, description="wait for an answer of MongoDB, further tries included; then the press is refused in words"
    )
    redis_url: str = Field("redis://127.0.0.1:6379/0", description="queues, events, limits and live page state")

    jwt_secret: SecretStr = Field(
        SecretStr(""), description="signs sessions; empty in development: made and kept in DATA_DIR"
    )
    jwt_old_secrets: SecretStr = Field(
        SecretStr(""), description="earlier secrets, separated by spaces: they verify sessions and sign none"
    )
    session_days: int = Field(7, ge=1, le=30, description="days until a session ends by itself")
    registration_open: bool = Field(True, description="whether anyone may register as a student")
    sign_in_tries_per_account: int = Field(10, ge=1, description="wrong passwords an account may see in the window")
    sign_in_tries_per_ip: int = Field(
        60, ge=1, description="sign-in tries an address may make in the window (a school shares one)"
    )
    sign_in_window_s: int = Field(300, ge=10, description="seconds of the sign-in window")
    registrations_per_ip: int = Field(60, ge=1, description="accounts an address may register in an hour")

    self_deletion: bool = Field(True, description="whether people may delete their own account")
    class_leaving: bool = Field(True, description="whether students may leave a class without asking")
    audit_days: int = Field(365, ge=1, description="days that the log of who did what is kept")

    worker_concurrency_execution: int = Field(2, ge=1, le=64, description="worker processes for code-execution (Run)")
    worker_concurrency_submission: int = Field(
        1, ge=1, le=64, description="worker processes for code-submission (Submit)"
    )

    sandbox_image: str = Field("coderunner-sandbox", description="image name; its newest tag is the project's version")
    sandbox_runtime: str = Field("", description="container runtime, e.g. runsc; empty: the engine's default")
    sandbox_runs_per_container: int = Field(
        200, ge=1, description="program starts before a container is retired; 1: single-use"
    )
    sandbox_pool_size: int = Field(3, ge=1, le=64, description="warm containers that each worker process keeps")
    sandbox_label: str = Field(
        "coderunner", description="containers carry it; another label keeps two installations apart"
    )
    docker_host: str = Field("", description="address of the Docker engine; empty: the local socket")

    source_limit_bytes: int = Field(100_000, ge=1, description="largest program accepted")
    input_limit_bytes: int = Field(100_000, ge=0, description="largest input accepted with a Run")
    output_limit_bytes: int = Field(256 * 1024, ge=1024, description="stdout and stderr together, then output_limit")
    run_cpu_ms: int = Field(2_000, ge=100, description="CPU time of a Run")
    run_wall_ms: int = Field(5_000, ge=100, description="wall-clock of a Run, the backstop")
    submit_wall_ms: int = Field(15_000, ge=1_000, description="wall-clock of all tests of a Submit together")
    runs_per_minute: int = Field(5, ge=0, description="runs a student may start in a minute")
    runs_per_day: int = Field(50, ge=0, description="runs a student may start in a day")
    submissions_per_minute: int = Field(5, ge=0, description="submissions a student may start in a minute")
    submissions_per_day: int = Field(50, ge=0, description="submissions a student may start in a day")
    staff_quota_factor: int = Field(4, ge=1, description="teachers and admins may start this many times as many")
    started_runs_factor: int = Field(
        3, ge=1, description="this many times as many may be started when all those are counted that were stopped"
    )
    presses_per_ip: int = Field(600, ge=1, description="presses of one address in a minute (a school shares one)")
    max_queue_wait_s: float = Field(5.0, gt=0, description="a press is refused when the expected wait is longer")
    queued_runs_per_user: int = Field(
        1, ge=1, description="runs a student may have waiting or running at once, per queue; 1 is fair to all others"
    )

    join_code_days: int = Field(14, ge=1, le=365, description="days that a new join code of a class is good for")
    join_tries_per_user: int = Field(10, ge=1, description="join codes a student may try in the window")
    join_tries_per_ip: int = Field(
        200, ge=1, description="join codes an address may try in the window (a school shares one)"
    )
    join_window_s: int = Field(600, ge=10, description="seconds of the window of join codes")
    students_per_class: int = Field(120, ge=1, le=500, description="most students that a class may have")
    stuck_failures: int = Field(5, ge=2, description="failed tries in a row after which a student counts as stuck")
    stuck_same_error: int = Field(3, ge=2, description="times the same error in a row that count as stuck")
    stuck_idle_min: int = Field(10, ge=1, description="minutes at an open problem without a run that count as stuck")
    lesson_min: int = Field(45, ge=5, description="minutes of a lesson: what a class page calls lately")

    result_ttl_days: int = Field(7, ge=1, description="days that the body of a result is kept")
    keep_days: int = Field(
        90, ge=0, description="days after the last class of a student was archived that kept results stay kept"
    )
    inline_output_bytes: int = Field(
        32 * 1024, ge=1024, le=256 * 1024, description="of stdout and stderr each; what is longer is an object"
    )

    object_store_url: str = Field("", description="s3://bucket[/prefix] for long output; empty: DATA_DIR/objects")
    object_store_endpoint: str = Field("", description="address of an S3-compatible server; empty: Amazon's")
    object_store_region: str = Field("us-east-1", description="S3 region")
    object_store_access_key_id: SecretStr = Field(
        SecretStr(""), description="S3 access key; empty: the machine's own role"
    )
    object_store_secret_access_key: SecretStr = Field(SecretStr(""), description="S3 secret key")

    metrics_port: int = Field(
        0, ge=0, le=65535, description="port of the workers' /metrics and /ready; 0: none. Web: /metrics on WEB_PORT"
    )
    metrics_host: str = Field("127.0.0.1", description="address that the workers' metrics port listens on")
    metrics_token: SecretStr = Field(
        SecretStr(""), description="bearer token for /metrics; empty: the web serves none, the workers' port needs none"
    )
    alert_webhook_url: SecretStr = Field(
        SecretStr(""), description="where alerts are posted as JSON; empty: nowhere (docs/OPERATIONS.md)"
    )
    alert_health_urls: str = Field(
        "", description="with the webhook: /health of each web process, with commas between; alerts when one is down"
    )
    release: str = Field("", description="what this build is called in error reports, e.g. its commit")
    enable_debug_routes: bool | None = Field(
        None, description="GET /debug/queues, push and settings, for admins; empty: in development only"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="least level that is logged")
    sentry_dsn: SecretStr = Field(SecretStr(""), description="where errors are reported; empty: nowhere")

    @property
    def origin(self) -> str:
        """The one origin that browsers come from."""
        return self.public_origin.rstrip("/") or f"http://localhost:{self.web_port}"

    @property
    def health_urls(self) -> list[str]:
        """The addresses of ALERT_HEALTH_URLS."""
        return [one.strip() for one in self.alert_health_urls.split(",") if one.strip()]

    @property
    def verifying_secrets(self) -> list[str]:
        """The secrets that a session may be signed with: the one that signs new ones first."""
        return [self.jwt_secret.get_secret_value(), *self.jwt_old_secrets.get_secret_value().split()]

    @property
    def database(self) -> str:
        """The URL of the database in force."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'coderunner.db'}"

    @property
    def debug_routes(self) -> bool:
        """Whether there are debug routes."""
        return self.coderunner_env == "development" and self.enable_debug_routes is not False

    @property
    def secure_cookies(self) -> bool:
        """Cookies travel over TLS only, except for a plain-http development address."""
        return self.origin.startswith("https://")


def load_settings(**overrides: object) -> Settings:
    """Read the settings, check them together and fill the embedded secret.

    Raises Misconfigured with everything that is missing or weak in one message.
    """
    settings, problems = _read(overrides)
    problems += problems_of(settings)
    if problems:
        raise Misconfigured(problems)
    if not settings.jwt_secret.get_secret_value():
        settings = settings.model_copy(update={"jwt_secret": SecretStr(_embedded_secret(settings.data_dir))})
    return settings


def _read(overrides: dict[str, object]) -> tuple[Settings, list[str]]:
    """The settings, and what of them cannot be read: a default stands in, so that the rest is looked at, too."""
    try:
        return Settings(**overrides), []  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = error.errors(include_input=False)
    instead = {str(one["loc"][0]): Settings.model_fields[str(one["loc"][0])].default for one in wrong}
    problems = [f"{'.'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in wrong]
    return Settings(**{**overrides, **instead}), problems


def _embedded_secret(data_dir: Path) -> str:
    """The secret of an embedded installation: made once, readable by its owner only."""
    path = data_dir / "jwt-secret"
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds what students wrote
    if not path.exists():
        scratch = data_dir / f"jwt-secret.{secrets.token_hex(4)}"
        scratch.touch(mode=0o600)
        scratch.write_text(secrets.token_urlsafe(48))
        try:
            path.hardlink_to(scratch)  # the first process to start wins, the others read what it wrote
        except FileExistsError:
            pass
        scratch.unlink()
    return path.read_text().strip()
