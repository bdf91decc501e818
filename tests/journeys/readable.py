"""axe in front of a page: what a person who sees, hears or moves otherwise would stumble on.

To weigh every text against what lies behind it is two thirds of axe's work, and the same few inks
lie on the same few papers everywhere: what axe has found readable once is not weighed again.
"""

from pathlib import Path

import axe_playwright_python

# The site gives axe away as one of its files: its policy wants it so, and the browser keeps it.
FOLDER = Path(axe_playwright_python.__file__).parent
ADDRESS = "/static/axe.min.js"
LOOK = Path(__file__).with_suffix(".js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = "color-contrast"
# Its copies of our style sheets would be inline styles, which the site refuses.
ALL = {
    "resultTypes": ["violations"],
    "preload": False,
    "runOnly": TAGS,
    "rules": {CONTRAST: {"enabled": False}},
}
WEIGH = {
    "resultTypes": ["violations", "passes"],
    "preload": False,
    "runOnly": [CONTRAST],
    "elementRef": True,
}
READABLE = set()


def axe(page, rules=ALL):
    """Every violation with its rule and its nodes, as lines; none when all is well."""
    asked = {"address": ADDRESS, "all": rules, "contrast": WEIGH, "known": list(READABLE)}
    seen = page.evaluate(LOOK, asked)
    READABLE.update(seen["found"])
    return [
        f"{page.url} — {rule['id']}: {rule['help']} — {node['html'][:200]} "
        f"({node['failureSummary'].splitlines()[-1].strip()})"
        for rule in seen["violations"]
        for node in rule["nodes"]
    ]


def pale(page):
    """The texts that do not stand out enough against what lies behind them."""
    return axe(page, rules=None)
