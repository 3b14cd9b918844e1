// The sixteen weeks by keyboard, pointer and wheel: the day under the line is told in words. The table has it all without.
(() => {
  const NS = "http://www.w3.org/2000/svg";
  const DAY = 86400000;
  let at = null; // which day of the picture
  let came = null; // from which side the picture was turned

  const parts = () => {
    const section = document.getElementById("timeline");
    const svg = section?.querySelector("svg.timeline");
    return svg && { section, svg, axis: section.querySelector(".axis"), told: section.querySelector(".day"), days: Number(svg.dataset.days), from: Number(svg.dataset.from), to: Number(svg.dataset.to) };
  };
  const iso = (svg, day) => new Date(Date.parse(svg.dataset.first) + day * DAY).toISOString().slice(0, 10);

  const tell = (p, day) => {
    const key = iso(p.svg, day);
    const row = p.section.querySelector(`tr[data-day="${key}"]`);
    if (!row) {
      p.told.textContent = `${new Date(key).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" })}: nothing logged.`;
      return;
    }
    const heads = [...p.section.querySelectorAll("thead th")].map((one) => one.textContent);
    const cells = [...row.children].map((one) => one.textContent.trim());
    const said = cells.slice(1).map((value, n) => value && (n === 0 || n > 3 ? value : `${heads[n + 1].toLowerCase()} ${value}`)).filter(Boolean);
    p.told.textContent = `${cells[0]}: ${said.join(" · ")}`;
  };
  const move = (day) => {
    const p = parts();
    if (!p) return;
    at = Math.min(Math.max(day, 0), p.days - 1);
    let line = p.svg.querySelector(".cursor");
    if (!line) {
      line = document.createElementNS(NS, "line");
      line.setAttribute("class", "cursor");
      line.setAttribute("y1", "0");
      line.setAttribute("y2", p.svg.getAttribute("height"));
      p.svg.append(line);
    }
    const x = p.from + ((at + 0.5) / p.days) * (p.to - p.from);
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
    tell(p, at);
    const shown = (x / p.svg.viewBox.baseVal.width) * p.svg.getBoundingClientRect().width;
    if (shown < p.axis.scrollLeft + 20 || shown > p.axis.scrollLeft + p.axis.clientWidth - 20) p.axis.scrollLeft = shown - p.axis.clientWidth / 2;
  };
  const turn = (id) => {
    const link = document.getElementById(id);
    if (!link) return false;
    came = id;
    link.click();
    return true;
  };
  const step = (by) => {
    const p = parts();
    const next = (at ?? (by > 0 ? -1 : p.days)) + by;
    if (next < 0 && turn("earlier")) return;
    if (next >= p.days && turn("later")) return;
    move(next);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest?.("#timeline .axis")) return;
    const far = event.shiftKey ? 7 : 1;
    const acts = {
      ArrowLeft: () => step(-far), ArrowRight: () => step(far), Home: () => move(0), End: () => move(Infinity),
      PageUp: () => turn("earlier"), PageDown: () => turn("later"),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  });
  const under = (event) => {
    const p = parts();
    if (!p || !event.target.closest?.("#timeline .axis")) return;
    const box = p.svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * p.svg.viewBox.baseVal.width;
    if (x >= p.from && x <= p.to) move(Math.floor(((x - p.from) / (p.to - p.from)) * p.days));
  };
  document.addEventListener("pointermove", under);
  document.addEventListener("pointerdown", under);
  // Sideways only: the page itself still scrolls up and down.
  document.addEventListener("wheel", (event) => {
    const axis = event.target.closest?.("#timeline .axis");
    if (!axis || axis.scrollWidth > axis.clientWidth + 1) return;
    const by = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (Math.abs(by) < 4) return;
    event.preventDefault();
    step(by > 0 ? 1 : -1);
  }, { passive: false });

  const rest = () => { const p = parts(); if (p && !p.told.textContent.trim()) p.told.textContent = p.told.dataset.rest; };
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id === "timeline" && came) {
      const p = parts();
      if (p) { p.axis.focus(); move(came === "earlier" ? p.days / 2 : p.days / 2 - 1); }
      came = null;
    }
    rest();
  });
  rest();
})();
