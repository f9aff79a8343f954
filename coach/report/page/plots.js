// What is drawn in each chart.
const CLOSE_UP_MS = 8000, SQUARE = 250;
const frameNow = (list) => (frames.teacher.length ? list[frameAt(state.time)] : null);

function anglePlot() {
  const chart = new TimeChart(byId("angle-plot"), "Angle of the chosen joint: you, the teacher, and the tolerance around the teacher", {
    domain: () => extent([frames.angle[state.joint], frames.target[state.joint]], 40),
    closeUp: () => (byId("range").querySelector("input:checked").value === "close" ? CLOSE_UP_MS : null),
    tick: (value) => degrees(Math.round(value)),
    dots: ["teacher", "student"],
    values: () => [frameNow(frames.target[state.joint]), frameNow(frames.angle[state.joint])],
    draw: (one) => {
      const index = state.joint, xs = frames.teacher.map(one.x), tolerance = frames.tolerance[index].map((value) => value / 10);
      const target = frames.target[index], angle = frames.angle[index], verdict = frames.verdict[index];
      const shifted = (sign) => target.map((value, i) => (value === null ? null : one.y(value + sign * tolerance[i])));
      one.path("band", bandPath(xs, shifted(-1), shifted(1)));
      one.path("curve mistake", linePath(xs, angle.map((value, i) => (value === null || verdict[i] !== VERDICT.MISTAKE ? null : one.y(value)))));
      one.path("curve teacher", linePath(xs, scaled(target, one.y)));
      one.path("curve student", linePath(xs, angle.map((value, i) => (value === null || verdict[i] === VERDICT.UNSEEN ? null : one.y(value)))));
    },
  });
  const choose = byId("joint"), readout = byId("angle-readout");
  joints.forEach((joint, index) => element("option", { value: index }, choose, joint.label));
  choose.addEventListener("change", () => chooseJoint(Number(choose.value)));
  const say = () => { readout.textContent = frames.teacher.length ? `${clockText(state.time)}: ${jointWords(state.joint, frameAt(state.time))}` : "Nothing was compared."; };
  listeners.joint.push(() => { choose.value = state.joint; chart.render(); say(); });
  listeners.time.push(say);
  byId("range").addEventListener("change", () => chart.render());
  if (END - START <= CLOSE_UP_MS) byId("range").hidden = true;
}

function timingPlot() {
  new TimeChart(byId("timing-plot"), "How many milliseconds early or late you are", {
    domain: () => { const [low, high] = extent([frames.timing, [0]], 240); return [low, high]; },
    tick: (value) => (value === 0 ? "on time" : `${signed(Math.round(value))}`),
    dots: ["student"],
    values: () => [frameNow(frames.timing)],
    draw: (one) => {
      one.path("curve student", linePath(frames.teacher.map(one.x), scaled(frames.timing, one.y)));
    },
  });
}

function energyPlot() {
  const { student, teacher } = frames.energy;
  new TimeChart(byId("energy-plot"), "Energy of the movement of both dancers, and their accents", {
    foot: 34,
    domain: () => [0, extent([student, teacher, [0]], 500)[1]],
    tick: (value) => (value / 1000).toFixed(1),
    dots: ["teacher", "student"],
    values: () => [frameNow(teacher), frameNow(student)],
    draw: (one) => {
      const xs = frames.teacher.map(one.x);
      one.path("area", bandPath(xs, teacher.map((value) => (value === null ? null : one.y(0))), scaled(teacher, one.y)));
      one.path("curve teacher", linePath(xs, scaled(teacher, one.y)));
      one.path("curve student", linePath(xs, scaled(student, one.y)));
      const rows = { teacher: one.bottom - 20, student: one.bottom - 5 };
      const met = { teacher: new Set(data.hits.pairs.map((pair) => pair[0])), student: new Set(data.hits.pairs.map((pair) => pair[1])) };
      for (const [own, other] of data.hits.pairs) {
        if (own !== null && other !== null) element("svg:line", { class: "hit-link", x1: one.x(own), y1: rows.teacher, x2: one.x(other), y2: rows.student }, one.svg);
      }
      for (const who of ["teacher", "student"]) for (const ms of data.hits[who]) if (ms !== null && ms >= START && ms <= END) {
        element("svg:circle", { class: `hit ${who} ${met[who].has(ms) ? "met" : "missed"}`, cx: one.x(ms), cy: rows[who], r: 3.6 }, one.svg);
      }
    },
  });
}
/** A square plot with equal units is drawn by `draw(svg, box)` and updated by `move()`. */
class Plot {
  constructor(host, label, draw) {
    this.host = host; this.draw = draw; this.move = () => {};
    this.svg = element("svg:svg", { role: "img", "aria-label": label }, host);
    new ResizeObserver(() => this.render()).observe(host);
    listeners.time.push(() => this.move());
  }
  render() {
    const { width, height } = this.host.getBoundingClientRect();
    if (width < 20) return;
    this.svg.replaceChildren();
    this.draw(this, width, height);
    this.move();
  }
}

function pathPlot() {
  const plot = new Plot(byId("path-plot"), "Warping path: your time over the teacher's time", (one, width, height) => {
    const left = 44, right = width - 8, top = 8, bottom = height - 24;
    const low = path.student[0] ?? 0, high = path.student[path.student.length - 1] ?? 1;
    one.x = (ms) => left + ((ms - START) / (END - START)) * (right - left);
    const y = (ms) => bottom - ((ms - low) / Math.max(high - low, 1)) * (bottom - top);
    for (const ms of timeTicks(START, END, right - left)) element("svg:text", { x: clamp(one.x(ms), left + 4, right - 14), y: height - 5, "text-anchor": "middle" }, one.svg, timeLabel(ms));
    for (const ms of timeTicks(low, high, (bottom - top) * 1.6)) {
      element("svg:line", { class: "axis", x1: left, x2: right, y1: Math.round(y(ms)) + 0.5, y2: Math.round(y(ms)) + 0.5 }, one.svg);
      element("svg:text", { x: left - 8, y: y(ms) + 4, "text-anchor": "end" }, one.svg, timeLabel(ms));
    }
    element("svg:text", { x: right, y: bottom - 6, "text-anchor": "end" }, one.svg, "teacher →");
    element("svg:text", { x: left + 6, y: top + 8 }, one.svg, "↑ you");
    if (data.offset !== null) {
      const slope = 1 / (data.tempo || 1), ends = [START, END].map((ms) => data.offset + slope * ms);
      element("svg:path", { class: "curve teacher", d: `M${one.x(START)} ${y(ends[0])}L${one.x(END)} ${y(ends[1])}` }, one.svg);
    }
    element("svg:path", { class: "curve student", d: linePath(path.teacher.map(one.x), path.student.map(y)) }, one.svg);
    const dot = element("svg:circle", { class: "now-dot student", r: 5.5 }, one.svg);
    one.move = () => { dot.setAttribute("cx", one.x(state.time)); dot.setAttribute("cy", y(studentOnPath(state.time))); };
    one.timeOf = (x) => START + ((x - left) / (right - left)) * (END - START);
  });
  const go = (event) => { setPlaying(false); seek(plot.timeOf(event.clientX - plot.svg.getBoundingClientRect().left)); };
  plot.svg.addEventListener("pointerdown", (event) => { plot.svg.setPointerCapture(event.pointerId); go(event); });
  plot.svg.addEventListener("pointermove", (event) => { if (event.buttons) go(event); });
}

function floorPlot() {
  new Plot(byId("floor-plot"), "Both dancers' paths on the floor, seen from above", (one, width, height) => {
    const { student, teacher } = frames.floor, margin = 14;
    const [left, right] = extent([student[0], teacher[0]], 600), [far, near] = extent([student[1], teacher[1]], 600);
    const scale = Math.min((width - 2 * margin) / (right - left), (height - 2 * margin) / (near - far));
    const middle = [(left + right) / 2, (far + near) / 2];
    const x = (value) => width / 2 + (value - middle[0]) * scale, y = (value) => height / 2 + (value - middle[1]) * scale;
    for (let place = Math.ceil((middle[0] - width / 2 / scale) / SQUARE) * SQUARE; x(place) < width; place += SQUARE) element("svg:line", { class: "axis", x1: Math.round(x(place)) + 0.5, x2: Math.round(x(place)) + 0.5, y1: 0, y2: height }, one.svg);
    for (let place = Math.ceil((middle[1] - height / 2 / scale) / SQUARE) * SQUARE; y(place) < height; place += SQUARE) element("svg:line", { class: "axis", x1: 0, x2: width, y1: Math.round(y(place)) + 0.5, y2: Math.round(y(place)) + 0.5 }, one.svg);
    const dots = {};
    for (const [who, way] of [["teacher", teacher], ["student", student]]) {
      element("svg:path", { class: `curve ${who}`, d: linePath(scaled(way[0], x), scaled(way[1], y)) }, one.svg);
      const first = way[0].findIndex((value, index) => value !== null && way[1][index] !== null);
      if (first >= 0) element("svg:circle", { class: `start ${who}`, cx: x(way[0][first]), cy: y(way[1][first]), r: 5 }, one.svg);
    }
    for (const who of ["teacher", "student"]) dots[who] = element("svg:circle", { class: `now-dot ${who}`, r: 6.5 }, one.svg);
    one.move = () => {
      for (const [who, way] of [["teacher", teacher], ["student", student]]) {
        const [across, along] = [frameNow(way[0]), frameNow(way[1])], known = across !== null && along !== null;
        dots[who].setAttribute("visibility", known ? "visible" : "hidden");
        if (known) { dots[who].setAttribute("cx", x(across)); dots[who].setAttribute("cy", y(along)); }
      }
    };
  });
}
