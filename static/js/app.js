// What this browser remembers of somebody's choices. A private window or a full disk forgets them.
window.noted = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
window.note = (name, value) => { try { if (value === null) localStorage.removeItem(name); else localStorage.setItem(name, value); } catch { /* forgotten */ } };

// Behaviour of the shared shell. Every page works without it.
(() => {
  const status = document.getElementById("status");

  // The line tells of one failure. What offered itself there (Undo) is put back to be tried again.
  let told = null;
  const say = (elt, text, retry) => {
    const line = status.contains(elt) ? [...status.childNodes] : [];
    told = elt;
    status.textContent = text;
    if (retry) {
      const again = document.createElement("button");
      again.type = "button";
      again.dataset.again = "";
      again.textContent = "Try again";
      again.addEventListener("click", () => { status.replaceChildren(...line); retry(); });
      status.append(" ", again);
    }
  };
  const pressed = (elt) => elt.matches("form, a, button");

  // A request that failed says so in one line and offers itself again. A refresh that nobody asked for takes no other line's place.
  const failed = (event) => {
    const { elt, xhr, requestConfig: sent } = event.detail;
    if (!pressed(elt) && told !== elt && status.firstChild) return;
    const button = sent?.triggeringEvent?.submitter; // which of a form's buttons it was
    if (xhr?.status === 403) { say(elt, "Your sign-in changed in another tab.", () => location.reload()); return; }
    if (xhr?.status === 404) { say(elt, "That is no longer here. Reload the page."); return; }
    say(elt, xhr?.status ? "That did not work." : "No connection.", () => {
      if (button?.form === elt) button.click(); else if (elt.requestSubmit) elt.requestSubmit(); else if (pressed(elt)) elt.click(); else htmx.ajax(sent.verb, sent.path, { source: elt });
    });
  };
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(name, failed);
  }
  document.body.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => { if (status.querySelector("[data-again]") && (pressed(elt) || elt === told)) status.textContent = ""; });

  // A line that offers Undo goes after ten seconds, unless somebody is on it or it is on its way.
  new MutationObserver(() => {
    const toast = status.querySelector("[data-toast]");
    if (!toast) return;
    const leave = () => {
      if (!status.contains(toast)) return;
      if (status.matches(":hover, :focus-within, :has(.htmx-request)")) setTimeout(leave, 3000);
      else status.textContent = "";
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

  // One press, one request: a form that is on its way cannot be sent again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || event.defaultPrevented) return;
    if (form.dataset.sending) { event.preventDefault(); return; }
    if (form.hasAttribute("hx-post")) return;
    form.dataset.sending = "1";
    setTimeout(() => delete form.dataset.sending, 8000);
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sending;
  });
})();
