// Every joint over time: how far off, in shares of its tolerance.
const ROW = 21, HOTTEST = 3;
const heatField = byId("heat-field"), heatCanvas = byId("heat-canvas"), heatCursor = byId("heat-cursor");
const heatLabels = [];

function hatch(context) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const pen = tile.getContext("2d");
  pen.fillStyle = colours["heat-unseen"]; pen.fillRect(0, 0, 6, 6);
  pen.strokeStyle = colours["heat-hatch"]; pen.lineWidth = 1.2;
  pen.beginPath();
  for (const shift of [-6, 0, 6]) { pen.moveTo(shift, 6); pen.lineTo(shift + 6, 0); }
  pen.stroke();
  return context.createPattern(tile, "repeat");
}

function drawHeat() {
  const { context, width, height } = sharp(heatCanvas);
  context.fillStyle = hatch(context);
  context.fillRect(0, 0, width, height);
  const columns = Math.max(1, Math.floor(width)), span = END - START;
  joints.forEach((_, row) => {
    let first = 0;
    for (let column = 0; column < columns; column++) {
      const until = START + ((column + 1) / columns) * span, from = START + (column / columns) * span;
      while (first < frames.teacher.length - 1 && frames.teacher[first + 1] <= from) first++;
      const fill = heatColour(row, first, until);
      if (fill) { context.fillStyle = fill; context.fillRect(column, row * ROW, 1.5, ROW); }
    }
  });
  context.fillStyle = colours.card;
  for (let row = 1; row < joints.length; row++) context.fillRect(0, row * ROW - 0.75, width, 1.5);
  context.strokeStyle = colours.text; context.lineWidth = 2;
  context.strokeRect(1, state.joint * ROW + 0.5, width - 2, ROW - 1);
}

/** The worst verdict among the samples of a column, at its largest heat; null where nothing was judged. */
function heatColour(row, first, until) {
  let verdict = VERDICT.UNSEEN, heat = 0;
  for (let frame = first; frame < frames.teacher.length && (frame === first || frames.teacher[frame] < until); frame++) {
    const found = frames.verdict[row][frame], excess = frames.excess[row][frame] ?? 0;
    const share = (10 * Math.abs(excess)) / Math.max(frames.tolerance[row][frame], 1);
    if (found > verdict) { verdict = found; heat = share; } else if (found === verdict) heat = Math.max(heat, share);
  }
  if (verdict === VERDICT.UNSEEN) return null;
  if (verdict === VERDICT.STYLE) return colours["heat-style"];
  if (verdict === VERDICT.GOOD) return mixed(colours["heat-good-0"], colours["heat-good-1"], clamp(heat, 0, 1));
  return mixed(colours["heat-mistake-0"], colours["heat-mistake-1"], clamp((heat - 1) / (HOTTEST - 1), 0, 1));
}

function moveHeatCursor() { heatCursor.style.left = `${(100 * (state.time - START)) / (END - START)}%`; }

function setUpHeat() {
  joints.forEach((joint, index) => {
    const button = element("button", { type: "button", "aria-pressed": "false" }, byId("heat-labels"), joint.label);
    button.addEventListener("click", () => chooseJoint(index));
    heatLabels.push(button);
  });
  let drag = false;
  const go = (event) => {
    const box = heatField.getBoundingClientRect();
    setPlaying(false);
    chooseJoint(clamp(Math.floor((event.clientY - box.top) / ROW), 0, joints.length - 1));
    seek(START + ((event.clientX - box.left) / box.width) * (END - START));
  };
  heatField.addEventListener("pointerdown", (event) => { drag = true; heatField.setPointerCapture(event.pointerId); go(event); });
  heatField.addEventListener("pointermove", (event) => { if (drag) go(event); });
  for (const name of ["pointerup", "pointercancel"]) heatField.addEventListener(name, () => { drag = false; });
  heatField.addEventListener("keydown", (event) => {
    const use = { ArrowLeft: () => seek(state.time - 100), ArrowRight: () => seek(state.time + 100), ArrowUp: () => chooseJoint(state.joint - 1),
      ArrowDown: () => chooseJoint(state.joint + 1), Home: () => seek(START), End: () => seek(END), " ": () => setPlaying(!state.playing) }[event.key];
    if (use) { event.preventDefault(); use(); }
  });
  const axis = byId("heat-axis");
  new ResizeObserver(() => {
    drawHeat();
    axis.replaceChildren();
    const width = axis.getBoundingClientRect().width;
    for (const ms of timeTicks(START, END, width)) {
      const label = element("span", {}, axis, timeLabel(ms));
      label.style.left = `${clamp(((ms - START) / (END - START)) * width, 10, width - 12)}px`;
    }
  }).observe(heatField);
  listeners.time.push(moveHeatCursor);
  listeners.paint.push(drawHeat);
  listeners.joint.push(() => {
    heatLabels.forEach((button, index) => button.setAttribute("aria-pressed", String(index === state.joint)));
    drawHeat();
  });
}
