"""Output that is longer than a page keeps: its beginning on the page, all of it as a download, on any device."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.visitor import Visitor

LINES = 3_000
PROGRAM = f"for n in range({LINES}):\n    print('line', n, 'x' * 20)\n"


def test_all_of_a_long_output_can_be_downloaded(ada: Visitor) -> None:
    """From the page, as a plain file with every line; and a stranger's browser gets nothing at that address."""
    ada.page.goto("/problem/countdown")
    ada.write(PROGRAM)
    ada.run()
    expect(ada.ending).to_be_visible()
    link = ada.page.locator("#long-output a.download")
    expect(link).to_contain_text("Download the output")
    with ada.page.expect_download() as started:
        link.click()
    content = started.value.path().read_text()
    assert (content.count("\n"), started.value.suggested_filename.endswith("-stdout.txt")) == (LINES, True)


def test_strangers_get_nothing_at_that_address(ada: Visitor, open_visitor: object) -> None:
    """Neither visitors nor other students; it does not say whether there is such a run."""
    ada.page.goto("/problem/countdown")
    ada.write(PROGRAM)
    ada.run()
    address = ada.page.locator("#long-output a.download").get_attribute("href") or ""
    alan = open_visitor()  # type: ignore[operator]
    assert alan.page.request.get(address).status == 401
    alan.register("alan")
    assert alan.page.request.get(address).status == 404
    mine = ada.page.request.get(address)
    assert (mine.status, mine.headers["content-type"], mine.headers["cache-control"]) == (
        200,
        "text/plain; charset=utf-8",
        "no-store",
    )
