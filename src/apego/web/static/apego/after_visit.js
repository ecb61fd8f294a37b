// Six questions, one a screen. Without this script they stand one below the other, and all of it works.
const form = document.querySelector("[data-steps]");
const steps = [...form.querySelectorAll("[data-step]")];
const find = (name) => form.querySelector(`[data-${name}]`);
let now = 0;

const show = (focus = true) => {
  const whole = "all" in form.dataset;
  const last = whole || now === steps.length - 1;
  steps.forEach((step, place) => { step.hidden = !whole && place !== now; });
  find("place").hidden = whole;
  find("place").textContent = form.dataset.of.replace("{step}", now + 1).replace("{steps}", steps.length);
  find("back").hidden = whole || now === 0;
  find("on").hidden = last;
  find("shortcuts").hidden = whole;
  // Whoever has written enough may keep it at any step: quietly beside "Next", as the one filled button at the end.
  find("keep").classList.toggle("quiet", !last);
  if (focus && !whole) steps[now].querySelector("textarea").focus();
};

const go = (by) => { now = Math.min(Math.max(now + by, 0), steps.length - 1); show(); };
find("back").addEventListener("click", () => go(-1));
find("on").addEventListener("click", () => go(1));
find("show-all").addEventListener("click", () => { form.dataset.all = ""; show(false); steps[now].scrollIntoView(); });
show(false);
