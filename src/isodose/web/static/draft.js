/* A draft is kept as it is typed, and what would come of it is shown beside it. Without this, its buttons do the same. */
"use strict";

(() => {
  const form = document.getElementById("draft");
  const PAUSE = 700;
  let timer, changes = 0, sent = 0, busy = false, leaving = false, asking;

  /* The form as it stands, without files: those go by themselves. */
  const typed = () => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
    data.set("do", "live");
    return data;
  };

  /* Take over a part of the page. What has the same key asks the same, and is left to who types in it. */
  const renew = (part) => {
    const here = document.getElementById(part.id);
    if (!here || here.innerHTML === part.innerHTML) return;
    if (part.dataset.key !== undefined && part.dataset.key === here.dataset.key) return;
    const focused = here.contains(document.activeElement) ? document.activeElement : null;
    const caret = focused && "selectionStart" in focused ? focused.selectionStart : null;
    here.replaceWith(document.importNode(part, true));
    if (!focused || !focused.name) return;
    const again = [...form.elements].find((one) => one.name === focused.name && (one.type !== "radio" || one.value === focused.value));
    again?.focus({ preventScroll: true });
    if (again && caret !== null) again.setSelectionRange(caret, caret);
  };

  const say = (words) => {
    const kept = document.getElementById("kept");
    if (kept && kept.lastChild) kept.lastChild.textContent = words;
  };

  const keep = async () => {
    clearTimeout(timer);
    if (busy || leaving || sent === changes) return;
    busy = true;
    asking = new AbortController();
    const now = changes;
    try {
      const answer = await fetch(form.action, { method: "POST", body: typed(), signal: asking.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.status === 409) { sent = now; say("Somebody else has saved this draft: press “Check again”."); return; }
      if (!answer.ok) { say("Not kept: " + (page.querySelector("main h1")?.textContent || "try again")); sent = now; return; }
      sent = now;
      const number = page.querySelector("#kept input[name=number]");
      if (changes === now) for (const part of page.querySelectorAll("[data-part]")) renew(part);
      else if (number) form.elements.namedItem("number").value = number.value;
    } catch {
      if (leaving) return;
      say("Not kept: there is no connection. It is tried again.");
      timer = setTimeout(keep, 5000);
    } finally {
      busy = false;
      if (sent !== changes) timer ??= setTimeout(keep, PAUSE);
    }
  };

  const later = (wait) => { changes += 1; clearTimeout(timer); timer = setTimeout(() => { timer = undefined; keep(); }, wait); };
  form.addEventListener("input", (event) => { if (event.target.type !== "file") later(PAUSE); });
  form.addEventListener("change", (event) => { if (event.target.type !== "file") later(0); });
  document.addEventListener("draft-changed", () => later(0));

  /* A button sends the whole form itself; who leaves otherwise, in the middle of a word, loses nothing. */
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); asking?.abort(); });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("pagehide", () => { if (!leaving && sent !== changes) navigator.sendBeacon(form.action, typed()); });
})();
