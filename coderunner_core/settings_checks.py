"""What settings have to be together: each by itself may be well formed and the whole still not work, or not be safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coderunner_core import database_url

if TYPE_CHECKING:
    from coderunner_core.settings import Settings

MIN_SECRET_BYTES = 32  # RFC 7518 section 3.2: an HS256 key is at least as long as its hash
MIN_SECRET_VARIETY = 10  # different characters; a secret that is random has more, also in hexadecimal
_MAKE_ONE = "make one with: openssl rand -base64 48"
MOST_STORED_BYTES = 4 * 1024 * 1024  # a program with its input; a document of MongoDB holds 16 MB in all


def problems_of(settings: Settings) -> list[str]:
    """What is missing, weak or contradicts itself, a sentence each; empty when the platform can start."""
    problems = []
    secret, *old = settings.verifying_secrets
    for name, value in [("JWT_SECRET", secret), *(("JWT_OLD_SECRETS", one) for one in old)]:
        if value and len(value.encode()) < MIN_SECRET_BYTES:
            problems.append(f"{name}: shorter than {MIN_SECRET_BYTES} bytes; {_MAKE_ONE}")
        elif value and settings.coderunner_env == "production" and len(set(value)) < MIN_SECRET_VARIETY:
            problems.append(f"{name}: can be guessed, it repeats a few characters; {_MAKE_ONE}")
    if settings.coderunner_env == "production":
        needed = {"JWT_SECRET": secret, "DATABASE_URL": settings.database_url, "PUBLIC_ORIGIN": settings.public_origin}
        problems += [f"{name}: has no default in production" for name, value in needed.items() if not value]
        for name in ("redis_url", "result_store"):
            if name not in settings.model_fields_set:
                problems.append(f"{name.upper()}: has no default in production")
        if settings.enable_debug_routes:
            problems.append("ENABLE_DEBUG_ROUTES: must not be true in production")
    if problem := _database_problem(settings.database):
        problems.append(problem)
    if settings.result_store == "mongodb":
        uri = settings.mongodb_uri.get_secret_value()
        if not uri:
            problems.append("MONGODB_URI: needed for RESULT_STORE=mongodb")
        elif not uri.startswith(("mongodb://", "mongodb+srv://")):
            problems.append("MONGODB_URI: must begin with mongodb:// or mongodb+srv://")
    problems += _object_store_problems(settings)
    webhook = settings.alert_webhook_url.get_secret_value()
    if webhook and not webhook.startswith(("http://", "https://")):
        problems.append("ALERT_WEBHOOK_URL: must begin with http:// or https://")
    if any(not one.startswith(("http://", "https://")) for one in settings.health_urls):
        problems.append("ALERT_HEALTH_URLS: each must begin with http:// or https://")
    if settings.public_origin and not settings.public_origin.startswith(("http://", "https://")):
        problems.append("PUBLIC_ORIGIN: must begin with http:// or https://")
    return problems


def _database_problem(url: str) -> str:
    try:
        database_url.read(url)
    except ValueError as error:
        return f"DATABASE_URL: {error}"
    return ""


def _object_store_problems(settings: Settings) -> list[str]:
    problems = []
    url, endpoint = settings.object_store_url, settings.object_store_endpoint
    if url and not (url.startswith("s3://") and len(url) > len("s3://")):
        problems.append("OBJECT_STORE_URL: must be s3://bucket or s3://bucket/prefix")
    if endpoint and not endpoint.startswith(("http://", "https://")):
        problems.append("OBJECT_STORE_ENDPOINT: must begin with http:// or https://")
    if endpoint and not url:
        problems.append("OBJECT_STORE_ENDPOINT: says nothing without OBJECT_STORE_URL")
    keys = (settings.object_store_access_key_id, settings.object_store_secret_access_key)
    if len({bool(key.get_secret_value()) for key in keys}) > 1:
        problems.append("OBJECT_STORE_ACCESS_KEY_ID and OBJECT_STORE_SECRET_ACCESS_KEY: set both or neither")
    if settings.source_limit_bytes + settings.input_limit_bytes > MOST_STORED_BYTES:
        problems.append(f"SOURCE_LIMIT_BYTES + INPUT_LIMIT_BYTES: more than {MOST_STORED_BYTES:,} cannot be stored")
    return problems
