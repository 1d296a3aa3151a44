/** The desk by keys, its help, and ledgers that grow while one looks. */

const LOOK_AGAIN = 3000; // milliseconds

const typing = (target) => target.closest("input:not([type=radio]), textarea, select, dialog");
const items = () => [...document.querySelectorAll("[data-item]")];

function step(by) {
  const found = items();
  const at = found.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : found.length - 1) : at + by;
  found[next]?.focus();
}

function follow(name, by) {
  const link = document.querySelector(`[${name}]`);
  if (link) location.href = link.href;
  else step(by);
}

function press(key) {
  const part = document.querySelector(`[data-key="${key}"]`);
  if (part instanceof HTMLButtonElement) part.click();
  else part?.querySelector("input, select")?.focus();
}

const HELP = document.querySelector(".help");
const KEYS = {
  j: () => follow("data-after", 1),
  k: () => follow("data-before", -1),
  1: () => press(1),
  2: () => press(2),
  "?": () => HELP?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
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
