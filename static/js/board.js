// The board: keys, and a refresh that leaves in peace what is being read or typed. It works without.
(() => {
  const board = () => document.getElementById("board");
  const rows = () => [...document.querySelectorAll("#board .row")];
  let chosen = null; // id of the row that the keys mean
  let open = []; // what stood open before a refresh

  const choose = (row) => {
    if (!row) return;
    document.querySelector(".row.chosen")?.classList.remove("chosen");
    chosen = row.id;
    row.classList.add("chosen");
    row.focus();
    const why = row.querySelector(".why");
    if (why) why.open = true;
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
    Enter: () => current()?.querySelector("h3 a")?.click(),
    "/": () => document.getElementById("q")?.focus(),
    "?": () => {
      document.getElementById("status").textContent = "j and k move, Enter opens, a acknowledges, s scales back, / searches.";
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (typing) { if (event.key === "Escape") typing.blur(); return; }
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // A refresh waits while somebody types, and opens again what was open.
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id !== "poll") return;
    const active = document.activeElement;
    if (active && active.matches("input, textarea, select") && board()?.contains(active)) event.preventDefault();
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id === "board") open = [...document.querySelectorAll("#board details[open]")].map((one) => one.id);
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const swapped = event.detail.elt;
    if (swapped.id === "board" || swapped.closest?.("#board") === null) {
      for (const id of open) { const one = id && document.getElementById(id); if (one) one.open = true; }
      open = [];
    }
    // The row that was answered keeps the keyboard.
    const row = current();
    if (row && document.activeElement === document.body) { row.classList.add("chosen"); row.focus(); }
  });
})();
