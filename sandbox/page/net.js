const PATIENCE = 20_000;
const PAUSE = 1_000;

export class Refused extends Error {}

async function ask(path, options = {}) {
  const response = await reach(`/sandbox/${path}`, options);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error ?? `Песочница ответила кодом ${response.status}.`);
  return body;
}

async function reach(path, options) {
  try {
    return await fetch(path, { signal: AbortSignal.timeout(PATIENCE), ...options });
  } catch {
    throw new Refused("Нет связи с песочницей.");
  }
}

export const get = (path, query = {}) => ask(`${path}?${new URLSearchParams(query)}`);

export const post = (path, body) =>
  ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

export function upload(path, fields, files) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) form.append(name, value);
  }
  for (const file of files) form.append("file", file);
  return ask(path, { method: "POST", body: form });
}

export const fileAddress = (fileId) => `/sandbox/file/${encodeURIComponent(fileId)}`;

/** The server's events; reconnects for ever, where the browser's own retry gives up on a 502. */
export class Stream {
  constructor(hear) {
    this.hear = hear;
  }

  open() {
    this.close();
    this.source = new EventSource("/sandbox/events");
    this.source.onopen = this.hear.connected;
    this.source.onmessage = this.hear.changed;
    this.source.onerror = () => this.retry();
  }

  retry() {
    this.close();
    this.hear.lost();
    this.timer = setTimeout(() => this.open(), PAUSE);
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
  }
}
