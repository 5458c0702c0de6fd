/* The worklist and the desk work without this. It adds single keys, which a preference turns off, and picks marked words.
   When keys are taken the page says so (`data-ready`), and from then on no letter is lost. */
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

/* Once a key has opened another page, nothing else happens here; what is typed on meanwhile belongs to the form that opens. */
const AHEAD = "isodose-typed-ahead", MOST_AHEAD = 400;
let leaving = "";
document.addEventListener("click", (event) => {
  const to = event.target.closest("a[href]:not([target], [download]), form:not([method=dialog]) button");
  if (!to || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (to.hash && to.pathname === location.pathname && to.search === location.search) return;
  leaving = to.matches('a[href*="/do/"]') ? "form" : "page";
  setTimeout(() => { leaving = ""; }, 5000);
});
addEventListener("pageshow", () => { leaving = ""; });
const keepAhead = (letter) => {
  const before = sessionStorage.getItem(AHEAD) || "";
  if (leaving === "form" && before.length < MOST_AHEAD) sessionStorage.setItem(AHEAD, before + letter);
};

const press = (key) => {
  const row = current() || document.querySelector("[data-row][aria-current]");
  const inRow = row && row.querySelector(`[data-row-key="${key}"]`);
  const found = inRow || document.querySelector(`[data-key="${key}"]`);
  if (!found) return false;
  if (found.matches("input, textarea")) found.focus();
  else found.click();
  return true;
};

/* A form that was opened takes the focus, so that one can type at once; the criterion that the address names stays in view. Until
   the page has come to rest the browser may give the focus to that criterion: a letter that is typed meanwhile goes to the form. */
const panel = document.getElementById("panel");
const opened = (() => {
  if (!panel || document.getElementById("wrong")) return null;
  const first = panel.querySelector("input[type=radio]:checked, textarea, input:not([type=hidden]), button");
  const area = panel.querySelector("textarea");
  return first && first.matches(":checked") && area ? area : first;
})();
let settling = Boolean(opened);
const toForm = () => {
  if (document.activeElement === opened) return;
  opened.focus({ preventScroll: true });
  if (opened.matches("textarea")) opened.setSelectionRange(opened.value.length, opened.value.length);
};
const isText = opened && typing(opened) && !opened.matches("select");
const elsewhere = (event) => { if (!panel.contains(event.target)) settling = false; };

if (opened) {
  toForm();
  if (isText && sessionStorage.getItem(AHEAD)) opened.setRangeText(sessionStorage.getItem(AHEAD), opened.value.length, opened.value.length, "end");
  const rest = () => requestAnimationFrame(() => { if (settling && !panel.contains(document.activeElement)) toForm(); settling = false; });
  if (document.readyState === "complete") rest();
  else addEventListener("load", rest);
  document.addEventListener("pointerdown", elsewhere, { once: true });
}
sessionStorage.removeItem(AHEAD);

if (root && root.dataset.keys === "on") {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const help = document.getElementById("all-keys");
    if (help && help.open) return;
    const arrow = event.key.startsWith("Arrow");
    const letter = event.key.length === 1;
    if (leaving) {
      if (letter) { event.preventDefault(); keepAhead(event.key); }
    } else if (settling && isText && letter) {
      toForm();
    } else if (event.key in MOVES && (!arrow || current())) {
      event.preventDefault();
      move(MOVES[event.key]);
    } else if (event.key === "?" && help) {
      event.preventDefault();
      help.showModal();
    } else if (letter && press(event.key.toLowerCase())) {
      event.preventDefault();
    }
  });
}
if (root) root.dataset.ready = "";

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
