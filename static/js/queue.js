// The phone's queue: whatever is logged is written here first, then sent, each once, and kept until the server has it.
// Rows belong to a client and are sent to that client alone. Nothing here touches the page: it tells it by `queue` events.
window.reserve = (() => {
  const me = document.body.dataset.client;
  const { indexedDB, navigator } = window;

  // --- the store ---
  let opened;
  const database = () => (opened ||= new Promise((done, failed) => {
    const request = indexedDB.open("reserve", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("queue", { keyPath: "seq", autoIncrement: true });
    request.onsuccess = () => {
      request.result.onclose = () => { opened = null; }; // its data was cleared
      done(request.result);
    };
    request.onerror = () => { opened = null; failed(request.error); };
  }));
  // One look at the rows and one change, with nothing in between. The row with its new number comes back once it is on the disk.
  const change = async (act, mode = "readwrite") => {
    const db = await database();
    return new Promise((done, failed) => {
      const turn = db.transaction("queue", mode, { durability: "strict" });
      const rows = turn.objectStore("queue");
      let result;
      rows.getAll().onsuccess = (event) => { result = act(event.target.result.filter((row) => row.client === me), rows); };
      turn.oncomplete = () => done(result);
      turn.onabort = turn.onerror = () => failed(turn.error);
    });
  };
  const all = async () => { await recovered; return change((mine) => mine, "readonly"); };
  const drop = async (seq) => { await change((_, rows) => rows.delete(seq)); tell("changed"); };
  const tell = (kind, more) => document.dispatchEvent(new CustomEvent("queue", { detail: { kind, ...more } }));

  // RFC 9562, version 7: sorts by the time it was made.
  const newId = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    let now = Date.now();
    for (let at = 5; at >= 0; at--) { bytes[at] = now % 256; now = Math.floor(now / 256); }
    bytes[6] = (bytes[6] & 15) | 0x70;
    bytes[8] = (bytes[8] & 63) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  const field = (row, name) => row.fields.find(([key]) => key === name)?.[1];
  const set = (row, name, value) => { row.fields = [...row.fields.filter(([key]) => key !== name), [name, String(value)]]; };

  // The store takes a moment, and a page may be left in it: a tap is noted at once, until the store has it.
  const left = `tapped ${me} `;
  const add = async (tapped) => {
    const row = { done: Date.now(), ...tapped }, name = left + newId();
    note(name, JSON.stringify(row));
    try { return await put(row); } finally { note(name, null); }
  };
  const recover = async () => {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(left)).sort()) {
      const row = JSON.parse(noted(name));
      if (row) await add(row);
      note(name, null);
    }
  };

  // What corrects a row that the server cannot have yet takes its place; of one that may have arrived it is the next version.
  const put = async (row) => {
    const entry = await change((mine, rows) => {
      const same = mine.filter((one) => one.url === row.url && one.thing === row.thing).pop();
      const edited = row.kind === "delete" && mine.filter((one) => one.thing === row.thing && one.kind !== "delete" && field(one, "version")).pop();
      const fresh = { ...row, client: me, at: Date.now(), done: same?.done || row.done, tries: 0, state: "waiting" };
      if (row.instead) fresh.seq = row.instead;
      else if (same && (same.state === "refused" || !same.tries)) fresh.seq = same.seq;
      else if (same && row.kind !== "delete" && field(same, "version")) set(fresh, "version", Number(field(same, "version")) + 1);
      if (edited) set(fresh, "version", field(edited, "version")); // it will have been changed by then
      rows.put(fresh).onsuccess = (event) => { fresh.seq = event.target.result; };
      return fresh;
    });
    navigator.storage?.persist?.().catch(() => {});
    tell("added", { entry });
    return entry;
  };

  // Whether the row is still what it was when we looked; from here on it may have arrived.
  const claim = (entry) => change((mine, rows) => {
    const still = mine.some((one) => one.seq === entry.seq && one.at === entry.at && one.state === "waiting");
    if (still) rows.put({ ...entry, tries: ++entry.tries });
    return still;
  });
  const settle = (entry) => change((_, rows) => (entry.state === "refused" ? rows.put(entry) : rows.delete(entry.seq)));

  // --- sending ---
  let token, offset = 0, fails = 0, timer;
  const ask = (url, options) => fetch(url, {
    credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(15000), ...options,
    headers: { "HX-Request": "true", "X-Client": me, ...options?.headers },
  });
  class Wait extends Error {} // nothing can be sent now
  const wait = (why, seconds) => { token = null; return Object.assign(new Wait(why), { why, seconds }); };

  // Asked fresh: the token of a kept page is old, and somebody else may be signed in by now.
  const hello = async () => {
    const answer = await ask("/train/state/").catch(() => { throw wait("away"); });
    if (answer.status === 401) throw wait("signed out", 60);
    if (!answer.ok || answer.headers.get("X-Client") !== me) throw wait("away", Number(answer.headers.get("Retry-After")));
    const said = await answer.json().catch(() => { throw wait("away"); });
    token = said.token;
    offset = Date.parse(said.now) - Date.now();
  };

  const post = async (entry) => {
    if (!token) await hello();
    if (!field(entry, "done_at")) {
      // The phone's clock may be wrong by a day: how long ago it was is right all the same.
      set(entry, "done_at", new Date(Date.now() + offset - Math.max(0, Date.now() - entry.done)).toISOString());
    }
    if (!(await claim(entry))) return null;
    const body = new URLSearchParams(entry.fields);
    return ask(entry.url, { method: "POST", body, headers: { "X-CSRFToken": token } }).catch(() => { throw wait("away"); });
  };

  const reasons = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const said = [...page.querySelectorAll(".error, [role=alert]")].filter((one) => !one.querySelector(".error"));
    return [...new Set(said.map((one) => one.textContent.trim()).filter(Boolean))].join(" ");
  };
  const usual = {
    404: "Its session is no longer here.", 410: "Your record is closed.", 413: "It is too long to be sent.",
  };

  // True: settled, for good or bad. False: this one has to wait, others need not.
  const send = async (entry, again) => {
    const answer = await post(entry);
    if (!answer) return true;
    const { status } = answer;
    if (status === 403 && !again) { token = null; return send(entry, true); }
    if (status === 401 || status === 403) throw wait("signed out", 60);
    if (status === 429 || status === 503) throw wait("away", Number(answer.headers.get("Retry-After")));
    if (status >= 500 || status === 408) return false;
    if (answer.ok && answer.headers.get("X-Client") !== me) throw wait("away"); // a Wi-Fi's own page, say
    const html = await answer.text().catch(() => { throw wait("away"); });
    if (answer.ok) {
      await settle(entry);
      tell("sent", { entry, html, to: answer.headers.get("X-Location") });
    } else {
      Object.assign(entry, { state: "refused", status });
      entry.reason = reasons(html) || usual[status] || `The server did not take it (${status}).`;
      await settle(entry);
      tell("refused", { entry, html, status });
    }
    return true;
  };

  const run = async () => {
    const later = new Set();
    for (;;) {
      const rows = await all();
      const held = new Set(later); // what hangs on something that has not arrived
      const next = rows.find((row) => {
        const free = row.state === "waiting" && !held.has(row.thing) && !held.has(row.within);
        if (!free) held.add(row.thing);
        return free;
      });
      if (!next) break;
      if (!(await send(next))) later.add(next.thing);
    }
    if (later.size) throw wait("failing");
    fails = 0;
  };

  const flush = async () => {
    clearTimeout(timer);
    if (!me || !(await all()).some((row) => row.state === "waiting")) return;
    try {
      await (navigator.locks ? navigator.locks.request("reserve-queue", run) : run());
      tell("rest");
    } catch (error) {
      if (!(error instanceof Wait)) throw error;
      fails += 1;
      const seconds = Math.min(300, error.seconds || 2 ** fails) * (1 + Math.random() / 4);
      timer = setTimeout(flush, seconds * 1000);
      tell("waiting", { why: error.why });
    }
  };

  const retry = async (seq) => {
    await change((mine, rows) => mine.filter((one) => one.seq === seq).forEach((one) => rows.put({ ...one, state: "waiting", reason: "" })));
    tell("changed");
    await flush();
  };
  const forget = () => change((mine, rows) => mine.forEach((one) => rows.delete(one.seq)));

  const works = Boolean(me && indexedDB);
  const recovered = works ? recover().catch(() => {}) : null; // full or forbidden: the next page tries again

  return { me, works, add, all, drop, field, flush, forget, newId, retry, token: () => token };
})();
