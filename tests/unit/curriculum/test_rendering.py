"""An author's Markdown can do nothing in a student's browser but be read."""

from __future__ import annotations

import pytest

from coderunner_core.curriculum.rendering import render

HARMFUL = [
    "<script>alert(1)</script>",
    "![x](https://elsewhere.example/pixel.png)",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,AAAA)",
    "<style>body{background:url(https://elsewhere.example)}</style>",
    '<iframe src="https://elsewhere.example"></iframe>',
    '<a href="#" onclick="alert(1)">x</a>',
    "<svg/onload=alert(1)>",
    "![x][r]\n\n[r]: //elsewhere.example/pixel.png",
]


@pytest.mark.parametrize("markdown", HARMFUL)
def test_nothing_runs_or_is_fetched(markdown: str) -> None:
    """Raw HTML is shown as text; images and odd links do not exist."""
    html = render(markdown)
    for tag in ("<script", "<img", "<style", "<iframe", "<svg", 'href="javascript', 'href="data', '<a href="#"'):
        assert tag not in html


def test_what_a_statement_needs_is_there() -> None:
    """Paragraphs, lists, code with its language, tables and links that do not tell where they were clicked."""
    html = render("## Part\n\n- `a`\n\n```python\nx < 1\n```\n\n| A |\n|---|\n| 1 |\n\n[docs](https://docs.python.org)")
    assert "<h2>Part</h2>" in html
    assert "<li><code>a</code></li>" in html
    assert '<code class="language-python">x &lt; 1\n</code>' in html
    assert "<td>1</td>" in html
    assert '<a href="https://docs.python.org" rel="noopener noreferrer">docs</a>' in html
