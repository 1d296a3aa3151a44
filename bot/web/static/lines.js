// The lines of one phone as bubbles: each line once, in the order of its number.

import { clock, dayName, dayOf, el, icon, now, weight, words, linked } from "./dom.js";

const SIGNS = { sending: "clock", waiting: "clock", sent: "tick", failed: "failed", lost: "failed" };
const STICKERS = ["thanks", "rice", "star", "heart", "yes", "sun"];
export const stickers = STICKERS.map((name) => [name, words[`sticker_${name}`]]);

export const stickerPicture = (name) =>
  el("img", { src: `/static/stickers/${name}.svg`, alt: words[`sticker_${name}`], className: "sticker" });

/** Draw lines into a log; `tapped(choice)` and `view(picture)` say what was touched. */
export function createLines(log, { address, tapped, view }) {
  const typing = log.querySelector(".typing");
  const all = () => [...log.querySelectorAll(".line")];
  const find = (line) =>
    (line.seq && log.querySelector(`.line[data-seq="${line.seq}"]`)) ||
    (line.key && log.querySelector(`.line[data-key="${CSS.escape(line.key)}"]`));

  /** Show a line, or what is new about a line that is shown; true when it was not there. */
  function put(line) {
    if (line.kind === "reword") return reword(line);
    const known = find(line);
    const bubble = known?.classList.contains(line.kind) ? known : draw(line);
    if (known && known !== bubble) replace(known, bubble);
    if (line.seq) bubble.dataset.seq = line.seq;
    if (line.at) date(bubble, new Date(line.at));
    if (!known || line.seq) place(bubble, line);
    fade();
    return !known;
  }

  /** A line that was said has other words now. */
  function reword({ of, text }) {
    const said = log.querySelector(`.line[data-seq="${of}"] p`);
    said?.replaceWith(el("p", {}, ...linked(text)));
    return false;
  }

  /** The server may find that a thing is not what it was sent as. */
  function replace(known, bubble) {
    bubble.querySelector(".state").replaceWith(known.querySelector(".state"));
    bubble.dataset.state = known.dataset.state;
    known.replaceWith(bubble);
  }

  function place(bubble, line) {
    const bubbles = all();
    const before = bubbles.filter((one) => one !== bubble && comesBefore(one, line)).at(-1);
    const above = bubbles[bubbles.indexOf(bubble) - 1];
    if (!bubble.isConnected || above !== before) log.insertBefore(bubble, before ? before.nextSibling : firstPlace());
    all().forEach(separate);
    nameDays();
  }

  const comesBefore = (other, line) =>
    line.seq ? Number(other.dataset.seq ?? Infinity) < line.seq : true;
  const firstPlace = () => log.querySelector(".day, .line") ?? typing;

  /** A day's name stands before the first line of the day, nowhere else. */
  function separate(bubble, index, bubbles) {
    const above = bubble.previousElementSibling;
    const label = above?.classList.contains("day") ? above : null;
    const fresh = bubbles[index - 1]?.dataset.day !== bubble.dataset.day;
    if (!fresh) label?.remove();
    else if (!label) bubble.before(el("div", { className: "day" }, dayName(bubble.dataset.day)));
  }

  /** What was today is yesterday when midnight is over. */
  function nameDays() {
    for (const label of log.querySelectorAll(".day")) {
      const name = dayName(label.nextElementSibling.dataset.day);
      if (label.textContent !== name) label.textContent = name;
    }
  }

  /** Only the newest choices look alive, until something is said after them. */
  function fade() {
    const bubbles = all();
    const last = bubbles.findLastIndex((bubble) => bubble.matches(".person, .asks"));
    bubbles.forEach((bubble, index) =>
      bubble.classList.toggle("fresh", index === last && bubble.matches(".asks")));
  }

  function draw(line) {
    const bubble = el("div", { className: `line ${line.who} ${line.kind}` });
    if (line.key) bubble.dataset.key = line.key;
    if (line.who === "person") bubble.dataset.state = line.seq ? "sent" : "sending";
    const said = el("span", { className: "unseen" }, words[line.who]);
    bubble.append(el("div", { className: "bubble" }, said, ...content(line), foot(line)));
    date(bubble, now());
    if (line.choices?.length) offer(bubble, line.choices);
    if (line.kind === "tap") mark(line.data);
    return bubble;
  }

  /** The server's time is the one that counts; until it is known, it is now. */
  function date(bubble, at) {
    const time = bubble.querySelector(".foot time");
    time.dateTime = at.toISOString();
    time.textContent = clock(at);
    bubble.dataset.day = dayOf(at);
  }

  function foot(line) {
    const state = line.who === "person" ? el("span", { className: "state" }) : null;
    if (state) show(state, line.seq ? "sent" : "sending");
    return el("span", { className: "foot" }, el("time"), state);
  }

  function offer(bubble, choices) {
    const buttons = choices.map(({ data, label }, index) =>
      el("button", { type: "button", className: "choice", onclick: () => tapped({ data, text: label }) },
        el("span", { className: "number" }, String(index + 1)), el("span", { className: "label" }, label)));
    buttons.forEach((button, index) => (button.dataset.data = choices[index].data));
    bubble.classList.add("asks");
    bubble.append(el("div", { className: "choices" }, ...buttons));
  }

  /** The button that was tapped keeps showing it. */
  function mark(data) {
    const buttons = [...log.querySelectorAll(".choice")].filter((one) => one.dataset.data === data);
    buttons.at(-1)?.classList.add("chosen");
  }

  const source = (line) => line.preview ?? `/phones/${address()}/files/${line.file}`;

  function content(line) {
    switch (line.kind) {
      case "photo": return [picture(line)];
      case "voice": return line.file || line.preview
        ? [el("audio", { controls: true, preload: "metadata", src: source(line) })]
        : [badge("voice", words.voice)];
      case "file": return [document_(line)];
      case "sticker": return STICKERS.includes(line.name)
        ? [stickerPicture(line.name)] : [badge("sticker", line.text)];
      case "location": return [badge("location", words.location, line.text)];
      case "contact": return [badge("contact", words.contact, line.text)];
      default: return [el("p", {}, ...linked(line.text))];
    }
  }

  function picture(line) {
    const image = el("img", { src: source(line), alt: line.name || words.photo, className: "picture" });
    image.onload = () => log.dispatchEvent(new Event("grown"));
    image.onerror = () => opened.replaceWith(badge("photo", line.name || words.photo)); // HEIC
    const opened = el("button", { type: "button", className: "open", onclick: () => view(image) }, image);
    opened.setAttribute("aria-label", `${words.photo} ${line.name ?? ""}`.trim());
    return opened;
  }

  function document_(line) {
    const inside = badge("file", line.name || words.file, line.size ? weight(line.size) : null);
    if (!line.file) return inside;
    // A phone shows a PDF by itself; what it cannot show is kept under its name.
    const way = /\.pdf$/i.test(line.name) ? { target: "_blank", rel: "noopener" } : { download: line.name };
    return el("a", { href: source(line), className: "open", ...way }, inside);
  }

  const badge = (name, title, more = null) =>
    el("span", { className: "badge" }, icon(name),
      el("span", {}, el("b", {}, title), more && el("small", {}, more)));

  /** Clock, tick or a warning on a line of the person's; `share` is how much of a file has left. */
  function settle(key, state, share = null) {
    const place = log.querySelector(`.line[data-key="${CSS.escape(key)}"] .state`);
    if (!place) return;
    show(place, state);
    place.closest(".line").dataset.state = state;
    showShare(place.closest(".bubble"), share);
  }

  const show = (place, state) =>
    place.replaceChildren(icon(SIGNS[state]), el("span", { className: "unseen" }, words[state]));

  function showShare(bubble, share) {
    const bar = bubble.querySelector("progress");
    if (share === null) bar?.remove();
    else if (bar) bar.value = share;
    else bubble.insertBefore(el("progress", { max: 1, value: share, ariaLabel: words.sending }), bubble.lastChild);
  }

  const numbers = () => all().map((bubble) => Number(bubble.dataset.seq)).filter(Boolean);
  return {
    put,
    settle,
    nameDays,
    first: () => numbers()[0] ?? 0,
    last: () => Math.max(0, ...numbers()),
    empty: () => all().length === 0,
    typing: (on) => (typing.hidden = !on),
  };
}
