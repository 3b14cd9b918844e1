// What is kept on the phone: rows, shown with where they are, until the server's own take their place; and pages for later.
(() => {
  const queue = window.reserve;
  if (!queue.works) return;
  const { advance, directly, here, inside, putBack, rest } = queue.forms;
  const { body } = document;
  const mine = `pages-${queue.me}`, old = body.dataset.kept !== undefined;
  const done = new Map(); // sent, and shown with a tick until the server's own row takes the place
  let why = "", latest = null;

  // --- rows ---
  const make = (tag, properties, ...inside) => {
    const one = Object.assign(document.createElement(tag), properties);
    one.append(...inside);
    return one;
  };

  const button = (row, act, text) => {
    const one = make("button", { type: "button", textContent: text, onclick: () => acts[act](row) });
    Object.assign(one.dataset, { seq: row.seq, act });
    one.setAttribute("aria-label", `${text}: ${row.words}`);
    return one;
  };
  const acts = {
    send: (row) => queue.retry(row.seq),
    drop: (row) => (row.tries && row.kind === "set" && row.state === "waiting" ? undo(row) : queue.drop(row.seq)),
    change: (row) => {
      if (!here(row)) { location.assign({ start: "/train/", edit: row.url, checkin: row.url, finish: row.url }[row.kind] || `/train/${row.within}/?lift=${row.lift}`); return; }
      const form = byId("set-form");
      putBack(form, row.fields);
      // What was refused because other numbers are stored becomes a set of its own.
      if (row.status !== 409) form.dataset.id = row.thing;
      if (row.state === "refused") form.dataset.mends = row.seq;
      form.closest("details").open = true;
      form.elements.weight.focus();
      say("Correct it, then tap how it ended.");
    },
  };
  // It may have arrived: take it back there too.
  const undo = async (row) => {
    await queue.add({ kind: "delete", url: `/train/${row.within}/sets/${row.thing}/delete/`, thing: row.thing, within: row.within, lift: row.lift, words: `Remove ${row.words}`, fields: [["version", queue.field(row, "version")]] });
    queue.flush();
  };

  const item = (row) => {
    const refused = row.state === "refused", state = done.has(row.seq) ? "✓ sent" : refused ? "needs you" : "on the phone";
    const li = make("li", { className: `set kept${refused ? " refused" : ""}` },
      make("span", { className: "muted", textContent: done.has(row.seq) ? "✓" : refused ? "!" : "↑", ariaHidden: "true" }),
      make("span", {}, row.words, " ", make("span", { className: "how", textContent: state })));
    if (refused) li.append(make("p", { className: "why", textContent: row.reason }), make("div", { className: "choices three" }, button(row, "change", "Change"), button(row, "send", "Send again"), button(row, "drop", "Remove")));
    else if (row.kind === "start") li.append(make("a", { href: inside(row), textContent: "go on" }));
    else if (!done.has(row.seq) && (here(row) || !row.tries)) li.append(button(row, "drop", "undo"));
    return li;
  };

  const render = async () => {
    const rows = await queue.all(), active = document.activeElement?.dataset || {};
    const waiting = rows.filter((row) => row.state === "waiting"), refused = rows.length - waiting.length;
    const box = byId("kept"), list = byId("sets");
    box.hidden = rows.every(here) && why !== "signed out";
    const reason = { away: ": no connection, sent later", "signed out": ": sign in to send", failing: ": sent again in a moment" }[why] || "";
    box.querySelector("summary").textContent = [refused && `${refused} need${refused === 1 ? "s" : ""} you`, waiting.length && `${waiting.length} on the phone${reason}`].filter(Boolean).join(" · ");
    box.querySelector("ul").replaceChildren(...rows.filter((row) => !here(row)).map(item));
    box.querySelector("[data-sign-in]").hidden = why !== "signed out";
    if (rows.some((row) => row.state === "refused" && !here(row))) box.open = true;
    if (list) {
      list.querySelectorAll(".kept").forEach((one) => one.remove());
      list.append(...[...done.values(), ...rows].filter(here).map(item));
      list.hidden = !list.children.length;
      for (const one of list.querySelectorAll("[data-set]")) {
        const last = waiting.filter((row) => row.thing === one.dataset.set).pop();
        one.classList.toggle("gone", last?.kind === "delete");
        one.querySelector(".state").textContent = last ? ({ delete: "removed, on the phone", edit: "changed, on the phone" }[last.kind] || "on the phone") : "✓";
      }
      const stopped = why && waiting.find((row) => here(row) && queue.field(row, "ended") === "stopped" && !rows.some((one) => one.kind === "why" && one.thing === row.thing));
      if (stopped && !byId("why")) byId("lift").insertAdjacentHTML("afterbegin", byId("why-blank").innerHTML.replaceAll("00000000-0000-0000-0000-000000000000", stopped.within).replaceAll("00000000-0000-0000-0000-000000000001", stopped.thing));
      const unsure = byId("unsure");
      if (unsure) unsure.hidden = !waiting.some(here) && !old;
      const form = byId("undo");
      if (form) form.hidden = rows.some(here);
    }
    if (active.act) document.querySelector(`[data-seq="${active.seq}"][data-act="${active.act}"]`)?.focus();
  };

  const swap = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const next = fresh.getElementById("lift"), now = byId("lift");
    if (!next || !now) return;
    const [form, other] = [byId("set-form"), fresh.getElementById("set-form")], focus = document.activeElement?.id;
    if (form?.dataset.touched && other) {
      other.dataset.touched = "1";
      for (const name of ["weight", "reps"]) other.elements[name].value = form.elements[name].value;
      for (const one of form.querySelectorAll("input:checked")) other.querySelector(`[name="${one.name}"]${one.value === "on" ? "" : `[value="${one.value}"]`}`)?.setAttribute("checked", "");
    }
    if (now.querySelector(".entry[open]") && next.querySelector(".entry")) next.querySelector(".entry").open = true;
    const outside = [...fresh.querySelectorAll("[hx-swap-oob]")];
    now.replaceWith(next);
    for (const one of outside) byId(one.id)?.replaceWith(one);
    window.htmx?.process(next);
    if (focus) byId(focus)?.focus({ preventScroll: true });
    done.clear();
    document.dispatchEvent(new Event("swapped"));
  };

  // --- pages ---
  const fetchInto = async (names) => {
    const cache = await window.caches?.open(mine);
    for (const name of cache ? names : []) {
      const answer = await fetch(name).catch(() => null);
      if (answer?.status === 200 && answer.headers.get("X-Client") === queue.me) await cache.put(name, answer);
    }
  };
  const keep = async () => {
    if (!window.caches || old) return;
    const cache = await caches.open(mine), links = [...document.querySelectorAll("a[data-keep]")].map((one) => one.pathname + one.search);
    if (byId("lately")) {
      for (const { url } of await cache.keys()) {
        const session = new URL(url).pathname.match(/^\/train\/[0-9a-f-]{36}\//)?.[0];
        if (session && !links.some((link) => link.startsWith(session))) await cache.delete(url);
      }
    }
    const own = location.pathname + (location.search.match(/^\?lift=\d+$/)?.[0] || "");
    const wanted = new Set([...(navigator.serviceWorker?.controller ? [] : [own]), ...links, "/train/away/"]);
    for (const name of wanted) {
      const hit = await cache.match(name, { ignoreVary: true });
      if (!hit || Date.now() - Date.parse(hit.headers.get("Date")) > 6 * 3600e3) await fetchInto([name]);
    }
  };

  // The kept page learns what the server said, so that it opens right without a connection.
  const patch = async (entry, html) => {
    const next = new DOMParser().parseFromString(html, "text/html").getElementById("lift");
    if (!next || !window.caches) return;
    const cache = await caches.open(mine);
    for (const name of [`/train/${entry.within}/`, `/train/${entry.within}/?lift=${entry.lift}`]) {
      const hit = await cache.match(name, { ignoreVary: true });
      if (!hit) continue;
      const page = new DOMParser().parseFromString(await hit.text(), "text/html");
      if (page.getElementById("lift")?.dataset.lift !== entry.lift) continue;
      page.getElementById("lift").replaceWith(page.importNode(next, true));
      await cache.put(name, new Response(`<!doctype html>${page.documentElement.outerHTML}`, { headers: hit.headers }));
    }
  };

  const dropPages = async () => { for (const name of (await window.caches?.keys()) || []) if (name.startsWith("pages-")) await caches.delete(name); };

  document.addEventListener("queue", async ({ detail: { kind, entry, html, status, ...more } }) => {
    if (kind === "waiting") { why = more.why; if (why === "signed out") dropPages(); }
    if (kind === "sent") {
      why = "";
      if (entry.kind === "start") await fetchInto([inside(entry), "/train/"]);
      if (entry.kind === "set") done.set(entry.seq, entry);
      const lift = byId("lift")?.dataset;
      if (lift && entry.within === lift.session && entry.lift === lift.lift) latest = html;
      await patch(entry, html);
    }
    if (kind === "refused" && here(entry) && (status === 409 || !byId("set-form")?.dataset.touched)) swap(html);
    // Once nothing of this exercise is on its way the server's own rows, verdict and form take over.
    if (latest && !(await queue.all()).some((row) => row.state === "waiting" && here(row))) { swap(latest); latest = null; }
    render();
  });

  body.addEventListener("htmx:afterSettle", render);
  addEventListener("online", () => queue.flush());
  addEventListener("pageshow", () => { render(); queue.flush(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) queue.flush(); });

  Promise.resolve(queue.filled).then(queue.all).then((rows) => {
    const form = byId("set-form");
    if (form) rows.filter((row) => row.state === "waiting" && here(row)).forEach((row) => advance(form, row.fields, false));
    rows.filter((row) => row.kind === "set" && row.within === byId("lift")?.dataset.session).slice(-1).forEach((row) => rest(row.done));
    if (queue.filled) { render(); document.dispatchEvent(new Event("swapped")); }
  });

  // Who signs out is asked about what is only on this phone.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-sign-out]") || form.dataset.direct) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const rows = await queue.all(), ask = byId("leaving");
    if (rows.length) {
      ask.querySelector("p").textContent = `${rows.length} ${rows.length === 1 ? "entry is" : "entries are"} only on this phone so far.`;
      ask.returnValue = "";
      ask.showModal();
      await new Promise((closed) => ask.addEventListener("close", closed, { once: true }));
      if (!["keep", "delete"].includes(ask.returnValue)) return;
      if (ask.returnValue === "delete") await queue.forget();
    }
    await dropPages();
    directly(form);
  }, true);

  if (old) {
    body.addEventListener("htmx:sendError", (event) => event.stopImmediatePropagation(), true); // said once, above
    const when = new Date(body.dataset.kept);
    const at = Number.isNaN(when.getTime()) ? "the last time" : when.toLocaleString("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit" });
    byId("as-of").textContent = `No connection: this page is as it was ${at}. What you log is kept.`;
    byId("as-of").hidden = false;
  }
  // A check-in page kept from another day is today's, with nothing answered.
  const checkin = byId("checkin");
  if (checkin && old) {
    const now = Date.now(), zone = { timeZone: checkin.dataset.zone }; // the day is the client's, wherever the phone is
    const day = (back) => new Date(now - back * 86400000).toLocaleDateString("en-CA", zone);
    const morning = new Date(now).toLocaleTimeString("en-GB", zone) < "12";
    if (![day(0), ...(morning ? [day(1)] : [])].includes(checkin.elements.day.value)) {
      checkin.reset();
      checkin.querySelectorAll(":checked").forEach((one) => { one.checked = false; });
      for (const [name, value] of Object.entries({ day: day(0), id: queue.newId(), version: 1, sleep_hours: "", note: "" })) checkin.elements[name].value = value;
      checkin.querySelectorAll("[type=range]").forEach((one) => { one.value = 0; });
      checkin.querySelector(".days").textContent = new Date(now).toLocaleDateString("en-GB", { ...zone, weekday: "long", day: "numeric", month: "short" });
      checkin.dataset.words = "Check-in";
    }
  }
  navigator.serviceWorker?.register("/train/sw.js", { scope: "/train/" }).catch(() => {});
  addEventListener("load", () => setTimeout(keep, 500));
})();
