// The desk: which phones there are, how they stand side by side, and which one a small screen shows.

import { el, icon, newId, recall, remember, words } from "./dom.js";
import { createPhone } from "./phone.js";

const MOST = 4; // phones; each holds one of the six connections that a browser grants
const desk = document.querySelector(".desk");
const tabs = document.querySelector(".switch");
const pattern = document.getElementById("phone");
const officerCode = document.body.dataset.officerCode;
const alive = new Map();

function slots() {
  const kept = recall("ocop.phones", [{ name: "producer", id: newId() }, { name: "officer", id: newId() }]);
  remember("ocop.phones", kept);
  return kept.filter(({ name }) => name !== "officer" || officerCode);
}

/** Change the kept phones by a function and show what has become of them. */
function change(how) {
  remember("ocop.phones", how(recall("ocop.phones", [])));
  arrange();
}

function titles({ name }) {
  if (name in words) return [words[name], words[`${name}_short`]];
  const number = name.split("-")[1];
  return [`${words.extra} ${number}`, `${words.extra_short} ${number}`];
}

function arrange() {
  const wanted = slots();
  const ids = wanted.map(({ id }) => id);
  for (const [id, phone] of alive) if (!ids.includes(id)) retire(id, phone);
  for (const slot of wanted) if (!alive.has(slot.id)) open(slot);
  const full = wanted.length >= MOST;
  document.querySelector(".add-phone").hidden = full;
  tabs.replaceChildren(...wanted.map(tab), ...(full ? [] : [addTab()]));
  show(wanted.find(({ name }) => name === recall("ocop.shown", "producer")) ?? wanted[0]);
}

function retire(id, phone) {
  phone.close();
  phone.section.remove();
  alive.delete(id);
}

function open(slot) {
  const section = pattern.content.cloneNode(true).firstElementChild;
  const [title] = titles(slot);
  section.dataset.phone = slot.name;
  section.setAttribute("aria-label", title);
  section.querySelector(".caption").textContent = title;
  section.querySelector(".renew").onclick = () => ask(() => renew(slot));
  section.querySelector(".remove").hidden = !slot.name.startsWith("phone-");
  section.querySelector(".remove").onclick = () => ask(() => remove(slot));
  desk.insertBefore(section, desk.children[slots().findIndex(({ id }) => id === slot.id)] ?? null);
  const hello = slot.name === "officer" ? `/start ${officerCode}` : null;
  const unread = (count) => badge(slot.name, count);
  alive.set(slot.id, { section, ...createPhone(section, slot, { hello, unread, view }) });
}

const renew = ({ id }) => change((kept) => kept.map((one) => (one.id === id ? { ...one, id: newId() } : one)));
const remove = ({ id }) => change((kept) => kept.filter((one) => one.id !== id));

function add() {
  const names = slots().map(({ name }) => name);
  const number = [3, 4, 5].find((one) => !names.includes(`phone-${one}`));
  const name = `phone-${number}`;
  remember("ocop.shown", name);
  change((kept) => [...kept, { name, id: newId() }]);
  desk.lastElementChild.scrollIntoView({ inline: "end", block: "nearest" });
}

function tab(slot) {
  const button = el("button", { type: "button", onclick: () => show(slot) },
    titles(slot)[1], el("span", { className: "count", hidden: true }));
  button.dataset.show = slot.name;
  return button;
}

const addTab = () =>
  el("button", { type: "button", className: "add", ariaLabel: words.add, title: words.add, onclick: add }, icon("plus"));

function badge(name, count) {
  const place = tabs.querySelector(`[data-show="${name}"] .count`);
  if (!place) return;
  place.hidden = count === 0;
  place.textContent = count;
}

/** On a small screen one phone is in front; on a desk this changes nothing. */
function show({ name }) {
  remember("ocop.shown", name);
  for (const [, phone] of alive) phone.section.classList.toggle("active", phone.section.dataset.phone === name);
  for (const one of tabs.querySelectorAll("[data-show]")) {
    one.setAttribute("aria-pressed", String(one.dataset.show === name));
  }
  for (const [, phone] of alive) if (phone.section.dataset.phone === name) phone.look();
}

function ask(then) {
  const dialog = document.querySelector(".ask");
  dialog.returnValue = "no";
  dialog.onclose = () => dialog.returnValue === "yes" && then();
  dialog.showModal();
}

function view(picture) {
  const dialog = document.querySelector(".viewer");
  const shown = dialog.querySelector("img");
  shown.src = picture.src;
  shown.alt = picture.alt;
  dialog.onclick = () => dialog.close();
  dialog.showModal();
}

/** An iPhone's keyboard covers the page instead of shrinking it. */
function fitKeyboard() {
  document.body.style.height = `${visualViewport.height}px`;
  scrollTo(0, 0);
}

visualViewport?.addEventListener("resize", fitKeyboard);
document.querySelector(".add-phone").onclick = add;
arrange();
if (matchMedia("(min-width: 721px) and (not (pointer: coarse))").matches) alive.values().next().value.focus();
