// Checks the form as it is filled, and shows answers without loading the page again. The form works
// without this script: it posts the same fields to the same address, and shows the same parts.
"use strict";

(() => {
  const DELAY = 250; // milliseconds after the last key
  let turn = null; // the request in progress
  let timer = 0;

  /** Replaces the parts of the page by those of an answer. */
  function show(answer) {
    for (const part of answer.querySelectorAll("[data-part]")) {
      const old = document.getElementById(part.id);
      if (old) old.replaceWith(document.importNode(part, true));
    }
    for (const input of answer.querySelectorAll("[aria-describedby]")) {
      const own = document.getElementById(input.id);
      if (!own) continue;
      if (input.hasAttribute("aria-invalid")) own.setAttribute("aria-invalid", "true");
      else own.removeAttribute("aria-invalid");
    }
  }

  /** Posts the form, and shows the answer. */
  async function post(form, action) {
    clearTimeout(timer);
    turn?.abort();
    const own = (turn = new AbortController());
    const fields = new URLSearchParams(new FormData(form));
    fields.set("do", action);
    const result = () => document.getElementById(form.dataset.tool);
    result()?.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: fields,
        headers: { "x-gatespec-part": "result" },
        signal: own.signal,
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(text.trim());
      show(new DOMParser().parseFromString(text, "text/html"));
    } catch (error) {
      if (own.signal.aborted) return false;
      const said = document.createElement("p");
      said.className = "tool-bad";
      said.setAttribute("role", "alert");
      said.textContent = `The server did not answer as expected: ${error.message}`;
      result()?.replaceChildren(said);
    } finally {
      if (turn === own) result()?.removeAttribute("aria-busy");
    }
    return true;
  }

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.matches("form[data-live]")) return;
    clearTimeout(timer);
    timer = setTimeout(() => post(form, "check"), DELAY);
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-tool]")) return;
    event.preventDefault();
    if (await post(form, event.submitter?.value ?? "check")) {
      const result = document.getElementById(form.dataset.tool);
      result?.focus({ preventScroll: true });
      result?.scrollIntoView({ block: "nearest" });
    }
  });
})();
