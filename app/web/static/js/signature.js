// How does somebody sign on the screen? With finger, pen or mouse; only points are kept, no pressure and no speed.
// Typing a name, paper and spoken consent stand beside it as equals, so nobody has to draw.

export function startSignatures(root) {
  for (const box of root.querySelectorAll("[data-signature]")) start(box, box.dataset.signature);
}

function start(box, id) {
  const pad = box.querySelector(".signature-pad");
  const words = box.querySelector(".signature-words");
  const data = box.querySelector(`input[name="${CSS.escape(id)}:data"]`);
  const ways = [...box.querySelectorAll(`input[name="${CSS.escape(id)}:way"]`)];
  const canvas = document.createElement("canvas");
  const clear = Object.assign(document.createElement("button"), {
    type: "button", className: "btn btn--quiet btn--small", textContent: pad.dataset.clear,
  });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", pad.dataset.label);
  pad.append(pad.dataset.label, canvas, clear);
  for (const hidden of box.querySelectorAll("[data-needs-script]")) hidden.hidden = false;

  const state = { strokes: parse(data.value) };
  const drawing = () => ways.find((way) => way.checked)?.value === "drawn";
  const store = () => {
    data.value = state.strokes.map((points) => "M" + points.map((p) => p.join(" ")).join("L")).join("");
    data.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const show = () => {
    pad.hidden = !drawing();
    words.hidden = drawing() || !ways.some((way) => way.checked);
    if (drawing()) { fit(canvas); paint(canvas, state.strokes); }
  };
  for (const way of ways) {
    way.addEventListener("change", () => { state.strokes = []; store(); show(); });
  }
  clear.addEventListener("click", () => { state.strokes = []; store(); paint(canvas, []); });
  follow(canvas, state, store);
  show();
}

function follow(canvas, state, store) {
  let points = null;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [Math.round(event.clientX - box.left), Math.round(event.clientY - box.top)];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    points = [at(event)];
    state.strokes.push(points);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!points) return;
    const [x, y] = at(event);
    const [lastX, lastY] = points[points.length - 1];
    if (Math.abs(x - lastX) + Math.abs(y - lastY) < 2) return;
    points.push([x, y]);
    paint(canvas, state.strokes);
  });
  const stop = () => { if (points) { points = null; paint(canvas, state.strokes); store(); } };
  canvas.addEventListener("pointerup", stop);
  canvas.addEventListener("pointercancel", stop);
}

function fit(canvas) {
  const scale = window.devicePixelRatio || 1;
  canvas.width = canvas.clientWidth * scale;
  canvas.height = canvas.clientHeight * scale;
  canvas.getContext("2d").setTransform(scale, 0, 0, scale, 0, 0);
}

function paint(canvas, strokes) {
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  Object.assign(pen, { lineWidth: 2.2, lineCap: "round", lineJoin: "round", strokeStyle: "#17212b" });
  for (const points of strokes) {
    pen.beginPath();
    pen.moveTo(...points[0]);
    for (const point of points.slice(1)) pen.lineTo(...point);
    if (points.length === 1) pen.lineTo(points[0][0] + 0.5, points[0][1]);
    pen.stroke();
  }
}

function parse(path) {
  if (!/^M[-0-9 ML.]*$/.test(path)) return [];
  return path.split("M").slice(1).map((stroke) => stroke.split("L").map((point) => point.trim().split(" ").map(Number)));
}

