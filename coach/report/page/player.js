// The stage with both dancers, and its controls.
const stage = byId("stage"), scrubber = byId("scrubber"), playButton = byId("play");

function floorLine(context, x, y, width) {
  const glow = context.createRadialGradient(0, 0, 0, 0, 0, 1);
  glow.addColorStop(0, colours.line); glow.addColorStop(1, "transparent");
  context.save();
  context.translate(x, y); context.scale(width / 2, width / 16);
  context.fillStyle = glow; context.beginPath(); context.arc(0, 0, 1, 0, 2 * Math.PI); context.fill();
  context.restore();
}

function drawStage() {
  const { context, width, height } = sharp(stage), over = state.view === "over";
  if (width < 80 || height < 80) return; // not laid out yet
  const half = over ? width : width / 2, frame = frames.teacher.length ? frameAt(state.time) : -1;
  const layout = framing(half, height, 12);
  const teacher = poseAt("teacher", state.time), student = poseAt("student", studentTime(state.time));
  const judged = frame >= 0 && state.match === "movement", parts = judged ? worstParts(frame) : new Set();
  if (!over) {
    for (const place of [0, 1]) floorLine(context, half * (place + 0.5), height - 22, half * 0.7);
    side(context, "teacher", teacher, layout, 0, half, height);
    const figure = side(context, "student", student, layout, half, half, height, parts);
    if (figure && judged) figure.marks(frame);
    return;
  }
  floorLine(context, half / 2, height - 22, half * 0.5);
  const figure = student && new Figure(context, student, layout.student.place(student), layout.student.unit, looks.student(), parts);
  if (figure) figure.draw();
  if (teacher) overlaid(context, teacher, layout.teacher, figure);
  if (figure && judged) figure.marks(frame);
}

function side(context, who, pose, layout, left, width, height, parts = new Set()) {
  if (!pose) {
    context.fillStyle = colours.dim; context.font = "14px system-ui, sans-serif"; context.textAlign = "center";
    context.fillText("not in the video here", left + width / 2, height / 2);
    return null;
  }
  const { unit } = layout[who], place = layout[who].place(pose);
  const figure = new Figure(context, pose, (x, y) => { const p = place(x, y); return [p[0] + left, p[1]]; }, unit, looks[who](), parts);
  figure.draw();
  return figure;
}

/** The teacher as a pane of glass: hips on the student's hips. */
function overlaid(context, pose, { place, unit }, student) {
  const ghost = new Figure(context, pose, place(pose), unit, { near: colours.teacher, far: colours.teacher, gap: null, accent: colours.teacher });
  const own = ghost.middle("hip"), other = student && student.middle("hip");
  if (own && other) for (const point of ghost.points) if (point) { point[0] += other[0] - own[0]; point[1] += other[1] - own[1]; }
  const layer = document.createElement("canvas");
  layer.width = stage.width; layer.height = stage.height;
  const ratio = stage.width / stage.getBoundingClientRect().width;
  ghost.context = layer.getContext("2d");
  ghost.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  ghost.pose = { ...pose, faint: 0 };
  ghost.draw();
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0); context.globalAlpha = 0.55; context.drawImage(layer, 0, 0);
  context.restore();
}

const nowLine = byId("now"), offLine = byId("off-now");
function tell() {
  const own = studentTime(state.time), frame = frames.teacher.length ? frameAt(state.time) : -1;
  nowLine.replaceChildren();
  const add = (label, ms) => { const part = element("span", {}, nowLine, `${label} `); element("b", {}, part, clockText(ms)); };
  add("Teacher", state.time);
  const timing = frame >= 0 ? frames.timing[frame] : null;
  element("span", {}, nowLine, timing === null ? "" : Math.abs(timing) < 20 ? "on time" : `${Math.abs(timing)} ms ${timing > 0 ? "early" : "late"}`);
  add("You", own);
  const off = [];
  if (frame >= 0) joints.forEach((joint, index) => {
    if (frames.verdict[index][frame] === VERDICT.MISTAKE) off.push([Math.abs(frames.excess[index][frame] ?? 0), joint.label]);
  });
  off.sort((a, b) => b[0] - a[0]);
  offLine.classList.toggle("fine", !off.length);
  const judged = frame >= 0 && joints.some((_, index) => frames.verdict[index][frame] !== VERDICT.UNSEEN);
  offLine.textContent = !judged ? "Not judged at this moment" : off.length ? "Off: " + off.slice(0, 3).map(([by, label]) => `${label} ${by}°`).join(", ") : "Nothing off at this moment";
  scrubber.value = state.time;
  scrubber.style.setProperty("--done", `${(100 * (state.time - START)) / (END - START)}%`);
  scrubber.setAttribute("aria-valuetext", `${clockText(state.time)} of ${clockText(END)}`);
}

let lastTick = null;
function tick(now) {
  if (!state.playing) return;
  const passed = lastTick === null ? 0 : Math.min(now - lastTick, 100);
  lastTick = now;
  if (state.time >= END) return setPlaying(false);
  seek(state.time + passed * state.speed);
  requestAnimationFrame(tick);
}
function setPlaying(playing) {
  if (playing && state.time >= END) seek(START);
  state.playing = playing;
  playButton.setAttribute("aria-pressed", String(playing));
  playButton.setAttribute("aria-label", playing ? "Pause" : "Play");
  lastTick = null;
  if (playing) requestAnimationFrame(tick);
}

const LEAD_MS = 600;
const moments = data.worst.map((moment) => ({ ...moment, at: moment.peak.teacher })).filter((moment) => moment.at !== null)
  .sort((a, b) => a.at - b.at);
function toMoment(direction) {
  const found = direction > 0 ? moments.find((moment) => moment.at > state.time + 1) : moments.filter((moment) => moment.at < state.time - 1).pop();
  const wanted = found ?? (direction > 0 ? moments[0] : moments[moments.length - 1]);
  if (wanted) showMoment(wanted.at, wanted.joint);
}
function showMoment(ms, joint) {
  setPlaying(false);
  if (joint in jointIndex) chooseJoint(jointIndex[joint]);
  seek(ms);
}

function setUpPlayer() {
  scrubber.min = START; scrubber.max = END;
  scrubber.addEventListener("input", () => seek(Number(scrubber.value)));
  scrubber.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -100, ArrowRight: 100, PageDown: -1000, PageUp: 1000 }[event.key];
    if (step) { event.preventDefault(); seek(state.time + step); }
  });
  playButton.addEventListener("click", () => setPlaying(!state.playing));
  byId("previous").addEventListener("click", () => toMoment(-1));
  byId("next").addEventListener("click", () => toMoment(1));
  for (const id of ["previous", "next"]) byId(id).disabled = !moments.length;
  const choice = (id, use) => byId(id).addEventListener("change", (event) => use(event.target.value));
  choice("speed", (value) => { state.speed = Number(value); });
  choice("view", (value) => { state.view = value; byId("player").classList.toggle("over", value === "over"); drawStage(); });
  choice("match", (value) => { state.match = value; seek(state.time); });
  if (data.offset === null || data.tempo !== null) byId("match").hidden = true;
  for (const moment of moments) {
    const tickMark = element("i", {}, byId("ticks"));
    tickMark.style.left = `${(100 * (moment.at - START)) / (END - START)}%`;
  }
  for (const button of document.querySelectorAll("[data-seek]")) button.addEventListener("click", () => {
    showMoment(1000 * Number(button.dataset.seek), button.dataset.joint);
    byId("player").scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, button, summary, a, [tabindex]")) return;
    const use = { " ": () => setPlaying(!state.playing), ArrowLeft: () => seek(state.time - 100), ArrowRight: () => seek(state.time + 100),
      n: () => toMoment(1), p: () => toMoment(-1) }[event.key];
    if (use) { event.preventDefault(); use(); }
  });
  listeners.time.push(drawStage, tell);
  listeners.paint.push(drawStage);
  new ResizeObserver(drawStage).observe(stage);
}
