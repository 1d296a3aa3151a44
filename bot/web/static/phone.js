// One phone on the page: its lines, its outbox, its feed and its composer, tied together.

import { createComposer } from "./composer.js";
import { clock, newId, now, words } from "./dom.js";
import { createFeed, history } from "./feed.js";
import { createLines } from "./lines.js";
import { createOutbox } from "./outbox.js";

const NEAR = 80; // pixels from the end that still count as reading the newest line

const placeName = ({ latitude, longitude }) => `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;

/** Bring a phone to life in its section; `hello` is what it says by itself when it is new. */
export function createPhone(section, slot, { hello, unread, view }) {
  const find = (selector) => section.querySelector(selector);
  const [log, down, welcome] = [".log", ".down", ".welcome"].map(find);
  const lines = createLines(log, { address: () => slot.id, tapped: tap, view });
  const outbox = createOutbox(slot.id, told);
  const composer = createComposer(section, slot.id, { say, upload });
  let feed = null;
  let reading = true; // at the end of the log, where the newest line is seen
  let top = 0;
  let height = 0; // of what is seen of the log
  let seen = 0;
  let missed = 0;
  let more = false;
  let fetching = false;
  let closed = false;
  let quiet = 0;

  function say(kind, fields) {
    const key = newId();
    const { data, text } = fields;
    const place = kind === "location" ? placeName(fields) : text;
    const line = { kind, text: place, data, name: kind === "sticker" ? data : undefined };
    send({ key, line, message: { key, seen: sight(), kind, ...fields } });
  }

  function tap(choice) {
    say("tap", choice);
  }

  function upload(kind, file) {
    const { name, size } = file;
    const line = { kind, name };
    const preview = kind === "file" ? undefined : URL.createObjectURL(file);
    send({ key: newId(), line, upload: { seen: sight(), kind, name, size } }, file, preview);
  }

  function send(item, file = null, preview = undefined) {
    welcome.hidden = true;
    lines.put({ who: "person", key: item.key, preview, ...item.line });
    outbox.add(item, file);
    reachEnd();
  }

  function told(item, state, share) {
    if (!log.querySelector(`[data-key="${CSS.escape(item.key)}"]`)) return;
    lines.settle(item.key, state, share);
    if (state === "lost") composer.notice(words.lost);
    if (state === "sending") answering(true, 60_000);
    else answering(state === "sent" && !find(".typing").hidden, 1500);
    stay();
  }

  /** The dots run while an answer is being made, and never for ever. */
  function answering(on, most = 0) {
    clearTimeout(quiet);
    lines.typing(on);
    find(".presence").textContent = on ? words.typing : words.online;
    if (on) quiet = setTimeout(() => answering(false), most);
  }

  function heard(line) {
    const fresh = lines.put(line);
    welcome.hidden = true;
    if (line.who === "bot") answering(false);
    if (fresh && line.who === "bot" && !inSight()) count(missed + 1);
    stay();
  }

  const inSight = () => reading && getComputedStyle(section).visibility === "visible";
  const sight = () => {
    if (inSight()) seen = lines.last();
    return seen;
  };

  /** Follow the newest line for whoever reads at the end, leave alone whoever has scrolled up. */
  function stay() {
    if (reading) log.scrollTop = log.scrollHeight;
    height = log.clientHeight;
    if (inSight()) count(0);
    sight();
  }

  function reachEnd() {
    reading = true;
    stay();
    showDown();
  }

  function count(number) {
    missed = number;
    unread(number);
    showDown();
  }

  function showDown() {
    down.hidden = reading;
    down.classList.toggle("new", missed > 0);
    down.querySelector("span").textContent = missed ? `${missed} ${words.new_lines}` : "";
  }

  /** Only whoever moves up has stopped reading at the end; a picture that grows, a screen that turns has not. */
  function scrolled() {
    const near = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    const moved = log.scrollTop < top && log.clientHeight === height;
    if (near || moved) reading = near;
    top = log.scrollTop;
    if (reading) count(0);
    showDown();
    sight();
    if (log.scrollTop < 200) older();
  }

  async function older() {
    if (!more || fetching) return;
    fetching = true;
    const page = await history(slot.id, lines.first());
    fetching = false;
    if (!page || closed) return;
    const fromEnd = log.scrollHeight - log.scrollTop;
    showPage(page);
    log.scrollTop = log.scrollHeight - fromEnd;
  }

  function showPage(page) {
    log.setAttribute("aria-busy", "true");
    page.lines.forEach(lines.put);
    more = page.more;
    requestAnimationFrame(() => log.setAttribute("aria-busy", "false"));
  }

  async function begin() {
    const page = await history(slot.id);
    if (closed) return;
    if (!page) return setTimeout(begin, 3000);
    showPage(page);
    for (const item of outbox.waiting()) restore(item);
    reachEnd();
    feed = createFeed(slot.id, { after: lines.last, heard, connected });
    outbox.send();
    if (lines.empty()) greet();
  }

  /** What was sent before a reload and is not confirmed yet; a picture shows as a file until it is. */
  function restore({ key, line }) {
    const kind = line.kind === "photo" || line.kind === "voice" ? "file" : line.kind;
    lines.put({ ...line, who: "person", key, kind });
  }

  /** Always under the same key: two windows that open together still greet once. */
  function greet() {
    const key = `start-${slot.id}`;
    if (hello === null) welcome.hidden = false;
    else send({ key, line: { kind: "text", text: hello }, message: { key, seen: 0, kind: "text", text: hello } });
  }

  function connected(yes) {
    section.classList.toggle("offline", !yes);
    find(".presence").textContent = yes ? words.online : words.offline;
  }

  function tick() {
    find(".clock").textContent = clock(now());
    lines.nameDays();
  }

  const ticking = setInterval(tick, 10_000);
  const watching = new ResizeObserver(stay);
  log.addEventListener("scroll", scrolled, { passive: true });
  log.addEventListener("grown", stay);
  document.addEventListener("turned", tick);
  down.onclick = reachEnd;
  watching.observe(log);
  tick();
  connected(true);
  begin();

  return {
    look: reachEnd,
    focus: composer.focus,
    close() {
      closed = true;
      clearInterval(ticking);
      document.removeEventListener("turned", tick);
      watching.disconnect();
      outbox.close();
      feed?.close();
    },
  };
}
