// The dancers, drawn from landmarks: tapered limbs with a gap of background around each, so that crossed arms stay clear.
const mark = Object.fromEntries(data.landmarks.map((name, index) => [name, index]));
const COUNT = data.landmarks.length;
const LIMBS = {
  leg: [["hip", "knee", 0.15, 0.112, 1], ["knee", "ankle", 0.108, 0.07, 1], ["ankle", "foot_index", 0.072, 0.05, 1]],
  arm: [["shoulder", "elbow", 0.1, 0.08, 1], ["elbow", "wrist", 0.076, 0.056, 1], ["wrist", "index", 0.06, 0.048, 0.85]],
};
const TRUNK = ["left_shoulder", "right_shoulder", "right_hip", "left_hip"];
const GAP = 0.04, HEAD = 0.205, MISSING_MS = 250;

/** Landmarks of `who` at a time of the own clock, in units of the data: xy with nan where missing, or null. */
function poseAt(who, ms) {
  const clip = data.figures[who], times = clip.t;
  if (!times.length || ms < times[0] - MISSING_MS || ms > times[times.length - 1] + MISSING_MS) return null;
  const first = lastNotAbove(times, ms), second = Math.min(first + 1, times.length - 1);
  const span = times[second] - times[first], share = span > 0 && span < 2 * MISSING_MS ? clamp((ms - times[first]) / span, 0, 1) : 0;
  const xy = new Float32Array(2 * COUNT);
  for (let index = 0; index < 2 * COUNT; index++) {
    const a = clip.xy[first * 2 * COUNT + index], b = clip.xy[second * 2 * COUNT + index];
    xy[index] = a === null ? NaN : b === null ? a : a + (b - a) * share;
  }
  const key = share < 0.5 ? first : second;
  const between = (list) => list[first] + (list[second] - list[first]) * share;
  return { xy, centre: between(clip.centre), floor: between(clip.floor), size: between(clip.size), faint: clip.faint[key], order: parseInt(clip.order[key], 16) };
}

class Figure {
  /** `place(x, y)` gives pixels; `unit` is the torso's length in pixels; colours {near, far, gap, accent}. */
  constructor(context, pose, place, unit, look, parts = new Set()) {
    Object.assign(this, { context, pose, unit, look, parts });
    this.points = [];
    for (let index = 0; index < COUNT; index++) {
      const x = pose.xy[2 * index], y = pose.xy[2 * index + 1];
      this.points.push(Number.isNaN(x) || Number.isNaN(y) ? null : place(x, y));
    }
  }
  at(name) { return this.points[mark[name]]; }
  draw() {
    const bit = (place) => (this.pose.order >> place) & 1;
    const arms = bit(3) ? ["right", "left"] : ["left", "right"], legs = bit(2) ? ["right", "left"] : ["left", "right"];
    const before = { left: bit(0), right: bit(1) };
    for (const side of arms) if (!before[side]) this.limb("arm", side, this.look.far);
    legs.forEach((side, index) => this.limb("leg", side, index ? this.look.near : this.look.far));
    this.trunk();
    this.head();
    for (const side of arms) if (before[side]) this.limb("arm", side, this.look.near);
  }
  limb(part, side, plain) {
    const name = `${side}_${part}`, colour = this.parts.has(name) ? this.look.accent : plain;
    const faint = LIMBS[part].slice(0, 2).some(([from, to]) => [from, to].some((end) => (this.pose.faint >> mark[`${side}_${end}`]) & 1));
    this.context.globalAlpha = faint ? 0.4 : 1;
    for (const [fill, extra] of [[this.look.gap, GAP], [colour, 0]]) {
      if (!fill) continue;
      for (const [from, to, thick, thin, share] of LIMBS[part]) {
        const a = this.at(`${side}_${from}`), b = this.at(`${side}_${to}`);
        if (a && b) this.capsule(a, [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share], thick + extra, thin + extra, fill);
      }
    }
    this.context.globalAlpha = 1;
  }
  trunk() {
    const corners = TRUNK.map((name) => this.at(name));
    if (corners.some((corner) => !corner)) return;
    const middle = [0, 1].map((axis) => corners.reduce((sum, corner) => sum + corner[axis], 0) / 4);
    const inner = corners.map((corner) => corner.map((value, axis) => middle[axis] + (value - middle[axis]) * 0.86));
    const colour = this.parts.has("torso") ? this.look.accent : this.look.near;
    for (const [fill, extra] of [[this.look.gap, GAP], [colour, 0]]) if (fill) {
      const { context } = this;
      context.fillStyle = context.strokeStyle = fill;
      context.lineJoin = "round";
      context.lineWidth = 2 * this.unit * (0.115 + extra);
      context.beginPath();
      inner.forEach((point, index) => index ? context.lineTo(...point) : context.moveTo(...point));
      context.closePath();
      context.fill();
      context.stroke();
    }
  }
  head() {
    const found = ["left_ear", "right_ear", "nose"].map((name) => this.at(name)).filter(Boolean);
    if (!found.length) return;
    let centre = [0, 1].map((axis) => found.reduce((sum, point) => sum + point[axis], 0) / found.length);
    const colour = this.parts.has("head") ? this.look.accent : this.look.near, neck = this.middle("shoulder");
    if (neck) {
      centre = centre.map((value, axis) => value + (value - neck[axis]) * 0.08);
      this.capsule(neck, centre, 0.075, 0.075, colour);
    }
    if (this.look.gap) this.dot(centre, (HEAD + GAP) * this.unit, this.look.gap);
    this.dot(centre, HEAD * this.unit, colour);
  }
  middle(part) {
    const left = this.at(`left_${part}`), right = this.at(`right_${part}`);
    return left && right ? [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2] : null;
  }
  dot(centre, radius, fill) {
    this.context.fillStyle = fill;
    this.context.beginPath();
    this.context.arc(centre[0], centre[1], Math.max(radius, 0.1), 0, 2 * Math.PI);
    this.context.fill();
  }
  capsule(a, b, from, to, fill) {
    const { context } = this, first = from * this.unit, second = to * this.unit, length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (length <= Math.abs(first - second)) return this.dot(first >= second ? a : b, Math.max(first, second), fill);
    const axis = Math.atan2(b[1] - a[1], b[0] - a[0]), touch = Math.acos((first - second) / length);
    context.fillStyle = fill;
    context.beginPath();
    context.arc(a[0], a[1], first, axis + touch, axis - touch + 2 * Math.PI);
    context.arc(b[0], b[1], second, axis - touch, axis + touch);
    context.closePath();
    context.fill();
  }
  /** Disc: like the teacher. Ring: own style. Diamond: off. Nothing where it was not judged. */
  marks(frame, only = null) {
    const size = Math.max(3.2, 0.062 * this.unit);
    joints.forEach((joint, index) => {
      const verdict = frames.verdict[index][frame], ends = joint.anchor.map((end) => this.points[end]);
      if (verdict === VERDICT.UNSEEN || ends.some((end) => !end) || (only !== null && only !== index)) return;
      const centre = [0, 1].map((axis) => ends.reduce((sum, end) => sum + end[axis], 0) / ends.length);
      if (verdict === VERDICT.MISTAKE || only !== null) {
        this.diamond(centre, size * 2.1, colours.card); this.diamond(centre, size * 1.6, colours.mistake);
      } else {
        this.dot(centre, size * 1.4, colours.card);
        this.dot(centre, size, verdict === VERDICT.GOOD ? colours.good : colours.style);
        if (verdict === VERDICT.STYLE) this.dot(centre, size * 0.45, colours.card);
      }
    });
  }
  diamond([x, y], radius, fill) {
    const { context } = this;
    context.fillStyle = fill;
    context.beginPath();
    context.moveTo(x, y - radius); context.lineTo(x + radius, y); context.lineTo(x, y + radius); context.lineTo(x - radius, y);
    context.closePath();
    context.fill();
  }
}

const looks = {
  teacher: () => ({ near: colours.teacher, far: colours["teacher-far"], gap: colours.card, accent: colours.teacher }),
  student: () => ({ near: colours.student, far: colours["student-far"], gap: colours.card, accent: colours.mistake }),
};

/** Both dancers equally large and on one floor: followed slowly wherever they are before their cameras. */
function framing(width, height, margin) {
  const clips = Object.entries(data.figures);
  const tall = Math.min(...clips.map(([, { reach, top }]) => Math.min(width / (2 * reach + 0.08), (height - 2 * margin) / (top + 0.18))));
  return Object.fromEntries(clips.map(([who, { torso }]) => [who, {
    unit: torso * tall,
    place: ({ centre, floor, size }) => (x, y) => [width / 2 + ((x - centre) / size) * tall, height - margin - 0.07 * tall - ((floor - y) / size) * tall],
  }]));
}

/** The body parts that are most off at a frame, at most two. */
function worstParts(frame) {
  const found = new Map();
  joints.forEach((joint, index) => {
    if (frames.verdict[index][frame] !== VERDICT.MISTAKE) return;
    const heat = Math.abs(frames.excess[index][frame] ?? 0) / Math.max(frames.tolerance[index][frame], 1);
    found.set(joint.part, Math.max(found.get(joint.part) ?? 0, heat));
  });
  return new Set([...found].sort((a, b) => b[1] - a[1]).slice(0, 2).map(([part]) => part));
}
