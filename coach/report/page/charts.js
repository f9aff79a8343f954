// Curves over the dance's time: axes, a line at the present moment, and a click that goes there.
function niceStep(span, most) {
  const raw = span / Math.max(most, 1), power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= raw);
}
function ticksOf(low, high, most) {
  const step = niceStep(high - low, most), found = [];
  for (let value = Math.ceil(low / step - 1e-9) * step; value <= high + 1e-9 * step; value += step) found.push(Math.abs(value) < step * 1e-6 ? 0 : value);
  return found;
}
function timeTicks(start, end, width) {
  const steps = [500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000];
  const step = steps.find((one) => ((end - start) / one) * 62 <= width) ?? 1200000, found = [];
  for (let ms = Math.ceil(start / step) * step; ms <= end; ms += step) found.push(ms);
  return found;
}
const timeLabel = (ms) => (ms % 1000 ? clockText(ms) : clockText(ms, false));

function extent(lists, least) {
  let low = Infinity, high = -Infinity;
  for (const list of lists) for (const value of list) if (value !== null) { low = Math.min(low, value); high = Math.max(high, value); }
  if (low > high) [low, high] = [0, 1];
  const pad = Math.max((least - (high - low)) / 2, 0.06 * (high - low));
  return [low - pad, high + pad];
}

/** SVG path of y over x; a null in y lifts the pen. */
function linePath(xs, ys) {
  let d = "", pen = false;
  for (let index = 0; index < xs.length; index++) {
    if (ys[index] === null || xs[index] === null) { pen = false; continue; }
    d += `${pen ? "L" : "M"}${xs[index].toFixed(1)} ${ys[index].toFixed(1)}`;
    pen = true;
  }
  return d;
}
/** Closed path between two curves, in one piece for each stretch where both are known. */
function bandPath(xs, lows, highs) {
  let d = "", run = [];
  const close = () => {
    if (run.length > 1) d += "M" + run.map((i) => `${xs[i].toFixed(1)} ${highs[i].toFixed(1)}`).join("L") + "L" +
      run.reverse().map((i) => `${xs[i].toFixed(1)} ${lows[i].toFixed(1)}`).join("L") + "Z";
    run = [];
  };
  for (let index = 0; index < xs.length; index++) if (lows[index] === null || highs[index] === null) close(); else run.push(index);
  close();
  return d;
}
const scaled = (values, scale) => values.map((value) => (value === null ? null : scale(value)));

class TimeChart {
  constructor(host, label, options) {
    this.host = host; this.options = options; this.width = 0;
    this.svg = element("svg:svg", { role: "img", "aria-label": label }, host);
    this.svg.addEventListener("pointerdown", (event) => { this.drag = true; this.svg.setPointerCapture(event.pointerId); this.go(event); });
    this.svg.addEventListener("pointermove", (event) => { if (this.drag) this.go(event); });
    for (const name of ["pointerup", "pointercancel"]) this.svg.addEventListener(name, () => { this.drag = false; });
    new ResizeObserver(() => this.render()).observe(host);
    this.page = null;
    listeners.time.push(() => this.moveCursor());
  }
  /** From and to in milliseconds: the whole dance, or `closeUp` of it around the present moment, leafed through like pages. */
  span() {
    const length = this.options.closeUp ? this.options.closeUp() : null;
    if (!length || length >= END - START) return [START, END];
    if (!this.page || this.page[1] - this.page[0] !== length || state.time < this.page[0] || state.time > this.page[1]) {
      const before = this.page && state.time < this.page[0] && this.page[0] - state.time < length ? 0.9 : 0.1;
      const from = clamp(state.time - before * length, START, END - length);
      this.page = [from, from + length];
    }
    return this.page;
  }
  go(event) { setPlaying(false); seek(this.timeOf(event.clientX - this.svg.getBoundingClientRect().left)); }
  timeOf(x) { return this.from + ((clamp(x, this.left, this.right) - this.left) / (this.right - this.left)) * (this.to - this.from); }
  render() {
    const box = this.host.getBoundingClientRect();
    if (box.width < 20) return;
    this.svg.replaceChildren();
    this.left = 46; this.right = box.width - 8; this.top = 8; this.bottom = box.height - 24;
    [this.from, this.to] = this.span();
    this.x = (ms) => this.left + ((ms - this.from) / (this.to - this.from)) * (this.right - this.left);
    const [low, high] = this.options.domain(), foot = this.options.foot ?? 0;
    this.y = (value) => this.bottom - foot - ((value - low) / (high - low)) * (this.bottom - foot - this.top);
    for (const value of ticksOf(low, high, 5)) {
      const y = Math.round(this.y(value)) + 0.5;
      element("svg:line", { class: value === 0 && low < 0 ? "zero" : "axis", x1: this.left, x2: this.right, y1: y, y2: y }, this.svg);
      element("svg:text", { x: this.left - 8, y: y + 4, "text-anchor": "end" }, this.svg, this.options.tick(value));
    }
    for (const ms of timeTicks(this.from, this.to, this.right - this.left)) {
      element("svg:text", { x: clamp(this.x(ms), this.left + 4, this.right - 14), y: box.height - 5, "text-anchor": "middle" }, this.svg, timeLabel(ms));
    }
    const frame = element("svg:clipPath", { id: `${this.host.id}-clip` }, this.svg);
    element("svg:rect", { x: this.left, y: 0, width: Math.max(this.right - this.left, 0), height: box.height }, frame);
    this.inside = element("svg:g", { "clip-path": `url(#${this.host.id}-clip)` }, this.svg);
    this.options.draw(this);
    this.cursor = element("svg:line", { class: "now-line", y1: this.top - 4, y2: this.bottom }, this.svg);
    this.dots = (this.options.dots ?? []).map((who) => element("svg:circle", { class: `now-dot ${who}`, r: 5 }, this.svg));
    this.moveCursor();
  }
  path(kind, d) { return element("svg:path", { class: kind, d }, this.inside); }
  moveCursor() {
    if (!this.cursor) return;
    const [from, to] = this.span();
    if (from !== this.from || to !== this.to) return this.render();
    const x = this.x(state.time);
    this.cursor.setAttribute("x1", x); this.cursor.setAttribute("x2", x);
    const values = this.options.values ? this.options.values() : [];
    this.dots.forEach((dot, index) => {
      const value = values[index];
      dot.setAttribute("visibility", value === null || value === undefined ? "hidden" : "visible");
      if (value !== null && value !== undefined) { dot.setAttribute("cx", x); dot.setAttribute("cy", this.y(value)); }
    });
  }
}
