// written by gatespec docs
// The pages are complete without this script: it adds the search and the buttons that copy.
"use strict";

const root = document.currentScript.dataset.root;

for (const figure of document.querySelectorAll("figure.code")) {
  const button = document.createElement("button");
  button.className = "copy";
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(figure.querySelector("code").textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  figure.append(button);
}

const box = document.querySelector(".search");
const input = document.getElementById("search");
const list = document.getElementById("found");
// The maximum number of results that are shown.
const SHOWN = 20;
let index = null;
let chosen = -1;
box.hidden = false;

// The index calls this function when it is loaded.
window.gatespecIndex = (entries) => {
  index = entries.map((entry) => ({ entry, text: entry.slice(1, 4).join(" ").toLowerCase() }));
  find();
};

function load() {
  if (index === null) {
    index = [];
    const script = document.createElement("script");
    script.src = root + "search.js";
    document.head.append(script);
  }
}

// An entry fits if it has all words. A name that begins with the query comes first.
function find() {
  const query = input.value.trim().toLowerCase();
  const words = query.split(/\s+/);
  const place = ({ entry }) => {
    const at = entry[1].toLowerCase().indexOf(query);
    return at < 0 ? 1000 : at;
  };
  const fits = query === "" ? [] : index.filter(({ text }) => words.every((word) => text.includes(word)));
  fits.sort((a, b) => place(a) - place(b));
  show(fits.slice(0, SHOWN).map(({ entry }) => entry), query);
}

function show(entries, query) {
  chosen = -1;
  const items = entries.map(([kind, name, about, term, address], at) => {
    const item = document.createElement("li");
    item.id = "found-" + at;
    item.setAttribute("role", "option");
    item.dataset.address = root + address;
    const parts = [["code", name, ""], ["span", kind, "kind"], ["small", [term, about].filter(Boolean).join(" · "), ""]];
    for (const [tag, text, style] of parts) {
      const part = document.createElement(tag);
      part.textContent = text;
      part.className = style;
      item.append(part);
    }
    item.addEventListener("mousedown", (event) => { event.preventDefault(); open(item); });
    return item;
  });
  if (items.length === 0 && query !== "") {
    const none = document.createElement("li");
    none.textContent = "Nothing found";
    none.setAttribute("role", "option");
    none.setAttribute("aria-disabled", "true");
    items.push(none);
  }
  list.replaceChildren(...items);
  choose(entries.length > 0 ? 0 : -1);
  list.hidden = items.length === 0;
  input.setAttribute("aria-expanded", String(!list.hidden));
}

function choose(at) {
  list.children[chosen]?.setAttribute("aria-selected", "false");
  chosen = at;
  const item = list.children[at];
  item?.setAttribute("aria-selected", "true");
  item?.scrollIntoView({ block: "nearest" });
  if (item) input.setAttribute("aria-activedescendant", item.id);
  else input.removeAttribute("aria-activedescendant");
}

function open(item) {
  if (item?.dataset.address) {
    location.href = item.dataset.address;
    close();
  }
}

function close() {
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
}

input.addEventListener("focus", load);
input.addEventListener("input", find);
input.addEventListener("blur", close);
input.addEventListener("keydown", (event) => {
  const count = list.querySelectorAll("[data-address]").length;
  if (event.key === "Escape") {
    close();
  } else if (event.key === "Enter") {
    event.preventDefault();
    open(list.children[chosen]);
  } else if (count > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    choose((chosen + (event.key === "ArrowDown" ? 1 : count - 1)) % count);
  }
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    input.focus();
  }
});
