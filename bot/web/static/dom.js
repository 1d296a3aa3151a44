// Small tools for the page: elements made in one call, the page's words, ids, kept values.

export const words = JSON.parse(document.getElementById("words").textContent);

/** A new element; text only ever goes in as text. */
export function el(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** The text in pieces, each address in it a link that opens beside the page. */
export function linked(text) {
  return text.split(/(https?:\/\/\S+)/).map((piece, at) =>
    at % 2 ? el("a", { href: piece, target: "_blank", rel: "noopener noreferrer" }, piece) : piece);
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** A random name; randomUUID exists only where the page came by https or from this machine. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const memory = new Map(); // where the browser keeps nothing for us

export function recall(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? memory.get(name) ?? otherwise;
  } catch {
    return memory.get(name) ?? otherwise;
  }
}

export function remember(name, value) {
  memory.set(name, value);
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // a full or closed store: the page's own memory has it
  }
}

export function forget(name) {
  memory.delete(name);
  try {
    localStorage.removeItem(name);
  } catch {
    // as above
  }
}

export function weight(bytes) {
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${size.toLocaleString("vi-VN", { maximumFractionDigits: size < 10 ? 1 : 0 })} ${unit}`;
}

// In Viet Nam's time, as in all that the bot says, wherever the page is.
const format = (language, parts) => new Intl.DateTimeFormat(language, { ...parts, timeZone: "Asia/Ho_Chi_Minh" });
const HOUR = format("vi-VN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = format("sv", {});
const LONG = format("vi-VN", { weekday: "long", day: "numeric", month: "numeric", year: "numeric" });
let ahead = 0; // milliseconds that the bot's clock is before this machine's

/** Now by the bot's clock. */
export const now = () => new Date(Date.now() + ahead);

/** The bot says what time it is; whoever shows the time hears of it. */
export function setClock(time) {
  ahead = time - Date.now();
  document.dispatchEvent(new Event("turned"));
}

export const clock = (date) => HOUR.format(date);

/** The day of a time, as a name that sorts: 2026-11-23. */
export const dayOf = (date) => DAY.format(date);

/** What a chat calls such a day: today, yesterday, or by its date. */
export function dayName(day) {
  const today = dayOf(now());
  if (day === today) return words.today;
  if (new Date(today) - new Date(day) === 864e5) return words.yesterday;
  return longDay(new Date(day));
}

export function longDay(date) {
  const name = LONG.format(date);
  return name[0].toUpperCase() + name.slice(1);
}
