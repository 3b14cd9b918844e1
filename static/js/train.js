// The phone pages: steppers, sliders, the rest timer. Every form works without it.
(() => {
  const read = (text) => Number.parseFloat(text.trim().replace("−", "-").replace(",", "."));

  // − and + beside a field: the first press on an empty one sets where most people begin.
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".step");
    if (!button) return;
    const box = button.closest(".stepper");
    const input = box.querySelector("input");
    const { step, start, least } = box.dataset;
    const now = read(input.value);
    const next = Number.isNaN(now) ? Number(start || 0) : now + Number(button.dataset.by) * Number(step);
    input.value = String(Math.round(Math.max(next, least === "" ? -Infinity : Number(least)) * 100) / 100);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });

  const tell = (slider) => {
    const output = slider.parentElement.querySelector("output");
    if (output) output.textContent = slider.value === "0" ? "" : slider.value;
  };
  // Plates on each end of the bar: as programs/loads.py.
  const load = (input) => {
    const output = input.form?.querySelector(".plates");
    if (!output || input.name !== "weight") return;
    let rest = (read(input.value) - output.dataset.bar) / 2;
    const on = [];
    for (const plate of output.dataset.plates.split(" ")) while (rest >= plate && on.length < 20) { on.push(plate); rest -= plate; }
    output.textContent = rest === 0 && on.length ? `${on.join(" + ")} a side` : "";
  };
  document.addEventListener("input", (event) => {
    load(event.target);
    if (event.target.matches("input[type=range]")) tell(event.target);
  });

  // Rest counts from the time of the last set, so a locked phone or a reload loses nothing.
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  // When one that was seen running is over the phone shakes, and beeps for who wants that: late where its timers were held up, but not for a rest long over.
  const LATE = 90;
  let awaited, audio;
  const choice = byId("beep");
  const wanted = () => (choice ? choice.checked : noted("beep") === "1");
  // A phone's clock may be wrong by a day. What the server says tells by how much; a few seconds are those of the way.
  const heard = Date.parse(document.querySelector("[data-now]")?.dataset.now) - Date.now();
  const off = Math.abs(heard) > 10000 ? heard : 0, live = heard && document.body.dataset.kept === undefined;
  if (live) note("clock", off);
  const skew = live ? off : Number(noted("clock"));
  const beep = () => {
    const tone = audio.createOscillator(), volume = audio.createGain();
    volume.gain.value = 0.2;
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.3);
  };
  const signal = () => {
    if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.([200, 100, 200]); // before a tap it is forbidden
    if (wanted() && audio) beep();
  };
  // A browser lets a page sound only after a tap, and silences it while the phone is locked.
  const tune = () => { if (wanted() && window.AudioContext) (audio ||= new AudioContext()).resume(); };
  document.addEventListener("pointerdown", tune);
  document.addEventListener("change", ({ target }) => { if (target.id === "beep") { note("beep", target.checked ? "1" : "0"); tune(); } });

  // The screen stays on while a session is open.
  const stayAwake = () => { if (byId("lift") && !document.hidden) navigator.wakeLock?.request("screen").catch(() => {}); };
  document.addEventListener("visibilitychange", () => { stayAwake(); tick(); });

  const tick = () => {
    for (const rest of document.querySelectorAll("[data-rest-from]:not([hidden])")) {
      const passed = Math.max(0, Math.round((Date.now() + skew - Date.parse(rest.dataset.restFrom)) / 1000));
      rest.hidden = passed >= 900; // as programs/logbook.py: later it only nags
      rest.querySelector("time").textContent = clock(passed);
      const meter = rest.querySelector("meter");
      if (meter) meter.value = Math.min(passed, meter.max);
      if (passed < meter?.max) awaited = true;
      else if (awaited) { awaited = false; if (passed < meter.max + LATE) signal(); }
    }
  };
  setInterval(tick, 1000);

  const ready = () => {
    document.querySelectorAll("input[type=range]").forEach(tell);
    tick();
  };
  if (choice) choice.checked = noted("beep") === "1";
  ready();
  stayAwake();
  document.body.addEventListener("htmx:afterSettle", ready);
  document.addEventListener("swapped", ready);
  document.addEventListener("rest", ({ detail }) => {
    const rest = document.querySelector("[data-rest-from]");
    rest.dataset.restFrom = new Date(detail + skew).toISOString();
    rest.hidden = false;
    tick();
  });

  // 409 and 410 bring the piece of the page that says what happened: show it.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 410].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
})();
// From a form into the queue, and the form of the next set as far as the phone can know it.
(() => {
  const queue = window.reserve;
  if (!queue.works) return;
  const number = (text) => Number((text || "0").trim().replace("−", "-").replace(",", "."));
  const here = (row) => row.kind === "set" && row.within === byId("lift")?.dataset.session && row.lift === byId("lift").dataset.lift;
  const inside = (start) => `/train/${start.thing}/`;
  let pressed = {};

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

  document.addEventListener("input", ({ target }) => { const form = target.closest("#set-form"); if (form) form.dataset.touched = "1"; });
  addEventListener("pageshow", () => { pressed = {}; });

  queue.forms = { advance, directly, here, inside, putBack, rest };
})();
