/** The desk by keys, its help, and ledgers that grow while one looks. */

const LOOK_AGAIN = 3000; // milliseconds

const typing = (target) => target.closest("input:not([type=radio]), textarea, select, dialog");
const items = () => [...document.querySelectorAll("[data-item]")];

function step(by) {
  const found = items();
  const at = found.findIndex((item) => item.contains(document.activeElement));
  const next = found[at < 0 ? (by > 0 ? 0 : found.length - 1) : at + by];
  (next?.querySelector("input:checked, input") ?? next)?.focus();
}

/** Give the criterion that is looked at as many points as the digit says; false for none. */
function mark(key) {
  const option = document.activeElement?.closest("[data-mark]")?.querySelector(`[data-points="${Number(key)}"]`);
  option?.focus();
  option?.click();
  return Boolean(option);
}

function follow(name, by) {
  const link = document.querySelector(`[${name}]`);
  if (link) location.href = link.href;
  else step(by);
}

function press(key) {
  const part = document.querySelector(`[data-key="${key}"]`);
  if (part instanceof HTMLButtonElement) part.click();
  else part?.querySelector("input, select, textarea")?.focus();
}

const HELP = document.querySelector(".help");
const KEYS = {
  j: () => follow("data-after", 1),
  k: () => follow("data-before", -1),
  1: () => press(1),
  2: () => press(2),
  "?": () => HELP?.showModal(),
};

/** In a list arrows do what j and k do; elsewhere they scroll. */
const ARROWS = { ArrowDown: 1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  const arrow = document.activeElement?.closest("[data-item]") && ARROWS[event.key];
  const act = arrow ? () => step(arrow) : KEYS[event.key];
  if (/^\d$/.test(event.key) && mark(event.key)) event.preventDefault();
  else if (act) {
    event.preventDefault();
    act();
  }
});
document.querySelector("[data-print]")?.addEventListener("click", () => print());
document.querySelector("[data-help]")?.addEventListener("click", () => HELP?.showModal());

document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

/** One deed at a time: a button that was pressed twice does it once. */
for (const form of document.querySelectorAll("main form")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

/** Of a form that is asked in several ways, show only what the chosen way asks. */
function asks() {
  const chosen = document.querySelector("[data-shows]:checked")?.value;
  for (const part of document.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(chosen);
}
for (const way of document.querySelectorAll("[data-shows]")) way.addEventListener("change", asks);
if (document.querySelector("[data-shows]")) asks();

async function look(part) {
  if (document.hidden) return;
  const answer = await fetch(part.dataset.live, { redirect: "error" }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html"); // escaped there
  part.replaceChildren(...page.body.childNodes);
}

for (const part of document.querySelectorAll("[data-live]")) {
  if (part.dataset.live) setInterval(look, LOOK_AGAIN, part);
}

/** A sheet whose every change is sent at once; what could not be sent is tried again. */
function saving(form) {
  const told = form.querySelector("[data-kept]");
  const unsent = new Map();
  const body = () => new URLSearchParams([["do", "keep"], ["part", "1"], ["token", form.elements.token.value], ...unsent]);
  let going = null; // what is being sent

  async function post() {
    while (unsent.size) {
      const sent = new Map(unsent);
      const answer = await fetch(location.pathname, { method: "POST", body: body(), redirect: "error" }).catch(() => null);
      if (!answer?.ok) break;
      for (const [name, value] of sent) if (unsent.get(name) === value) unsent.delete(name);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html"); // escaped there
      told.replaceChildren(...page.body.childNodes);
      form.elements.seen.value = told.querySelector("[data-seen]").dataset.seen;
    }
    going = null;
    form.dataset.waits = unsent.size ? "1" : "";
    if (unsent.size) setTimeout(send, LOOK_AGAIN);
  }

  const send = () => (going ??= unsent.size ? post() : null);

  /** What is on its way arrives before the whole, which must know of it. */
  async function wait(event) {
    if (!going) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await going;
    form.requestSubmit(event.submitter);
  }

  form.addEventListener("input", ({ target }) => {
    if (/^[mr]-/.test(target.name)) unsent.set(target.name, target.value);
  });
  form.addEventListener("change", send);
  form.addEventListener("submit", wait, { capture: true });
  addEventListener("pagehide", () => unsent.size && navigator.sendBeacon(location.pathname, body()));
}

for (const form of document.querySelectorAll("[data-saves]")) saving(form);
