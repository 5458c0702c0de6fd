"""Hands on a keyboard and nowhere else: each place that the focus comes to is seen, and under no bar."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator
from tests.web.scene import Scene

_MOST = 200
"""Presses of Tab after which a place counts as one that no keyboard comes to."""

_WHERE = """(target) => {
  const one = document.activeElement;
  if (!one || one === document.body) return { is_there: false, wrong: "" };
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const bars = [...document.querySelectorAll("body *")].filter((bar) =>
    ["sticky", "fixed"].includes(getComputedStyle(bar).position) && !bar.contains(one) && !one.contains(bar));
  const points = [[box.left + 2, box.top + 2], [(box.left + box.right) / 2, (box.top + box.bottom) / 2], [box.right - 2, box.bottom - 2]];
  const tops = points.map(([x, y]) => document.elementFromPoint(x, y)).filter((top) => top);
  const over = bars.find((bar) => tops.some((top) => bar.contains(top)));
  const named = one.outerHTML.slice(0, 160);
  let wrong = "";
  if (style.outlineStyle === "none") wrong = `the focus is not seen on ${named}`;
  else if (box.bottom <= 0 || box.top >= innerHeight) wrong = `the focus is outside the window: ${named}`;
  else if (over && box.height < innerHeight / 2) wrong = `${over.className} lies over ${named}`;
  return { is_there: one === target, wrong };
}"""


@dataclass(frozen=True)
class Hands:
    """Somebody who types."""

    scene: Scene

    def press(self, *keys: str) -> None:
        for key in keys:
            self.scene.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Into the field that has the focus: a form that opens takes it a moment after it is there."""
        self.scene.page.locator("input:focus, textarea:focus, select:focus").wait_for()
        self.scene.page.keyboard.type(words)

    def to(self, place: Locator) -> None:
        """Tab by Tab to a place; Tabs begin where the last ones ended."""
        self.scene.page.wait_for_load_state()
        place.wait_for()
        for _ in range(_MOST):
            self.press("Tab")
            if self.is_at(place):
                return
        raise AssertionError(f"no Tab leads to {place}")

    def is_at(self, place: Locator) -> bool:
        """Whether the focus is at a place; wherever it is, it is seen."""
        found = self.scene.page.evaluate(_WHERE, place.element_handle())
        assert not found["wrong"], found["wrong"]
        return bool(found["is_there"])

    def fill(self, label: str, words: str) -> None:
        """A field by its label: Tab to it, and type."""
        self.to(self.scene.field(label))
        self.press("Control+a")
        self.type(words)

    def use(self, role: str, name: str) -> None:
        """A button or a link: Tab to it, and Enter."""
        kinds = {"button": self.scene.page.get_by_role("button", name=name, exact=True)}
        self.to(kinds.get(role, self.scene.page.get_by_role("link", name=name, exact=True)).first)
        self.press("Enter")

    def choose(self, question: str, answer: str) -> None:
        """Radio buttons: Tab to the first, then Space or arrows to the answer."""
        radios = self.scene.group(question).get_by_role("radio")
        self.to(radios.first)
        self.press("Space")
        wanted = radios.and_(self.scene.page.get_by_role("radio", name=answer)).first
        while not wanted.is_checked():
            self.press("ArrowRight")
