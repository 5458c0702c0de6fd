/* The page works without this. It checks as one answers, and puts in the parts that changed. */
"use strict";

const form = document.getElementById("check");
let latest = 0;

async function check() {
  const mine = (latest += 1);
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (!answer.ok || mine !== latest) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement;
  const name = focused?.name, value = focused?.value;
  for (const part of page.querySelectorAll("[data-part]")) document.getElementById(part.id).replaceWith(part);
  if (name && !document.contains(focused)) {
    form.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`)?.focus();
  }
}

form.addEventListener("change", check);
