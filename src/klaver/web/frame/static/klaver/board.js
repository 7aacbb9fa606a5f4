// Cards that move: by mouse, by finger and by keyboard; each is the same form as without JavaScript.
const board = document.getElementById("board");
const spoken = document.getElementById("spoken");
const START_AFTER = 5; // pixels that a mouse goes before a click becomes a drag
const LONG_PRESS = 350; // milliseconds that a finger rests before it picks a card up: a shorter one scrolls

const say = (words) => { spoken.textContent = ""; requestAnimationFrame(() => { spoken.textContent = words; }); };
const nameOf = (card) => card.querySelector(".name").textContent.trim().replace(/\s+/g, " ");
const laneOf = (card) => card.closest("[data-to]");
const lanes = () => [...board.querySelectorAll("[data-to]")];

async function send(values) {
  const opened = [...board.querySelectorAll("details[open] > summary")].map((s) => s.textContent);
  await htmx.ajax("POST", board.dataset.act, { target: "#board", swap: "innerHTML", values });
  for (const summary of board.querySelectorAll("details:not(.move) > summary")) {
    if (opened.includes(summary.textContent)) summary.parentElement.open = true;
  }
  const said = board.querySelector("[data-said]");
  if (said) say(said.textContent);
}

function put(card, lane) {
  const { task, days } = card.dataset;
  const seen = board.querySelector("[data-seen]").dataset.seen;
  return send({ do: "card", task, days, to: lane.dataset.to, seen }).then(() => {
    const moved = board.querySelector(`[data-task="${CSS.escape(task)}"][data-days="${days}"] .grip`)
      ?? board.querySelector(`[data-task="${CSS.escape(task)}"] .grip`);
    moved?.focus();
  });
}

// keyboard: pick up, choose a lane with the arrows, put down
let held = null;
function pick(card) {
  held = { card, lane: laneOf(card) };
  card.classList.add("lifted");
  card.querySelector(".grip").setAttribute("aria-pressed", "true");
  say(board.dataset.picked.replace("{card}", nameOf(card)));
}
function over(lane) {
  for (const other of lanes()) other.classList.toggle("over", other === lane);
  if (!lane || held?.lane === lane) return;
  held.lane = lane;
  lane.scrollIntoView({ block: "nearest" });
  say(board.dataset.over.replace("{place}", lane.dataset.name));
}
function letGo(words) {
  if (!held) return;
  held.card.classList.remove("lifted");
  held.card.querySelector(".grip").setAttribute("aria-pressed", "false");
  held.ghost?.remove();
  over(null);
  held = null;
  if (words) say(words);
}
function drop() {
  const { card, lane } = held;
  letGo("");
  if (lane && lane !== laneOf(card)) put(card, lane);
  else say(board.dataset.cancelled);
}

board.addEventListener("keydown", (event) => {
  const grip = event.target.closest(".grip");
  if (!grip) return;
  if (!held) {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick(grip.closest(".card")); }
    return;
  }
  const all = lanes(), at = all.indexOf(held.lane);
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step) { event.preventDefault(); over(all[(at + step + all.length) % all.length]); }
  else if (event.key === "Enter" || event.key === " ") { event.preventDefault(); drop(); }
  else if (event.key === "Escape" || event.key === "Tab") letGo(board.dataset.cancelled);
});

// mouse and finger
let pressed = null;
board.addEventListener("pointerdown", (event) => {
  const card = event.target.closest(".card");
  if (!card || event.button !== 0 || !card.querySelector(".grip") || event.target.closest("summary, form, a, input, details.move[open]")) return;
  pressed = { card, x: event.clientX, y: event.clientY, id: event.pointerId };
  if (event.pointerType !== "mouse") pressed.timer = setTimeout(() => lift(event), LONG_PRESS);
});
function lift(event) {
  if (!pressed) return;
  const { card } = pressed;
  pick(card);
  held.ghost = card.cloneNode(true);
  held.ghost.removeAttribute("id");
  held.ghost.classList.add("ghost");
  document.body.append(held.ghost);
  try { card.setPointerCapture(pressed.id); } catch { /* the finger is gone already */ }
  place(event);
}
function place(event) {
  const { ghost } = held;
  ghost.style.setProperty("left", `${event.clientX + 8}px`);
  ghost.style.setProperty("top", `${event.clientY + 8}px`);
  const under = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-to]");
  if (under && board.contains(under)) over(under);
}
document.addEventListener("pointermove", (event) => {
  if (held?.ghost) { event.preventDefault(); place(event); return; }
  if (!pressed) return;
  const far = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
  if (far < START_AFTER) return;
  if (event.pointerType === "mouse") lift(event);
  else { clearTimeout(pressed.timer); pressed = null; }
});
document.addEventListener("touchmove", (event) => { if (held?.ghost) event.preventDefault(); }, { passive: false });
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, (event) => {
    if (pressed) clearTimeout(pressed.timer);
    pressed = null;
    if (!held?.ghost) return;
    if (event.type === "pointercancel") letGo(board.dataset.cancelled); else drop();
  });
}
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && held?.ghost) { pressed = null; letGo(board.dataset.cancelled); } });

// forms on the board answer in place
board.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-act]");
  if (!form) return;
  event.preventDefault();
  const values = {};
  for (const [key, value] of new FormData(form, event.submitter)) values[key] = values[key] ? `${values[key]},${value}` : value;
  const task = values.task, undo = event.submitter?.id;
  send(values).then(() => {
    const next = (undo && (board.querySelector(`#${undo}:not(:disabled)`) ?? board.querySelector("#undo:not(:disabled), #redo:not(:disabled)"))) || (task && board.querySelector(`[data-task="${CSS.escape(task)}"] .grip`));
    next?.focus();
  });
});

const ready = () => { for (const grip of board.querySelectorAll(".grip[hidden]")) grip.hidden = false; };
ready();
board.addEventListener("htmx:afterSwap", ready);
