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
  if (heard && document.body.dataset.kept === undefined) note("clock", Math.abs(heard) > 10000 ? heard : 0);
  const skew = Number(noted("clock"));
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
