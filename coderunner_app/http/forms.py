"""What plain form posts have in common: they come from our pages, they are small, they end with a redirect."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from coderunner_app import cookies, current, routes
from coderunner_app.origins import allowed_origins

MAX_FORM_BYTES = 16 * 1024
FOREIGN = "This form was sent from another site, so nothing was done. Open the page here and try again.\n"
_TOO_LARGE = "That is more than a name and a password.\n"


def refusal(request: Request) -> Response | None:
    """The answer to a form that is not ours or is too large; None for one that may be read."""
    if not from_our_pages(request):
        return PlainTextResponse(FOREIGN, 403)
    if not 0 <= _length(request) <= MAX_FORM_BYTES:
        return PlainTextResponse(_TOO_LARGE, 413)
    return None


async def read(request: Request) -> FormData:
    """The fields of a form that was not refused."""
    return await request.form(max_files=0, max_fields=10, max_part_size=MAX_FORM_BYTES)


def client_ip(request: Request) -> str:
    """The address of the browser, as far as the proxies in front are trusted to tell it."""
    hops = current.core().settings.trusted_proxy_hops
    told = [one.strip() for one in request.headers.get("x-forwarded-for", "").split(",") if one.strip()]
    if hops and len(told) >= hops:
        return told[-hops]
    return request.client.host if request.client else ""


def from_our_pages(request: Request) -> bool:
    """Browsers say where a form comes from; what does not say it is no browser, and no form of ours."""
    return request.headers.get("origin", "") in allowed_origins(current.core().settings)


def back(page: str, onwards: str, message: str) -> Response:
    """To the page where the form is, which says the message and still knows where to go on."""
    address = page if onwards == routes.CURRICULUM else f"{page}?{routes.next_query(onwards)}"
    response = redirect(address)
    cookies.set_message(response, message, current.core().settings)
    return response


def redirect(address: str) -> Response:
    """On to a page, which is not the one that the form was posted to."""
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})


def text(form: FormData, name: str) -> str:
    """A field as text; empty for one that is missing or a file."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _length(request: Request) -> int:
    try:
        return int(request.headers.get("content-length", "-1"))
    except ValueError:
        return -1


def ids(request: Request) -> dict[str, str]:
    """What a line of the log says about a request."""
    return {"request_id": getattr(request.state, "request_id", "")}
