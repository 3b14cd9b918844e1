// The board: keys, and a refresh that leaves in peace what is being read or typed. It works without.
(() => {
  const board = () => document.getElementById("board");
  const rows = () => [...document.querySelectorAll("#board .row")];
  const help = document.getElementById("keys");
  let chosen = null; // id of the row that the keys mean
  let unfolded = null; // what they have opened, and close again when they go on

  const choose = (row) => {
    if (!row) return;
    document.querySelector(".row.chosen")?.classList.remove("chosen");
    const before = unfolded && document.getElementById(unfolded);
    if (before && !row.contains(before) && !before.querySelector(".message-form")) before.open = false;
    chosen = row.id;
    row.classList.add("chosen");
    row.focus();
    const why = row.querySelector(".why");
    if (why && !why.open) { why.open = true; unfolded = why.id; }
    row.scrollIntoView({ block: "nearest" });
  };
  const current = () => document.getElementById(chosen) || null;
  const step = (by) => {
    const all = rows();
    const at = all.indexOf(current());
    choose(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)]);
  };
  const press = (kind) => current()?.querySelector(`button[name="kind"][value="${kind}"]`)?.click();

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    a: () => press("acknowledge"),
    s: () => press("scale_back"),
    m: () => current()?.querySelector("a.write")?.click(),
    x: () => current()?.querySelector(".choose")?.click(),
    u: () => document.querySelector("#status form button")?.click(),
    Enter: () => current()?.querySelector("h3 a")?.click(),
    "/": () => document.getElementById("q")?.focus(),
    "?": () => help?.showModal(),
  };
  const onOff = document.getElementById("keys-on");
  if (help && onOff) {
    onOff.checked = noted("keys") !== "off";
    onOff.addEventListener("change", () => note("keys", onOff.checked ? "on" : "off"));
    const opener = document.getElementById("show-keys");
    opener.addEventListener("click", () => help.showModal());
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || help?.open) return;
    if (onOff && !onOff.checked) return;
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (typing) { if (event.key === "Escape") typing.blur(); return; }
    if (event.key === "Enter" && event.target.closest("a, button, summary, input")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // How many are chosen stands on the button.
  const count = () => {
    const button = document.querySelector("#bulk button");
    if (!button) return;
    const number = document.querySelectorAll(".choose:checked").length;
    button.textContent = number ? `Acknowledge the chosen ${number}` : "Acknowledge the chosen";
  };
  document.addEventListener("change", (event) => { if (event.target.matches(".choose")) count(); });

  // A refresh waits while somebody writes, has written or has chosen.
  const busy = () => {
    const here = board();
    const active = document.activeElement;
    return active?.matches("input:not([type=checkbox]), textarea, select") && here.contains(active)
      || here.querySelector(".message-form, .choose:checked")
      || [...here.querySelectorAll("input:not([type=checkbox]):not([type=hidden])")].some((field) => field.value !== field.defaultValue);
  };
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id === "poll" && busy()) event.preventDefault();
  });

  // It opens again what was open, keeps the keyboard where it was and what is read in its place on the screen.
  let before = null;
  const place = (element) => {
    const root = element?.closest("#board [id]");
    return root && { id: root.id, at: [...root.querySelectorAll("a, button, input, select, summary")].indexOf(element) };
  };
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "board") return;
    const seen = rows().filter((row) => row.getBoundingClientRect().bottom > 0);
    before = {
      open: [...document.querySelectorAll("#board details[open]")].map((one) => one.id),
      tops: [...(current() ? [current()] : []), ...seen].map((row) => [row.id, row.getBoundingClientRect().top]),
      said: new Map(rows().map((row) => [row.id, row.textContent])),
      focus: place(document.activeElement),
      scrolled: scrollY > 0,
    };
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const swapped = event.detail.elt;
    if (before && (swapped.id === "board" || swapped.closest?.("#board") === null)) {
      for (const id of before.open) { const one = id && document.getElementById(id); if (one) one.open = true; }
      const kept = before.scrolled && before.tops.find(([id]) => document.getElementById(id));
      if (kept) scrollBy(0, document.getElementById(kept[0]).getBoundingClientRect().top - kept[1]);
      for (const row of rows()) if (before.said.has(row.id) && before.said.get(row.id) !== row.textContent) row.classList.add("fresh");
      current()?.classList.add("chosen");
      const root = before.focus && document.getElementById(before.focus.id);
      if (root && document.activeElement === document.body) (root.querySelectorAll("a, button, input, select, summary")[before.focus.at] || root).focus({ preventScroll: true });
      before = null;
    }
    count();
    const needs = document.querySelector("#board-head h1 .act")?.textContent;
    document.title = `${needs ? `(${needs}) ` : ""}Clients · Reserve`;
    // The row that was answered keeps the keyboard.
    const row = current();
    if (row && document.activeElement === document.body) { row.classList.add("chosen"); row.focus({ preventScroll: true }); }
  });
})();
