/* Documents go up in parts as soon as they are chosen or dropped: a line that breaks costs one part, which is sent again. */
"use strict";

(() => {
  const form = document.getElementById("draft"), drop = document.getElementById("drop");
  const choose = document.getElementById("file"), list = document.getElementById("uploads");
  const TRIES = 8;
  drop.querySelector("button").hidden = true;
  drop.querySelector("label").textContent = "Drop documents here, or choose them";

  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  /* Post, and try again while there is no connection; what is refused is refused once and for all. */
  const post = async (path, fields) => {
    for (let wait = 500, tries = 1; ; wait *= 2, tries += 1) {
      const data = new FormData();
      data.set("csrf", form.elements.namedItem("csrf").value);
      for (const [name, value] of Object.entries(fields)) data.set(name, value);
      try {
        const answer = await fetch(path, { method: "POST", body: data });
        if (answer.ok) return await answer.json();
        if (answer.status < 500) {
          const told = await answer.json().catch(() => ({}));
          throw { refused: told.problem || "It was not taken. Load the page anew and try again." };
        }
      } catch (error) {
        if (error.refused) throw error;
      }
      if (tries === TRIES) throw { refused: "There is no connection. Choose the file again later." };
      await pause(wait);
    }
  };

  const send = async (file) => {
    const line = document.createElement("p");
    line.className = "upload";
    list.append(line);
    const say = (words) => { line.textContent = `${file.name}: ${words}`; };
    try {
      say("0 %");
      const uploads = form.dataset.uploads;
      let upload = await post(uploads, { name: file.name, total: file.size });
      while (upload.received < upload.total) {
        const part = file.slice(upload.received, upload.received + upload.part);
        upload = await post(`${uploads}/${upload.id}`, { start: upload.received, part });
        say(`${Math.floor((100 * upload.received) / upload.total)} %`);
      }
      await post(`${uploads}/${upload.id}/finish`, {});
      line.remove();
    } catch (error) {
      say(error.refused || "This file cannot be read.");
      line.classList.add("problem");
    }
    document.dispatchEvent(new Event("draft-changed"));
  };

  const sendAll = async (files) => { for (const file of [...files]) await send(file); };
  choose.addEventListener("change", () => { sendAll(choose.files); choose.value = ""; });
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("over"); sendAll(event.dataTransfer.files); });
})();
