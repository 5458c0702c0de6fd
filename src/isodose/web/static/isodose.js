/* Pages work without this. It adds: a warning before the session ends, and the first field that is wrong. */
"use strict";

const wrong = document.getElementById("wrong");
if (wrong) wrong.focus();

/* The session ends after some idle minutes; two before, a bar says so and offers to stay. */
const idle = Number(document.body.dataset.idleMinutes);
if (idle) {
  let timer;
  const bar = document.createElement("div");
  bar.className = "caution session-bar";
  bar.setAttribute("role", "alert");
  bar.hidden = true;
  const stay = document.createElement("button");
  stay.className = "btn";
  stay.textContent = "Stay signed in";
  stay.addEventListener("click", async () => {
    const answer = await fetch("/account/stay", { headers: { Accept: "application/json" } });
    if (answer.ok) restart();
  });
  bar.append("You will be signed out in two minutes. What you typed into a draft is kept. ", stay);
  document.querySelector("main").prepend(bar);
  const restart = () => {
    bar.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(() => { bar.hidden = false; }, (idle - 2) * 60000);
  };
  restart();
}
