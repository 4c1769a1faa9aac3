"""One front-end build serves any address."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from scripts.portable_frontend import NothingToReplace, make_portable, rewrite

# as Reflex 0.10.1 writes it
ENVIRONMENT = (
    "var e={PING:`http://localhost:8000/ping`,EVENT:`ws://localhost:8000/_event`,TRANSPORT:`websocket`};export{e as t};"
)
PORTABLE = (
    'var e={PING:(location.origin+"/ping"),EVENT:(location.origin.replace(/^http/,"ws")+"/_event"),'
    "TRANSPORT:`websocket`};export{e as t};"
)


def test_addresses_become_expressions_of_the_page_s_origin() -> None:
    """Plain requests and the websocket go to where the page came from."""
    assert rewrite(ENVIRONMENT) == (PORTABLE, 2)


@pytest.mark.parametrize("quote", ['"', "'", "`"])
def test_every_kind_of_quote_is_known(quote: str) -> None:
    """Bundlers choose differently."""
    assert rewrite(f"a={quote}http://localhost:8000{quote}")[0] == 'a=(location.origin+"")'


def test_other_addresses_stay() -> None:
    """Only the address that the build was made for is ours to change."""
    script = 'a="http://localhost:3000/x";b="http://localhost:80001/y"'
    assert rewrite(script) == (script, 0)


def test_compressed_copies_say_the_same(tmp_path: Path) -> None:
    """The server prefers them, so a stale one would win."""
    script = tmp_path / "assets" / "env.js"
    script.parent.mkdir()
    script.write_text(ENVIRONMENT)
    script.with_name("env.js.gz").write_bytes(gzip.compress(ENVIRONMENT.encode()))
    script.with_name("env.js.br").write_bytes(b"stale")
    assert make_portable(tmp_path) == 2
    assert gzip.decompress(script.with_name("env.js.gz").read_bytes()).decode() == script.read_text() == PORTABLE
    assert not script.with_name("env.js.br").exists()


def test_a_build_without_the_address_is_refused(tmp_path: Path) -> None:
    """Else the pages would call some address that nobody checked."""
    (tmp_path / "x.js").write_text("var a=1")
    with pytest.raises(NothingToReplace, match="no script"):
        make_portable(tmp_path)


def test_an_address_in_an_unknown_form_is_refused(tmp_path: Path) -> None:
    """A new way of writing it must be noticed at build time."""
    (tmp_path / "x.js").write_text(ENVIRONMENT + 'var b="see http://localhost:8000/z"')
    with pytest.raises(NothingToReplace, match="still holds"):
        make_portable(tmp_path)
