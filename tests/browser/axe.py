"""Accessibility as axe-core judges it, in the tab itself."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / ".tools/page/node_modules/axe-core/axe.min.js"

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN = """async (tags) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags } });
  return { passed: found.passes.length, violations: found.violations };
}"""


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def faults(tab: Page) -> list[str]:
    """What axe-core finds wrong in the tab as it is now, an element a line."""
    # What fades in is judged when it is there.
    tab.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished))")
    if not tab.evaluate("() => 'axe' in window"):
        tab.evaluate(_source())
    found: dict[str, Any] = tab.evaluate(RUN, RULES)
    assert found["passed"] > 10, "axe-core saw next to nothing"
    return [
        f"{rule['id']}: {json.dumps(node['target'])} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
