"use strict";
// Data, colours, times and the moment that everything on the page shows.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";
const VERDICT = { UNSEEN: "0", GOOD: "1", STYLE: "2", MISTAKE: "3" };
const joints = data.joints, frames = data.frames;
const jointIndex = Object.fromEntries(joints.map((joint, index) => [joint.key, index]));

function element(name, attributes = {}, parent = null, text = null) {
  const made = name.startsWith("svg:") ? document.createElementNS(SVG, name.slice(4)) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== null) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** "0:14.2" for 14200 ms. */
function clockText(ms, tenths = true) {
  const shown = tenths ? Math.round(Math.max(0, ms) / 100) : Math.floor(Math.max(0, ms) / 1000) * 10;
  const minutes = Math.floor(shown / 600), seconds = Math.floor((shown % 600) / 10);
  return `${minutes}:${String(seconds).padStart(2, "0")}${tenths ? "." + (shown % 10) : ""}`;
}

const degrees = (value) => `${value}°`.replace("-", "−");
const signed = (value) => (value > 0 ? "+" : value < 0 ? "−" : "") + Math.abs(value);

/** Last index whose value is not above `wanted` in a never falling list (at least 0). */
function lastNotAbove(values, wanted) {
  let low = 0, high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (values[middle] <= wanted) low = middle; else high = middle - 1;
  }
  return low;
}

function nearest(values, wanted) {
  const index = lastNotAbove(values, wanted);
  return index + 1 < values.length && values[index + 1] - wanted < wanted - values[index] ? index + 1 : index;
}

const path = data.path;
const hasPath = path.teacher.length > 1;
const START = hasPath ? path.teacher[0] : 0;
const END = hasPath ? Math.max(path.teacher[path.teacher.length - 1], START + 1) : data.clips.teacher.duration || 1;

function studentOnPath(teacherMs) {
  if (!hasPath) return teacherMs;
  const index = lastNotAbove(path.teacher, teacherMs), after = Math.min(index + 1, path.teacher.length - 1);
  const span = path.teacher[after] - path.teacher[index];
  const share = span > 0 ? clamp((teacherMs - path.teacher[index]) / span, 0, 1) : 0;
  return path.student[index] + share * (path.student[after] - path.student[index]);
}

const state = { time: START, playing: false, speed: 1, view: "beside", match: "movement", joint: 0 };
const listeners = { time: [], joint: [], paint: [] };

function studentTime(teacherMs) {
  return state.match === "music" && data.offset !== null ? teacherMs + data.offset : studentOnPath(teacherMs);
}
function seek(ms) {
  state.time = clamp(ms, START, END);
  for (const listen of listeners.time) listen();
}
function chooseJoint(index) {
  state.joint = (index + joints.length) % joints.length;
  for (const listen of listeners.joint) listen();
}

// Colours follow the system's light or dark: canvases are painted again when it changes.
const colours = {};
function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["card", "raised", "line", "text", "dim", "good", "style", "mistake", "unseen", "student", "student-far",
    "teacher", "teacher-far", "stage-low", "heat-good-0", "heat-good-1", "heat-style", "heat-mistake-0", "heat-mistake-1",
    "heat-unseen", "heat-hatch"]) colours[name] = style.getPropertyValue("--" + name).trim();
}
readColours();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); repaint(); });
function repaint() { for (const listen of listeners.paint) listen(); }

/** A canvas as sharp as the screen; returns its context in CSS pixels, cleared. */
function sharp(canvas) {
  const ratio = Math.min(window.devicePixelRatio || 1, 3), box = canvas.getBoundingClientRect();
  const width = Math.max(1, Math.round(box.width * ratio)), height = Math.max(1, Math.round(box.height * ratio));
  if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, box.width, box.height);
  return { context, width: box.width, height: box.height };
}

const mixed = (low, high, share) => {
  const [a, b] = [low, high].map((hex) => [1, 3, 5].map((place) => parseInt(hex.slice(place, place + 2), 16)));
  return `rgb(${a.map((value, index) => Math.round(value + (b[index] - value) * share)).join(" ")})`;
};

const frameAt = (teacherMs) => nearest(frames.teacher, teacherMs);
const jointWords = (index, frame) => {
  const angle = frames.angle[index][frame], target = frames.target[index][frame];
  if (angle === null || frames.verdict[index][frame] === VERDICT.UNSEEN) return "not judged here";
  if (target === null) return `you ${degrees(angle)}`;
  const excess = frames.excess[index][frame], tolerance = Math.round(frames.tolerance[index][frame] / 10);
  const judged = Math.abs(excess ?? angle - target), shifted = Math.abs(Math.abs(angle - target) - judged) > 2;
  const verdict = { 1: "within tolerance", 2: "your style", 3: `off by ${judged}°${shifted ? " (timing allowed for)" : ""}` }[frames.verdict[index][frame]];
  return `you ${degrees(angle)}, teacher ${degrees(target)} ±${tolerance}°: ${verdict}`;
};
