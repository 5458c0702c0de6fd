/* The page works without this. It checks as one answers, and puts in the parts that changed. */
"use strict";

const form = document.getElementById("check");
let latest = 0;

async function check() {
  const mine = (latest += 1);
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (mine !== latest) return;
  if (answer.status === 429) return later(Number(answer.headers.get("Retry-After")) || 1);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement;
  const name = focused?.name, value = focused?.value;
  for (const part of page.querySelectorAll("[data-part]")) document.getElementById(part.id).replaceWith(part);
  if (name && !document.contains(focused)) {
    form.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`)?.focus();
  }
}

/* Many ask from this network: say so, and go on by itself. */
function later(seconds) {
  const said = document.getElementById("said");
  if (said) said.textContent = `Many questions come from your network. This one is sent again in ${seconds} s.`;
  setTimeout(check, seconds * 1000);
}

form.addEventListener("change", check);
