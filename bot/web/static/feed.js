// Where the lines of a phone come from: its history, page by page, and the stream of new ones.

const PAGE = 50;

/** The newest lines, or the newest before a number; null when the server does not answer. */
export async function history(phone, before = 0) {
  const query = new URLSearchParams({ limit: PAGE, ...(before && { before }) });
  try {
    const answer = await fetch(`/phones/${phone}/lines?${query}`);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** Hear each new line while the page is looked at; `after()` is the last one that is known. */
export function createFeed(phone, { after, heard, connected }) {
  let stream = null;
  let timer = 0;

  function open() {
    close();
    stream = new EventSource(`/phones/${phone}/events?after=${after()}`);
    stream.addEventListener("line", ({ data }) => heard(JSON.parse(data)));
    stream.onopen = () => connected(true);
    stream.onerror = lost;
  }

  /** The browser comes back by itself after a broken line, but not after a refusal. */
  function lost() {
    connected(false);
    if (stream?.readyState === EventSource.CLOSED) timer = setTimeout(open, 3000);
  }

  function close() {
    clearTimeout(timer);
    stream?.close();
    stream = null;
  }

  // A browser grants a host six connections in all, so a page that nobody sees gives its own back.
  const look = () => (document.hidden ? close() : open());
  document.addEventListener("visibilitychange", look);
  look();
  return {
    close() {
      document.removeEventListener("visibilitychange", look);
      close();
    },
  };
}
