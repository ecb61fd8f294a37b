// What somebody types in a lesson stays in this device's store until the server has said yes: a lost connection, a
// closed tab or a dark phone loses nothing. And the time that a lesson's page is in sight is told to the server.
// Without this script the forms are sent as forms are, and no time is counted.
"use strict";

const TYPED = "apego:typed:", STAYED = "apego:stayed:", COUNTED = "apego:counted";
const RETRY = 5000, TICK = 5000, TELL = 30000, STILL = 5 * 60 * 1000; // milliseconds
const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
const keep = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full, or private */ } };
const drop = (key) => { try { localStorage.removeItem(key); } catch { /* private */ } };
const keys = (start) => { try { return Object.keys(localStorage).filter((key) => key.startsWith(start)); } catch { return []; } };
const newKey = () => ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, // randomUUID exists on https alone
  (c) => (c ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> c / 4).toString(16));

// ---- Forms: kept while typed, sent until the server has them -----------------------------------------------------
const forms = new Map([...document.querySelectorAll("form[data-keep]")].map((form) => [TYPED + form.dataset.keep, form]));
const me = ([...forms.keys()][0] || "").slice(TYPED.length).split(":")[0] || (document.querySelector("[data-person]") || { dataset: {} }).dataset.person;
const HIDDEN = ["csrfmiddlewaretoken", "delivery"];

function typed(form) {
  return [...new FormData(form)].filter(([name]) => !HIDDEN.includes(name));
}

function say(form, what) {
  const line = form && form.querySelector("[data-says]");
  if (line) line.textContent = what ? line.dataset[what] : "";
}

function putBack(form, fields) {
  for (const field of form.elements) {
    if (!field.name || HIDDEN.includes(field.name) || field.type === "submit") continue;
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
}

const told = (fields) => JSON.stringify(fields.filter(([, value]) => value !== ""));

function opened(key, form) {
  const before = told(typed(form));
  const kept = read(key);
  if (kept && told(kept.fields) !== before) {
    putBack(form, kept.fields);
    const folded = form.closest("details");
    if (folded) folded.open = true;
    say(form, "back");
  }
  form.addEventListener("input", () => {
    form.elements.delivery.value = newKey(); // other words are another sending
    keep(key, { fields: typed(form), action: form.action, waits: "" });
    say(form, "here");
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(key, { fields: typed(form), action: form.action, waits: form.elements.delivery.value });
    send(key);
  });
}

const sending = new Set();

async function send(key) {
  const kept = read(key), form = forms.get(key);
  if (!kept || !kept.waits || sending.has(key)) return;
  sending.add(key);
  const body = new URLSearchParams([...kept.fields, ["delivery", kept.waits]]);
  let answer;
  try {
    answer = await fetch(kept.action, { method: "POST", body, headers: { "X-CSRFToken": token() }, credentials: "same-origin" });
  } catch {
    say(form, "waits");
    sending.delete(key);
    return;
  }
  sending.delete(key);
  const now = read(key);
  if (answer.ok && answer.redirected && new URL(answer.url).pathname.includes("/learn/")) {
    if (now && now.waits === kept.waits) drop(key); // the server's yes; what was typed since stays
    await arrived(form, answer);
  } else if (answer.status >= 500) {
    say(form, "waits");
  } else {
    // Not taken as it is: signed out, or something to mend. The words stay here, and the page says what it is.
    if (now) keep(key, { ...now, waits: "" });
    if (answer.redirected) say(form, "signedOut");
    else if (form) form.submit();
  }
}

async function arrived(form, answer) {
  if (!form) return waiting();
  if (!form.dataset.refresh) { location.assign(answer.url); if (new URL(answer.url).pathname === location.pathname) location.reload(); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const selector of form.dataset.refresh.split(",")) {
    const here = document.querySelector(selector), there = page.querySelector(selector);
    if (here && there) here.replaceWith(document.adoptNode(there));
  }
  const fresh = page.querySelector("form [name=csrfmiddlewaretoken]");
  form.reset();
  form.elements.delivery.value = newKey();
  if (fresh) form.elements.csrfmiddlewaretoken.value = fresh.value;
  say(form, "done");
}

function waiting() {
  const line = document.querySelector("[data-waiting]");
  const some = keys(`${TYPED}${me}:`).some((key) => !forms.has(key) && (read(key) || {}).waits);
  if (line) { line.hidden = !some; line.textContent = some ? line.dataset.one : ""; }
}

function sendAll() {
  if (me) keys(`${TYPED}${me}:`).forEach(send);
  waiting();
}

forms.forEach((form, key) => opened(key, form));
addEventListener("online", sendAll);
document.addEventListener("visibilitychange", () => { if (!document.hidden) sendAll(); });
setInterval(sendAll, RETRY);
sendAll();

// ---- Time: while the page is in sight and somebody is there --------------------------------------------------------
const stay = document.querySelector("[data-stay]");
if (stay) {
  const address = stay.dataset.stay;
  let last = Date.now(), stirred = Date.now();
  for (const kind of ["pointerdown", "keydown", "scroll", "input", "apego:plays"]) {
    addEventListener(kind, () => { stirred = Date.now(); }, { passive: true, capture: true });
  }
  const count = () => {
    const now = Date.now();
    const from = Math.max(last, Number(read(COUNTED)) || 0); // another window of hers may have counted it
    last = now;
    if (document.hidden || now - stirred > STILL || from > now) return;
    const kept = read(STAYED + address) || 0;
    keep(STAYED + address, kept + (now - from) / 1000);
    keep(COUNTED, now);
  };
  const tell = (leaving) => {
    count();
    const seconds = Math.floor(read(STAYED + address) || 0);
    const scene = document.querySelector("[data-scene]");
    const place = scene ? scene.dataset.now || "" : "";
    if (!seconds) return;
    const body = new FormData();
    for (const [name, value] of [["seconds", seconds], ["place", place], ["csrfmiddlewaretoken", token()]]) body.append(name, value);
    const counted = () => keep(STAYED + address, Math.max(0, (read(STAYED + address) || 0) - seconds));
    if (leaving) { if (navigator.onLine && navigator.sendBeacon(address, body)) counted(); return; }
    fetch(address, { method: "POST", body, credentials: "same-origin", redirect: "error" }).then((answer) => { if (answer.ok) counted(); }, () => {});
  };
  document.addEventListener("visibilitychange", () => { if (document.hidden) tell(true); else last = Date.now(); });
  addEventListener("pagehide", () => tell(true));
  setInterval(count, TICK);
  setInterval(() => tell(false), TELL);
}
