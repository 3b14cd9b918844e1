// What is on the phone, on the page: forms go into the queue, rows show where they are, pages are kept for later.
(() => {
  const queue = window.reserve;
  if (!queue.works) return;
  const { body } = document;
  const nobody = (which) => `00000000-0000-0000-0000-00000000000${which}`;
  const byId = (id) => document.getElementById(id);
  const pages = `pages-${queue.me}`;
  const done = new Map(); // sent, and shown with a tick until the server's own row takes the place
  let why = "", latest = null, pressed = {};

  const make = (tag, properties, ...inside) => {
    const one = Object.assign(document.createElement(tag), properties);
    one.append(...inside);
    return one;
  };
  const say = (text) => { byId("status").textContent = text; };
  const number = (text) => Number((text || "0").trim().replace("−", "-").replace(",", "."));
  const here = (row) => row.kind === "set" && row.within === byId("lift")?.dataset.session && row.lift === byId("lift").dataset.lift;

  // --- from a form into the queue ---
  // What the server would send back. With a connection it says so itself, at the field.
  const doubt = (form, data) => {
    if (form.id === "why") return !data.get("reason") ? "Why did you stop? Tap one." : data.get("reason") === "pain" && !data.get("region") ? "Say where it hurts." : "";
    if (form.dataset.queue !== "set") return "";
    const reps = number(data.get("reps") || "x"), weight = Math.abs(number(data.get("weight")));
    if (!(weight <= (form.dataset.units === "lb" ? 4409 : 2000))) return "Enter the weight as a number, like 62.5.";
    const usual = number(form.dataset.usual), typed = String(data.get("weight")).trim().replace(",", ".");
    if (usual > 0 && weight > 2 * usual && Number(data.get("sure")) !== weight) {
      if (!navigator.onLine) form.elements.sure.value = typed; // else the server asks, at the field
      return `${typed} ${form.dataset.units}? You usually take ${form.dataset.usual} here. Tap again to keep it.`;
    }
    if (!Number.isInteger(reps) || reps < 0 || reps > 100) return "Reps are a whole number from 0 to 100.";
    if (data.get("ended") !== "target") return "";
    if (reps === 0) return "0 reps only fits a set that failed or was stopped.";
    return data.has("rir") || data.get("planned") || data.has("warm_up") ? "" : "How many more could you have done? Tap one.";
  };

  const words = (form, data, button) => {
    if (form.dataset.words) return form.dataset.words;
    const [weight, reps] = [data.get("weight").trim(), data.get("reps").trim()];
    const left = data.get("rir") ?? (data.get("planned") && data.get("planned") / 2);
    const how = data.get("ended") === "target" ? left && `${left} left` : button.textContent.trim();
    const parts = [data.has("warm_up") && "warm-up", how || null].filter(Boolean);
    return `${weight ? `${weight} ${form.dataset.units} × ${reps}` : `${reps} reps`} ${parts.join(", ")}`;
  };

  const entryOf = (form, button) => {
    const data = new FormData(form);
    if (button?.name) data.set(button.name, button.value);
    data.delete("csrfmiddlewaretoken");
    const { queue: kind, session, thing, mends } = form.dataset;
    const entry = { kind, url: new URL(form.action).pathname, within: session, thing, lift: data.get("exercise") || form.dataset.lift };
    if (kind === "set") {
      // A kept page offers an id that may be used up; only what the server sent back keeps its own.
      if (!form.querySelector(".wrong") && !form.dataset.id) data.set("id", queue.newId());
      if (form.dataset.id) data.set("id", form.dataset.id);
      if (mends) entry.instead = Number(mends);
      entry.thing = data.get("id");
    } else if (kind === "start") {
      entry.thing = queue.newId(); // that of a kept page may be used up
      data.set("id", entry.thing);
      entry.plan = data.has("workout") ? JSON.parse(byId("plan").textContent) : [];
    } else if (kind === "checkin") entry.thing = `checkin-${data.get("day")}`;
    return { ...entry, words: words(form, data, button), fields: [...data] };
  };

  const outcome = (entry) => new Promise((settled) => {
    const hear = ({ detail }) => {
      if (detail.kind === "waiting" || (detail.entry?.seq === entry.seq && detail.kind !== "added")) settled(detail);
    };
    document.addEventListener("queue", hear);
    setTimeout(() => settled({ kind: "waiting" }), 5000);
  });

  const inside = (start) => `/train/${start.thing}/`;
  const directly = (form, button) => { form.dataset.direct = "1"; form.requestSubmit(button); delete form.dataset.direct; };

  // A form that is a page of its own: go on as soon as it is settled, or when it lies safe on the phone.
  const goOn = async (form, entry) => {
    const result = outcome(entry);
    queue.flush();
    const { kind, to } = await result;
    if (kind !== "refused") return location.assign((kind === "sent" && to) || form.dataset.go || inside(entry));
    await queue.drop(entry.seq); // the server says what is wrong, beside what was typed
    form.elements.csrfmiddlewaretoken.value = queue.token();
    return directly(form);
  };

  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (!form.dataset.queue && form.method === "post" && !navigator.onLine && !form.matches("[data-sign-out]")) {
      event.preventDefault(); // the browser's own error page would take its place
      event.stopImmediatePropagation();
      say("This needs a connection. Sessions, sets and the check-in do not.");
      return;
    }
    if (!form.dataset.queue || form.dataset.direct) return;
    const entry = entryOf(form, submitter);
    const problem = doubt(form, new Map(entry.fields));
    if (problem && navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (problem) { say(problem); return; }
    const tap = `${entry.url} ${entry.words}`;
    if (tap === pressed.tap && event.timeStamp - pressed.at < 600) return; // a double tap is one set
    pressed = { tap, at: event.timeStamp };
    if (entry.kind === "start") {
      const rows = await queue.all(), ended = (row) => rows.some((one) => one.kind === "finish" && one.within === row.thing);
      const begun = rows.find((row) => row.kind === "start" && ["workout", "like"].every((name) => queue.field(row, name) === queue.field(entry, name)) && !ended(row));
      if (begun) { location.assign(inside(begun)); return; }
    }
    delete form.dataset.mends;
    delete form.dataset.id;
    delete form.dataset.touched;
    // At once: who types on while the phone writes must not be overwritten.
    if (form.dataset.queue === "set" && !entry.instead) { advance(form, entry.fields); rest(Date.now()); }
    try {
      await queue.add(entry);
    } catch {
      pressed = {};
      putBack(form, entry.fields);
      form.dataset.working -= form.dataset.queue === "set" && !form.elements.warm_up.checked;
      say("This phone cannot keep anything (is its storage full?), so this is sent without.");
      directly(form, submitter);
      return;
    }
    if (form.id === "why") form.remove();
    const mine = (await queue.all()).filter((row) => row.thing === entry.thing).pop();
    if (form.dataset.go || entry.kind === "start") { await goOn(form, mine); return; }
    queue.flush();
  }, true);

  const putBack = (form, fields) => {
    for (const [name, value] of fields) {
      if (name === "rir") for (const one of form.querySelectorAll("[name=rir]")) one.checked = one.value === value;
      else if (name === "warm_up") form.elements.warm_up.checked = true;
      else if (["weight", "reps", "set_no", "planned"].includes(name)) form.elements[name].value = value;
    }
  };

  // --- the form of the next set, as far as the phone can know it ---
  const advance = (form, fields, restarts = true) => {
    const sent = new Map(fields), { elements, dataset } = form;
    const of = Number(dataset.of), now = Number(dataset.working) + !sent.has("warm_up");
    dataset.working = now;
    elements.set_no.value = Number(elements.set_no.value) + 1;
    if (dataset.touched && !restarts) return;
    for (const one of form.querySelectorAll(":checked")) one.checked = false;
    elements.weight.value = sent.get("ended") === "technical_failure" ? lighter(form, sent.get("weight")) : sent.get("weight");
    elements.reps.value = sent.get("reps");
    if (dataset.failureLast && now + 1 >= of) elements.planned.value = "";
    if (!elements.planned.value) byId("ended-target").textContent = "Stopped as planned";
    const entry = form.closest("details");
    entry.querySelector(".which").textContent = of && now >= of ? "One more set" : `Set ${now + 1}${of ? ` of ${of}` : ""}`;
    if (of && now >= of) { entry.open &&= !restarts; byId("all-done").hidden = false; }
    const count = byId(`done-${sent.get("exercise")}`);
    if (count) count.textContent = of ? `${now} of ${of}` : now;
    if (!sent.has("warm_up")) byId("turn")?.classList.add("primary");
  };

  const rest = (detail) => document.dispatchEvent(new CustomEvent("rest", { detail }));

  // After a form break 5–10 % less, in whole steps: as programs/loads.py.
  const lighter = (form, typed) => {
    const weight = number(typed), step = Number(form.querySelector("[data-step]").dataset.step);
    if (!typed.trim() || weight <= 0) return typed;
    return String(Math.max(0, Math.round((weight - Math.max(1, Math.round(weight * 0.075 / step)) * step) * 100) / 100));
  };

  // --- rows ---
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
      if (stopped && !byId("why")) byId("lift").insertAdjacentHTML("afterbegin", byId("why-blank").innerHTML.replaceAll(nobody(0), stopped.within).replaceAll(nobody(1), stopped.thing));
      const unsure = byId("unsure");
      if (unsure) unsure.hidden = !waiting.some(here) && body.dataset.kept === undefined;
      const form = byId("undo");
      if (form) form.hidden = rows.some(here);
    }
    if (active.act) document.querySelector(`[data-seq="${active.seq}"][data-act="${active.act}"]`)?.focus();
  };

  // --- what the server answers ---
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

  // The kept page learns what the server said, so that it opens right without a connection.
  const patch = async (entry, html) => {
    const next = new DOMParser().parseFromString(html, "text/html").getElementById("lift");
    if (!next || !window.caches) return;
    const cache = await caches.open(pages);
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
      if (entry.within === byId("lift")?.dataset.session && entry.lift === byId("lift").dataset.lift) latest = html;
      await patch(entry, html);
    }
    if (kind === "refused" && here(entry) && (status === 409 || !byId("set-form")?.dataset.touched)) swap(html);
    // Once nothing of this exercise is on its way the server's own rows, verdict and form take over.
    if (latest && !(await queue.all()).some((row) => row.state === "waiting" && here(row))) { swap(latest); latest = null; }
    render();
  });

  // --- pages for later, and the way in ---
  const fetchInto = async (names) => {
    const cache = await window.caches?.open(pages);
    for (const name of cache ? names : []) {
      const answer = await fetch(name).catch(() => null);
      if (answer?.status === 200 && answer.headers.get("X-Client") === queue.me) await cache.put(name, answer);
    }
  };
  const keep = async () => {
    if (!window.caches || body.dataset.kept !== undefined) return;
    const cache = await caches.open(pages), links = [...document.querySelectorAll("a[data-keep]")].map((one) => one.pathname + one.search);
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

  document.addEventListener("input", ({ target }) => { const form = target.closest("#set-form"); if (form) form.dataset.touched = "1"; });
  document.body.addEventListener("htmx:afterSettle", render);
  addEventListener("online", () => queue.flush());
  addEventListener("pageshow", () => { pressed = {}; render(); queue.flush(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) queue.flush(); });

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

  if (body.dataset.kept !== undefined) {
    body.addEventListener("htmx:sendError", (event) => event.stopImmediatePropagation(), true); // said once, above
    const when = new Date(body.dataset.kept);
    const at = Number.isNaN(when.getTime()) ? "the last time" : when.toLocaleString("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit" });
    byId("as-of").textContent = `No connection: this page is as it was ${at}. What you log is kept.`;
    byId("as-of").hidden = false;
  }
  // A check-in page kept from another day is today's, with nothing answered.
  const checkin = byId("checkin");
  if (checkin && body.dataset.kept !== undefined) {
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
  Promise.resolve(queue.filled).then(queue.all).then((rows) => {
    const form = byId("set-form");
    if (form) rows.filter((row) => row.state === "waiting" && here(row)).forEach((row) => advance(form, row.fields, false));
    rows.filter((row) => row.kind === "set" && row.within === byId("lift")?.dataset.session).slice(-1).forEach((row) => rest(row.done));
    if (queue.filled) { render(); document.dispatchEvent(new Event("swapped")); }
  });
})();
