// What is being typed is saved as a draft after each pause (htmx does that). This is for the pause that never comes:
// the tab is closed, the phone goes dark, a link is followed in the middle of a word.
"use strict";

const KEEPER = '[hx-post][hx-include][hx-trigger^="input"]'; // the element by which htmx saves a form's draft
const unsaved = new Set();

document.addEventListener("input", (event) => {
  const keeper = event.target.form && event.target.form.querySelector(KEEPER);
  if (keeper) unsaved.add(keeper);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) unsaved.delete(event.detail.elt);
});
document.addEventListener("submit", (event) => {
  for (const keeper of [...unsaved]) if (event.target.contains(keeper)) unsaved.delete(keeper);
});

function saveNow() {
  for (const keeper of [...unsaved]) {
    const typed = new FormData(keeper.closest("form"));
    if (navigator.sendBeacon(keeper.getAttribute("hx-post"), typed)) unsaved.delete(keeper);
  }
}
addEventListener("pagehide", saveNow);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saveNow();
});
