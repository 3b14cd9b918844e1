// A session that the server has not seen, or an exercise that was never opened: the kept page becomes what the address asks for.
(() => {
  const queue = window.reserve, home = byId("away");
  const items = JSON.parse(byId("known").textContent);
  const [, session, what] = location.pathname.match(/^\/train\/([\da-f-]{36})\/(\w*)/) || [];

  const show = (name) => {
    const blank = byId(`away-${name}`);
    home.innerHTML = blank.innerHTML.replaceAll("00000000-0000-0000-0000-000000000000", session);
  };
  const write = (chosen, text) => { const one = home.querySelector(chosen); one.textContent = text; one.hidden = !text; };
  const link = (id, name, words = "", count = "") => {
    const row = Object.assign(document.createElement("a"), { className: "row", href: `/train/${session}/?lift=${id}` });
    row.append(Object.assign(document.createElement("span"), { textContent: words ? `${name}: ${words}` : name }));
    if (count) row.append(Object.assign(document.createElement("span"), { className: "muted", id: `done-${id}`, textContent: count }));
    return row;
  };

  const exercises = () => {
    show("exercises");
    const list = home.querySelector("nav"), field = home.querySelector("#q");
    const find = () => {
      const typed = field.value.toLowerCase().split(/\s+/);
      const found = items.filter(([, name]) => typed.every((word) => name.toLowerCase().includes(word)));
      list.replaceChildren(...found.slice(0, 30).map(([id, name]) => link(id, name)));
      if (!found.length) list.append("No exercise on this phone has that in its name.");
    };
    field.addEventListener("input", find);
    find();
  };

  const lift = (id, plan, done) => {
    const item = items.find(([key]) => key === id), line = plan.find((one) => one.id === id);
    const [, name, kind = items[0][2], ...before] = item || [id, line?.name || "Exercise"];
    const [weight = "", reps = "", last = ""] = line?.start || before;
    show(kind);
    const form = home.querySelector("#set-form"), { elements, dataset } = form, { of = "", planned = "" } = line || {};
    home.querySelector("#lift").dataset.lift = elements.exercise.value = id;
    home.querySelector("#lift").setAttribute("aria-label", document.title = name);
    write("h1", name);
    write(".words", [line?.words, line?.note].filter(Boolean).join(" · "));
    write(".last", last && `Last time, ${last}`);
    Object.assign(elements.weight, { value: weight });
    Object.assign(elements.reps, { value: reps });
    elements.planned.value = planned;
    Object.assign(dataset, { of, usual: dataset.usual === undefined ? "" : weight });
    if (line?.failure) dataset.failureLast = "1";
    if (planned) write("#ended-target", `As planned: ${planned / 2} left`);
    home.querySelector(".which").textContent = `Set 1${of && ` of ${of}`}`;
    if (line) home.querySelector(".rest meter").max = line.rest;
    write("#unsure", "Whether a set may go to failure is not known until there is a connection: stop short of it.");
    const rows = plan.map((one) => link(one.id, one.name, one.words, `0 of ${one.of}`));
    for (const other of done) if (!plan.some((one) => one.id === other)) rows.push(link(other, items.find(([key]) => key === other)?.[1] || "Exercise", "", "0"));
    home.querySelector("nav").prepend(...rows);
  };

  const fill = async () => {
    const mine = (await queue.all()).filter((row) => row.thing === session || row.within === session);
    const start = mine.find((row) => row.kind === "start"), plan = start?.plan || [];
    if (!session || !(start || (await caches.match(`/train/${session}/`, { ignoreVary: true })))) return;
    if (what === "exercises") { exercises(); return; }
    if (what) {
      show(what);
      if (start) home.querySelector("[name=duration_min]").value = Math.round((Date.now() - start.done) / 60000);
      return;
    }
    const sets = mine.filter((row) => row.kind === "set").map((row) => Number(row.lift));
    const open = plan.find((one) => sets.filter((id) => id === one.id).length < one.of);
    const id = Number(new URLSearchParams(location.search).get("lift")) || open?.id || plan.at(-1)?.id || sets.at(-1);
    if (id) lift(id, plan, new Set(sets)); else exercises();
  };

  queue.filled = fill();
  document.addEventListener("queue", ({ detail }) => { // the server has it now: its own page takes over
    if (detail.kind === "rest" && session && navigator.onLine && !document.querySelector("[data-touched]")) location.reload();
  });
})();
