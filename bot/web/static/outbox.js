// What the person has sent and the server has not yet confirmed: kept over reloads, sent one at a
// time in order, repeated under the same key until there is an answer.

import { recall, remember } from "./dom.js";

const PAUSES = [1, 2, 4, 8, 15]; // seconds between attempts

/** One phone's outbox; `told(item, state, share)` hears how each thing in it fares. */
export function createOutbox(phone, told) {
  const name = `ocop.outbox.${phone}`;
  const waiting = () => recall(name, []);
  let busy = false;
  let failures = 0;
  let timer = 0;
  let closed = false;

  async function add(item, file = null) {
    if (file) await files.keep(item.key, file);
    remember(name, [...waiting(), item]);
    send();
  }

  async function send() {
    const [item] = waiting();
    if (busy || closed || !item) return;
    clearTimeout(timer);
    busy = true;
    const status = await attempt(item);
    busy = false;
    if (closed) return;
    if (status === 0 || status >= 500 || status === 429) return later(item);
    await settle(item, status);
    send();
  }

  async function attempt(item) {
    const file = item.upload ? await files.get(item.key) : null;
    if (item.upload && !file) return 410;
    told(item, "sending");
    return item.upload
      ? post(uploadAddress(phone, item), form(item, file), (share) => told(item, "sending", share))
      : post(`/phones/${phone}/messages`, JSON.stringify(item.message));
  }

  async function settle(item, status) {
    failures = 0;
    remember(name, waiting().filter(({ key }) => key !== item.key));
    if (item.upload) await files.drop(item.key);
    told(item, status === 200 ? "sent" : status === 410 ? "lost" : "failed");
  }

  function later(item) {
    told(item, "waiting");
    timer = setTimeout(send, 1000 * PAUSES[Math.min(failures, PAUSES.length - 1)]);
    failures += 1;
  }

  const close = () => {
    closed = true;
    clearTimeout(timer);
    removeEventListener("online", send);
  };
  addEventListener("online", send);
  return { add, send, waiting, close };
}

function uploadAddress(phone, { key, upload }) {
  const { seen, kind, size } = upload;
  return `/phones/${phone}/files?${new URLSearchParams({ key, seen, kind, size })}`;
}

const MOST = 20 * 1024 * 1024;

/** What is too big to be taken goes by its size alone, so that nobody pays for the sending. */
function form(item, file) {
  const body = new FormData();
  body.append("file", file.size > MOST ? new Blob() : file, item.upload.name);
  return body;
}

/** The status of the answer, 0 when there was none. */
function post(address, body, progress = () => {}) {
  return new Promise((answer) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    if (typeof body === "string") request.setRequestHeader("Content-Type", "application/json");
    request.timeout = typeof body === "string" ? 30_000 : 600_000;
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onloadend = () => answer(request.status);
    request.send(body);
  });
}

/** Files wait in IndexedDB, as localStorage holds only words. */
const files = {
  kept: new Map(),
  async keep(key, file) {
    this.kept.set(key, file);
    await this.ask("readwrite", (store) => store.put(file, key));
  },
  async get(key) {
    return this.kept.get(key) ?? (await this.ask("readonly", (store) => store.get(key)));
  },
  async drop(key) {
    this.kept.delete(key);
    await this.ask("readwrite", (store) => store.delete(key));
  },
  async ask(mode, question) {
    try {
      const database = await settled(this.open());
      return await settled(question(database.transaction("files", mode).objectStore("files")));
    } catch {
      return undefined; // no store here: the files of this page are in `kept`
    }
  },
  open() {
    const request = indexedDB.open("ocop", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("files");
    return request;
  },
};

const settled = (request) =>
  new Promise((good, bad) => {
    request.onsuccess = () => good(request.result);
    request.onerror = () => bad(request.error);
  });
