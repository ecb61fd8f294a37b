// Signing on the screen: what the finger draws becomes an SVG path in a hidden field, in a box of 600 by 240.
for (const box of document.querySelectorAll("[data-signature]")) {
  const pad = box.querySelector("[data-pad]");
  const svg = pad.querySelector("svg");
  const ink = svg.querySelector(".ink");
  const field = box.querySelector('input[type="hidden"]');
  let pen = null;

  const place = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const within = (value, most) => Math.round(Math.min(Math.max(value, 0), most));
    return `${within(at.x, 600)} ${within(at.y, 240)}`;
  };
  const draw = (more) => {
    field.value += more;
    ink.setAttribute("d", field.value);
  };
  pad.addEventListener("pointerdown", (event) => {
    if (pen !== null || event.button > 0) return;
    pen = event.pointerId;
    pad.setPointerCapture(pen);
    // A tap alone is a dot: a line to its own place has a round end.
    draw(`M${place(event)}L${place(event)}`);
  });
  pad.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pen) return;
    // A fast hand draws more places than the screen has frames.
    const places = event.getCoalescedEvents?.() ?? [];
    draw((places.length ? places : [event]).map((one) => `L${place(one)}`).join(""));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    pad.addEventListener(end, (event) => {
      if (event.pointerId === pen) pen = null;
    });
  }
  box.querySelector("[data-clear]").addEventListener("click", () => {
    field.value = "";
    ink.setAttribute("d", "");
  });
  box.classList.add("ready");
}
