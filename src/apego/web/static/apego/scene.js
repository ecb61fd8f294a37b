// The scene plays: line by line with drawings, by a clock of its own, or with a recording, by the recording's.
// Without this script it is a transcript with its pictures, or a video with the browser's buttons.
"use strict";

const scene = document.querySelector("[data-scene]");
const find = (name) => scene.querySelector(`[data-${name}]`);
const film = find("film"), picture = find("picture"), caption = find("caption"), timeline = find("timeline");
const lines = [...scene.querySelectorAll("[data-start]")].map((item) => ({
  item, start: Number(item.dataset.start), end: Number(item.dataset.end), seen: item.classList.contains("is-seen"),
  role: ["visitor", "parent", "child", "other"].find((role) => item.classList.contains(role)) || "",
  who: (item.querySelector("[data-who]") || {}).textContent || "", text: item.querySelector("[data-text]").textContent,
}));
const pictures = [...scene.querySelectorAll("[data-shows]")].map((item) => ({ at: Number(item.dataset.shows), file: item.dataset.file, alt: item.dataset.alt }));
const length = Number(scene.dataset.length);
const smooth = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
const SPEEDS = [...find("speed").options].map((option) => Number(option.value));
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

let place = Math.min(Number(scene.dataset.at) || 0, Math.max(0, length - 1)), playing = false, speed = 1, before = 0, current = -2;
const playSays = find("play").textContent;

// A film that was recorded in a browser does not know its own length.
const whole = () => Math.max(length, film && Number.isFinite(film.duration) ? Math.floor(film.duration) : 0);
const now = () => (film ? film.currentTime : place);
// The line that is being said, or the last one before it: a pause keeps what was said last in sight.
const lineAt = (seconds) => lines.reduce((found, line, number) => (line.start <= seconds + 0.01 ? number : found), 0);

function draw() {
  const at = now(), number = lineAt(at), line = lines[number];
  scene.dataset.now = Math.floor(at);
  timeline.value = Math.floor(at);
  timeline.setAttribute("aria-valuetext", `${clock(at)}${line ? `, ${line.who ? `${line.who}: ` : ""}${line.text}` : ""}`);
  find("clock").textContent = `${clock(at)} / ${clock(whole())}`;
  if (picture) {
    const shown = pictures.filter((one) => one.at <= at + 0.01).pop() || pictures[0];
    if (shown && picture.getAttribute("src") !== shown.file) { picture.src = shown.file; picture.alt = shown.alt; }
  }
  if (number === current) return;
  current = number;
  lines.forEach((one, place) => { if (place === number) one.item.setAttribute("aria-current", "true"); else one.item.removeAttribute("aria-current"); });
  find("line-number").textContent = line ? find("line-number").dataset.of.replace("{line}", number + 1).replace("{lines}", lines.length) : "";
  caption.className = `caption ${line ? line.role : ""}${line && line.seen ? " is-seen" : ""}`;
  caption.textContent = "";
  if (line) {
    if (line.who) caption.append(Object.assign(document.createElement("b"), { textContent: line.who }));
    caption.append(line.text);
    const script = find("script"), box = line.item.getBoundingClientRect(), frame = script.getBoundingClientRect();
    script.scrollBy({ top: box.top - frame.top - frame.height / 3, behavior: smooth });
  }
}

function seek(seconds) {
  place = Math.min(Math.max(0, seconds), whole());
  if (film) film.currentTime = place;
  current = -2;
  draw();
}

function step(by) {
  const number = lineAt(now()) + by;
  seek(lines.length ? lines[Math.min(Math.max(number, 0), lines.length - 1)].start : now() + 5 * by);
}

function shows(isPlaying) {
  playing = isPlaying;
  find("play").textContent = playing ? find("play").dataset.pauseSays : playSays;
}

function frame(time) {
  if (!playing || film) return;
  place += ((time - before) / 1000) * speed;
  before = time;
  if (place >= length) { place = length; shows(false); }
  draw();
  if (playing) requestAnimationFrame(frame);
}

function play() {
  if (film) { if (film.paused) film.play(); else film.pause(); return; }
  if (playing) return shows(false);
  if (place >= length) place = 0;
  shows(true);
  requestAnimationFrame((time) => { before = time; frame(time); });
}

function faster(by) {
  const at = SPEEDS.indexOf(speed) + by;
  if (SPEEDS[at] === undefined) return;
  speed = SPEEDS[at];
  find("speed").value = String(speed);
  if (film) film.playbackRate = speed;
}

function markNow() {
  const form = document.querySelector("#mark form");
  if (!form) return;
  if (film) film.pause(); else shows(false);
  document.querySelector("#mark").open = true;
  form.elements.at.value = clock(now());
  (form.querySelector("[type=radio]") || form.elements.words).focus();
}

const KEYS = { k: play, j: () => step(-1), l: () => step(1), m: markNow, ",": () => faster(-1), ".": () => faster(1) };
const watched = [find("stage"), find("player")];
watched.forEach((part) => part.addEventListener("keydown", (event) => {
  const does = KEYS[event.key.toLowerCase()];
  if (!does || event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "SELECT") return;
  event.preventDefault();
  does();
}));
find("play").addEventListener("click", play);
scene.querySelectorAll("[data-step]").forEach((button) => button.addEventListener("click", () => step(Number(button.dataset.step))));
if (find("mark-now")) find("mark-now").addEventListener("click", markNow);
find("speed").addEventListener("change", (event) => { speed = Number(event.target.value); if (film) film.playbackRate = speed; });
timeline.addEventListener("input", () => seek(Number(timeline.value)));
scene.addEventListener("click", (event) => {
  const to = event.target.closest("[data-go], [data-seek]");
  if (!to) return;
  event.preventDefault();
  seek(to.dataset.seek !== undefined ? Number(to.dataset.seek) : Number(to.closest("[data-start]").dataset.start));
});
scene.querySelectorAll("[data-captions]").forEach((link) => link.addEventListener("click", () => {
  const there = new URL(link.href);
  there.searchParams.set("from", Math.floor(now()));
  link.href = there;
}));

scene.classList.add("plays");
find("stage").hidden = find("player").hidden = false;
find("stage").tabIndex = 0;
find("stage").setAttribute("role", "group");
find("stage").setAttribute("aria-labelledby", "scene");
const asked = new URLSearchParams(location.search).get("from");
if (asked !== null) place = Math.min(Number(asked) || 0, length);
if (film) {
  film.addEventListener("play", () => shows(true));
  film.addEventListener("pause", () => shows(false));
  film.addEventListener("timeupdate", draw);
  film.addEventListener("loadedmetadata", () => { timeline.max = whole(); if (place) film.currentTime = place; draw(); }, { once: true });
}
// A scene that plays is somebody watching, though nothing is touched.
setInterval(() => { if (playing) dispatchEvent(new Event("apego:plays")); }, 10000);
draw();
