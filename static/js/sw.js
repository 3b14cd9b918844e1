// The phone pages without a network: the shell, and the pages that were open lately, kept under the client's id.
// VERSION and SHELL stand above this line when it is served.
const shell = `shell-${VERSION}`;
const PATIENCE = 4000; // ms until a page that is kept is shown instead

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(shell).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const clean = async () => {
    for (const name of await caches.keys()) if (name.startsWith("shell-") && name !== shell) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const form = request.method === "POST" && request.mode === "navigate";
  // A form that did not arrive says so, in place of the browser's own page. A file is left alone: it may be long.
  if (form && !request.headers.get("Content-Type")?.startsWith("multipart/")) event.respondWith(fetch(request).catch(unsent));
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(fromShell(request));
  else if (request.mode === "navigate" || url.pathname === "/train/verdicts/") event.respondWith(page(event, nameOf(url)));
});

const unsent = async () => (await caches.match("/train/unsent/")) || Response.error();

const fromShell = async (request) => (await (await caches.open(shell)).match(request.url)) || fetch(request);

// An exercise has a page of its own; whatever else an address says is about one visit.
const AWAY = "/train/away/"; // fills in for a session, or a part of one, that is not kept
const INSIDE = /^\/train\/[0-9a-f-]{36}\/(exercises\/|finish\/)?$/;
const nameOf = (url) => url.pathname + (url.searchParams.has("lift") ? `?lift=${url.searchParams.get("lift")}` : "");

const dropPages = async (but) => {
  for (const name of await caches.keys()) if (name.startsWith("pages-") && name !== but) await caches.delete(name);
};

const kept = async (name) => {
  for (const cache of await caches.keys()) {
    if (!cache.startsWith("pages-")) continue;
    const hit = await (await caches.open(cache)).match(name, { ignoreVary: true });
    if (!hit) continue;
    const html = (await hit.text()).replace("<body", `<body data-kept="${hit.headers.get("Date") || ""}"`);
    return new Response(html, { headers: hit.headers });
  }
  return null;
};

const keep = async (name, response) => {
  const client = response.headers.get("X-Client");
  if (!client) return;
  await dropPages(`pages-${client}`);
  await (await caches.open(`pages-${client}`)).put(name, response);
};

const signedOut = async () => {
  const answer = await fetch("/train/state/", { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.status === 401) await dropPages();
};

const page = async (event, name) => {
  const fresh = fetch(event.request).then((response) => {
    if (response.status === 200) event.waitUntil(keep(name, response.clone()));
    else if (response.status === 401) event.waitUntil(dropPages());
    else if (response.type === "opaqueredirect") event.waitUntil(signedOut());
    return response.status >= 500 ? Promise.reject(response) : response;
  });
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  event.waitUntil(fresh.catch(() => {}));
  const first = await Promise.race([fresh, late]).catch(() => null);
  const inside = INSIDE.test(new URL(event.request.url).pathname);
  if (first && (first.status !== 404 || !inside)) return first;
  return (await kept(name)) || (inside && (await kept(AWAY))) || first || fresh.catch(async (failure) => (
    failure instanceof Response ? failure : (event.request.mode === "navigate" && await caches.match("/train/offline/")) || Response.error()
  ));
};
