// What the coach's pages share: a message that is being written is not thrown away by a slip.
(() => {
  const written = (form) => {
    const text = form?.querySelector("textarea");
    return text && text.value !== text.defaultValue;
  };
  const close = (form) => {
    const row = form.closest(".row, .flag, .client-do");
    const opener = row?.querySelector("a.write");
    form.remove();
    opener?.focus();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close]");
    if (!button) return;
    event.preventDefault();
    close(button.closest("form"));
  });
  document.addEventListener("keydown", (event) => {
    const form = event.key === "Escape" && event.target.closest(".message-form");
    if (form && !written(form)) { event.preventDefault(); close(form); }
  });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });
  // Another draft, or the form again, would take the place of what was written.
  document.body.addEventListener("htmx:confirm", (event) => {
    const link = event.target.closest(".picks a, a.write");
    if (!link) return;
    const form = link.closest(".message-form") || link.closest(".row, .flag, .client-do")?.querySelector(".message-form");
    if (!written(form)) return;
    event.preventDefault();
    if (window.confirm("Replace what you have written?")) event.detail.issueRequest(true);
  });
})();
// A link to something folded opens it.
(() => {
  const unfold = () => { const one = location.hash && document.getElementById(location.hash.slice(1)); if (one?.tagName === "DETAILS") one.open = true; };
  addEventListener("hashchange", unfold);
  unfold();
})();
// Signed out, or in again elsewhere, meanwhile: what was being sent is kept in this tab, and offered again at the same place after signing in.
(() => {
  const KEPT = "unsent";
  const coach = document.body.dataset.coach;
  const store = { get: () => { try { return JSON.parse(sessionStorage.getItem(KEPT)); } catch { return null; } }, set: (value) => { try { sessionStorage.setItem(KEPT, JSON.stringify(value)); } catch { /* full or forbidden */ } }, clear: () => { try { sessionStorage.removeItem(KEPT); } catch { /* forbidden */ } } };

  document.body.addEventListener("htmx:beforeOnLoad", (event) => {
    const { xhr, requestConfig: sent, target } = event.detail;
    if (![401, 403].includes(xhr.status) || sent.verb !== "post") return;
    const values = {};
    for (const [name, value] of sent.formData.entries()) if (name !== "csrfmiddlewaretoken") values[name] = name in values ? [values[name]].flat().concat(value) : value;
    store.set({ coach, path: sent.path, values, target: target?.id });
  });

  const kept = store.get();
  if (!kept) return;
  if (kept.coach !== coach) { store.clear(); return; }
  const status = document.getElementById("status");
  const button = (word, type, act) => {
    const made = document.createElement("button");
    made.type = type;
    made.textContent = word;
    if (act) made.addEventListener("click", act);
    return made;
  };
  const target = kept.target && document.getElementById(kept.target);
  const form = document.createElement("form");
  const drop = () => { store.clear(); status.textContent = ""; };
  form.className = "inline";
  if (target) {
    for (const [name, value] of Object.entries({ post: kept.path, target: `#${kept.target}`, swap: "outerHTML", sync: "this:drop" })) form.setAttribute(`hx-${name}`, value);
    for (const [name, values] of Object.entries(kept.values)) for (const value of [values].flat()) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    document.body.addEventListener("htmx:afterRequest", (event) => { if (event.detail.requestConfig.elt === form && event.detail.successful) store.clear(); });
  } else form.addEventListener("submit", (event) => { event.preventDefault(); store.clear(); status.textContent = "The page it belongs to is not open. Nothing was sent."; });
  form.append("Your sign-in had ended before this was sent. ", button("Send it now", "submit"), " ", button("Drop it", "button", drop));
  status.append(form);
  htmx.process(form);
})();
// The line and the menu of the coach's pages.
(() => {
  const status = byId("status");

  // A line that offers Undo goes after ten seconds, unless somebody is on it or it is on its way.
  new MutationObserver(() => {
    const toast = status.querySelector("[data-toast]");
    if (!toast) return;
    const leave = () => {
      if (!status.contains(toast)) return;
      if (status.matches(":hover, :focus-within, :has(.htmx-request)")) setTimeout(leave, 3000);
      else say("");
    };
    setTimeout(leave, 10000);
  }).observe(status, { childList: true });

  // A menu closes when one looks elsewhere.
  const menu = document.querySelector("details.menu");
  const away = (event) => { if (menu?.open && !menu.contains(event.target)) menu.open = false; };
  document.addEventListener("click", away);
  document.addEventListener("focusin", away);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu?.open) { menu.open = false; menu.querySelector("summary").focus(); }
  });
})();
