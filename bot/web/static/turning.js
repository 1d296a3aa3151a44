// The demo's clock: what time it is there, and turning it on; loaded only where it may be turned.

import { clock, longDay, now, recall, remember, setClock, words } from "./dom.js";

const LOOK = 15_000; // another window may have turned it
const LOOK_WHILE_TURNING = 300; // so that one sees the days go by
const SAID = 6_000; // how long a word about it stays
const control = document.querySelector(".turning");
const find = (selector) => control.querySelector(selector);
const buttons = [...control.querySelectorAll("[data-turn]")];
let quiet = 0;
let turns = 0;
let asking = false;

async function ask(wish = null) {
  try {
    const posted = wish && { method: "POST", body: JSON.stringify(wish) };
    const answer = await fetch("/clock", posted ?? {});
    return { status: answer.status, ...(answer.ok && (await answer.json())) };
  } catch {
    return { status: 0 };
  }
}

function show(time) {
  if (time.status !== 200) return;
  setClock(Date.parse(time.now));
  find(".quiet").hidden = !time.quiet;
}

function tick() {
  const at = now();
  find("time").textContent = `${longDay(at).replace(",", "")}, ${clock(at)}`;
  find("time").dateTime = at.toISOString();
}

/** See what time it is; an answer that a turning has overtaken is no news. */
async function look() {
  if (document.hidden || asking) return;
  asking = true;
  const before = turns;
  const time = await ask();
  asking = false;
  if (turns === before) show(time);
}

/** Turn on and on until it is there: what takes the server too long at once comes in pieces. */
async function turn(step) {
  if (control.getAttribute("aria-busy") === "true") return;
  busy(true);
  const looking = setInterval(look, LOOK_WHILE_TURNING);
  let time = await ask({ turn: step });
  while (time.status === 200 && time.more) time = await ask({ to: time.until });
  clearInterval(looking);
  turns += 1;
  show(time);
  busy(false);
  tell(time, step);
}

function busy(yes) {
  control.setAttribute("aria-busy", String(yes));
  for (const button of buttons) button.setAttribute("aria-disabled", String(yes));
}

/** Say what went otherwise than wished, for a while; where all went well, a screen reader says the time. */
function tell({ status, events }, step) {
  const nothing = status === 200 && step === "next" && events === 0;
  const trouble = { 400: words.too_far, 409: words.turned_elsewhere }[status] ?? words.not_turned;
  const said = nothing ? words.nothing_next : status === 200 ? "" : trouble;
  find(".told").textContent = said || find("time").textContent;
  find(".told").classList.toggle("unseen", !said);
  clearTimeout(quiet);
  quiet = setTimeout(() => (find(".told").textContent = ""), SAID);
}

for (const button of buttons) button.onclick = () => turn(button.dataset.turn);
control.open = recall("ocop.clock", matchMedia("(min-width: 721px)").matches);
control.ontoggle = () => remember("ocop.clock", control.open);
document.addEventListener("turned", tick);
document.addEventListener("visibilitychange", look);
setInterval(look, LOOK);
setInterval(tick, 1000);
look();
