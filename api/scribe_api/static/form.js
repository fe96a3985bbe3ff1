// What the page does beyond htmx: look, copy, drop, keys, search. It never makes markup of a note.
"use strict";
(() => {
  const root = document.documentElement;
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const say = (words) => { one("#live").textContent = words; };

  // Look
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const nameTheme = () => { one("#theme").textContent = isDark() ? "Light" : "Dark"; };
  one("#theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch (error) { /* kept for this page only */ }
    nameTheme();
  });
  nameTheme();

  // Copy and print
  const copy = async (words) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(words);
    const field = document.createElement("textarea");
    field.value = words;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("copying is not allowed here");
  };
  document.addEventListener("click", async (event) => {
    if (event.target.closest("#print")) window.print();
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const words = all(button.dataset.copy).map((each) => each.textContent.trim()).join("\n\n");
    try { await copy(words); say("Copied."); button.dataset.done = "yes"; } catch (error) { say("This browser does not allow copying."); }
    setTimeout(() => { delete button.dataset.done; }, 1500);
  });

  // Drop a file anywhere
  document.addEventListener("dragover", (event) => { event.preventDefault(); root.classList.add("dropping"); });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) root.classList.remove("dropping"); });
  document.addEventListener("drop", (event) => {
    root.classList.remove("dropping");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    const input = one("#file");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // Refresh: scroll positions and open lists stay; the change is said, not shown twice
  let kept = { scroll: {}, open: [] };
  document.addEventListener("htmx:beforeSwap", (event) => {
    const kind = event.detail.xhr.getResponseHeader("Content-Type") || "";
    if (!kind.startsWith("text/html")) {
      event.detail.shouldSwap = false;
      let words = `The server answered with ${event.detail.xhr.status}.`;
      try { words = JSON.parse(event.detail.xhr.responseText).detail; } catch (error) { /* the status has to do */ }
      say(words);
      return;
    }
    kept = {
      scroll: Object.fromEntries(all("#results .pane[id]").map((pane) => [pane.id, pane.scrollTop])),
      open: all("#results details").map((each) => each.open),
    };
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (one("#search").value) find(one("#search").value);
    if (event.detail.target.id !== "results") return;
    for (const [id, top] of Object.entries(kept.scroll)) if (one(`#${id}`)) one(`#${id}`).scrollTop = top;
    const lists = all("#results details");
    if (lists.length === kept.open.length) lists.forEach((each, at) => { each.open = kept.open[at]; });
    const answer = one(".answer");
    say(answer ? answer.dataset.spoken : "");
    document.title = answer ? `scribe: ${answer.querySelector("h2").textContent}` : "scribe";
    if (event.detail.requestConfig.elt.id === "file") one("#file").value = "";
  });
  document.addEventListener("htmx:sendError", () => say("The server does not answer. Is scribe serve still running?"));

  // Keys
  const marks = () => all("#marked mark");
  let at = -1;
  const go = (step) => {
    const list = marks();
    if (!list.length) return;
    const current = list.indexOf(document.activeElement);
    at = ((current < 0 ? at : current) + step + list.length) % list.length;
    list[at].focus();
    list[at].scrollIntoView({ block: "center" });
  };
  const item = (number) => {
    const row = one(`[data-key="${number}"]`);
    if (!row) return;
    row.focus();
    row.scrollIntoView({ block: "nearest" });
    const place = row.querySelector(".quote");
    const target = place && one(place.getAttribute("href"));
    if (target) { location.replace(place.getAttribute("href")); target.scrollIntoView({ block: "center" }); row.focus({ preventScroll: true }); }
  };
  const keys = {
    j: () => go(1),
    k: () => go(-1),
    e: () => one("#text").focus(),
    "/": () => one("#search") && one("#search").focus(),
    "?": () => { one("#help").open = !one("#help").open; },
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { document.activeElement.blur(); all(".menu[open]").forEach((each) => { each.open = false; }); return; }
    if (event.target.matches("textarea, input, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key] || (/^[1-9]$/.test(event.key) && (() => item(event.key)));
    if (act) { event.preventDefault(); act(); }
  });

  // Search in the marked note
  const find = (words) => {
    if (!window.Highlight) return;
    CSS.highlights.delete("found");
    const wanted = words.toLowerCase();
    if (!wanted || !one("#marked")) return;
    const ranges = [];
    const walker = document.createTreeWalker(one("#marked"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(".tip, .hidden")) continue;
      const text = node.data.toLowerCase();
      for (let start = text.indexOf(wanted); start >= 0; start = text.indexOf(wanted, start + wanted.length)) {
        const range = new Range();
        range.setStart(node, start);
        range.setEnd(node, start + wanted.length);
        ranges.push(range);
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
    say(`${ranges.length} found`);
    if (ranges.length) ranges[0].startContainer.parentElement.scrollIntoView({ block: "center" });
  };
  document.addEventListener("input", (event) => { if (event.target.id === "search") find(event.target.value); });
  document.addEventListener("keydown", (event) => { if (event.target.id === "search" && event.key === "Enter") event.preventDefault(); });
})();
