// Where the person types, picks, photographs and speaks.

import { el, forget, recall, remember, words } from "./dom.js";
import { stickerPicture, stickers } from "./lines.js";

/** Wire the foot of a phone; `say(kind, fields)` and `upload(kind, file)` send. */
export function createComposer(section, phone, { say, upload }) {
  const find = (selector) => section.querySelector(selector);
  const [form, text, sheet, shelf] = [".composer", "textarea", ".sheet", ".stickers"].map(find);
  const draft = `ocop.draft.${phone}`;

  function writing() {
    text.value = recall(draft, "");
    text.oninput = () => {
      fit();
      remember(draft, text.value);
    };
    text.onkeydown = (event) => {
      const plainEnter = event.key === "Enter" && !event.shiftKey && !event.isComposing;
      if (!plainEnter) return;
      event.preventDefault();
      form.requestSubmit();
    };
    form.onsubmit = submit;
    fit();
  }

  function submit(event) {
    event.preventDefault();
    if (text.value.trim()) say("text", { text: text.value.trim() });
    text.value = "";
    forget(draft);
    fit();
    text.focus();
  }

  /** As tall as what is written, up to the limit of the style sheet. */
  function fit() {
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight + 2}px`;
    form.classList.toggle("filled", text.value.trim() !== "");
  }

  function unfold(panel, on = panel.hidden) {
    for (const one of [sheet, shelf]) one.hidden = !(on && one === panel);
    find(".more").setAttribute("aria-expanded", String(!sheet.hidden || !shelf.hidden));
    if (on) panel.querySelector("button:not([hidden])")?.focus();
  }

  function picking() {
    find(".more").onclick = () => unfold(sheet, sheet.hidden && shelf.hidden);
    find(".bottom").addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      unfold(sheet, false);
      text.focus();
    });
    for (const name of ["photo", "camera", "file"]) pickWith(name);
    find("[data-pick=stickers]").onclick = () => unfold(shelf);
    shelf.append(...stickers.map(sticker));
  }

  function pickWith(name) {
    const input = find(`.pick-${name}`);
    find(`[data-pick=${name}]`).onclick = () => input.click();
    input.onchange = () => {
      for (const file of input.files) upload(name === "file" ? "file" : "photo", file);
      input.value = "";
      unfold(sheet, false);
    };
  }

  function sticker([name, label]) {
    const button = el("button", { type: "button", title: label }, stickerPicture(name));
    button.onclick = () => {
      unfold(shelf, false);
      say("sticker", { data: name, text: label });
    };
    return button;
  }

  /** Pictures may also be dropped on the phone or pasted. */
  function dropping() {
    const sign = find(".drop");
    const kind = (file) => (file.type.startsWith("image/") ? "photo" : "file");
    const take = (files) => [...files].forEach((file) => upload(kind(file), file));
    const show = (on) => (event) => {
      event.preventDefault();
      sign.hidden = !on;
    };
    section.addEventListener("dragover", show(true));
    section.addEventListener("dragleave", (event) => section.contains(event.relatedTarget) || show(false)(event));
    section.addEventListener("drop", (event) => {
      show(false)(event);
      take(event.dataTransfer.files);
    });
    text.onpaste = (event) => {
      if (event.clipboardData.files.length === 0) return;
      event.preventDefault();
      take(event.clipboardData.files);
    };
  }

  function locating() {
    const button = find("[data-pick=location]");
    button.hidden = !(isSecureContext && navigator.geolocation);
    const found = ({ coords: { latitude, longitude } }) => say("location", { latitude, longitude });
    button.onclick = () => {
      unfold(sheet, false);
      navigator.geolocation.getCurrentPosition(found, () => notice(words.no_place), { timeout: 20_000 });
    };
  }

  function recording() {
    const button = find("[data-pick=voice]");
    button.hidden = !(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);
    button.onclick = async () => {
      unfold(sheet, false);
      try {
        record(await navigator.mediaDevices.getUserMedia({ audio: true }));
      } catch {
        notice(words.no_microphone);
      }
    };
  }

  function record(sound) {
    const recorder = new MediaRecorder(sound);
    const parts = [];
    const began = Date.now();
    const ticking = setInterval(() => (find(".length").textContent = spent(began)), 250);
    let wanted = false;
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => {
      clearInterval(ticking);
      sound.getTracks().forEach((track) => track.stop());
      showRecorder(false);
      if (wanted) upload("voice", new File(parts, words.recording, { type: recorder.mimeType }));
    };
    find(".finish").onclick = () => {
      wanted = true;
      recorder.stop();
    };
    find(".cancel").onclick = () => recorder.stop();
    find(".length").textContent = spent(began);
    recorder.start();
    showRecorder(true);
  }

  function showRecorder(on) {
    find(".recorder").hidden = !on;
    form.hidden = on;
    (on ? find(".finish") : text).focus();
  }

  const spent = (began) => {
    const seconds = Math.floor((Date.now() - began) / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };

  function notice(words_) {
    const place = find(".notice");
    place.textContent = words_;
    place.hidden = false;
    setTimeout(() => (place.hidden = true), 6000);
  }

  for (const button of section.querySelectorAll("[data-text]")) {
    button.onclick = () => say("text", { text: button.dataset.text });
  }
  for (const wire of [writing, picking, dropping, locating, recording]) wire();
  return { focus: () => text.focus({ preventScroll: true }), notice };
}
