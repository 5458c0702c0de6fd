/* The worklist and the desk work without this. It adds single keys, which a preference turns off, and picks marked words. */
"use strict";

const root = document.querySelector("[data-keys]");
/* Rows in a part that is folded are passed over. */
const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
const typing = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

/* The row that has the focus, or the one that has it within. */
const current = () => document.activeElement && document.activeElement.closest("[data-row]");

const focusOn = (row) => {
  rows().forEach((one) => one.removeAttribute("aria-current"));
  row.setAttribute("aria-current", "true");
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
};

const move = (step) => {
  const all = rows();
  if (!all.length) return;
  const here = all.indexOf(current() || document.querySelector("[data-row][aria-current]"));
  focusOn(all[Math.min(all.length - 1, Math.max(0, here < 0 ? 0 : here + step))]);
};

const MOVES = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

const press = (key) => {
  const row = current() || document.querySelector("[data-row][aria-current]");
  const inRow = row && row.querySelector(`[data-row-key="${key}"]`);
  const found = inRow || document.querySelector(`[data-key="${key}"]`);
  if (!found) return false;
  if (found.matches("input, textarea")) found.focus();
  else found.click();
  return true;
};

if (root && root.dataset.keys === "on") {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const help = document.getElementById("all-keys");
    if (help && help.open) return;
    const arrow = event.key.startsWith("Arrow");
    if (event.key in MOVES && (!arrow || current())) {
      event.preventDefault();
      move(MOVES[event.key]);
    } else if (event.key === "?" && help) {
      event.preventDefault();
      help.showModal();
    } else if (event.key.length === 1 && press(event.key.toLowerCase())) {
      event.preventDefault();
    }
  });
}

/* A form that was opened takes the focus, so that one can type at once; the criterion that the address names stays in view. */
const panel = document.getElementById("panel");
if (panel && !document.getElementById("wrong")) {
  const first = panel.querySelector("input[type=radio]:checked, textarea, input:not([type=hidden]), button");
  const area = panel.querySelector("textarea");
  const target = first && first.matches(":checked") && area ? area : first;
  const take = () => requestAnimationFrame(() => target && target.focus({ preventScroll: true }));
  if (document.readyState === "complete") take();
  else window.addEventListener("load", take);
}

/* Words that are selected on the page are what will be marked. */
const chosen = document.querySelector("[data-selection]");
const words = document.querySelector("[data-words]");
if (chosen && words) {
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const text = selection.toString().trim();
    if (text && words.contains(selection.anchorNode)) {
      chosen.value = text.replace(/\s+/g, " ");
      chosen.closest("details").open = true;
    }
  });
}
