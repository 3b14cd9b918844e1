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
  document.addEventListener("input", (event) => {
    if (event.target.matches("input[type=range]")) tell(event.target);
  });

  // Rest counts from the time of the last set, so a locked phone or a reload loses nothing.
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const tick = () => {
    for (const rest of document.querySelectorAll("[data-rest-from]:not([hidden])")) {
      const passed = Math.max(0, Math.round((Date.now() - Date.parse(rest.dataset.restFrom)) / 1000));
      rest.querySelector("time").textContent = clock(passed);
      const meter = rest.querySelector("meter");
      if (meter) meter.value = Math.min(passed, meter.max);
    }
  };
  setInterval(tick, 1000);

  const ready = () => {
    document.querySelectorAll("input[type=range]").forEach(tell);
    tick();
  };
  ready();
  document.body.addEventListener("htmx:afterSettle", ready);
  document.addEventListener("swapped", ready);
  document.addEventListener("rest", () => {
    const rest = document.querySelector("[data-rest-from]");
    rest.dataset.restFrom = new Date().toISOString();
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
