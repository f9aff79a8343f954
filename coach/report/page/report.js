// Pictures of the worst moments where there is no video, and the start of everything.
function drawStills() {
  for (const canvas of document.querySelectorAll("canvas.still")) {
    const moment = data.worst[Number(canvas.dataset.moment)], who = canvas.dataset.who;
    const { context, width, height } = sharp(canvas), pose = poseAt(who, moment.peak[who]);
    if (!pose || width < 20) continue;
    const torso = data.figures[who].torso * pose.size, known = [...Array(COUNT).keys()].filter((index) => !Number.isNaN(pose.xy[2 * index]));
    if (!known.length) continue;
    const across = known.map((index) => pose.xy[2 * index]), down = known.map((index) => pose.xy[2 * index + 1]);
    const [left, right, top, bottom] = [Math.min(...across), Math.max(...across), Math.min(...down), Math.max(...down)];
    const scale = Math.min(width / (right - left + 0.7 * torso), height / (bottom - top + 0.8 * torso));
    const place = (x, y) => [width / 2 + (x - (left + right) / 2) * scale, height / 2 + 0.08 * torso * scale + (y - (top + bottom) / 2) * scale];
    const index = jointIndex[moment.joint], parts = who === "student" && index !== undefined ? new Set([joints[index].part]) : new Set();
    const figure = new Figure(context, pose, place, torso * scale, looks[who](), parts);
    figure.draw();
    if (who === "student" && index !== undefined && frames.student.length) figure.marks(nearest(frames.student, moment.peak.student), index);
  }
}

setUpPlayer();
setUpHeat();
anglePlot();
timingPlot();
energyPlot();
pathPlot();
floorPlot();
listeners.paint.push(drawStills);
new ResizeObserver(drawStills).observe(document.querySelector("main"));
chooseJoint(data.worst.length && data.worst[0].joint in jointIndex ? jointIndex[data.worst[0].joint] : 0);
seek(START);
