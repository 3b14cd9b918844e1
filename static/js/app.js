// What this browser remembers of somebody's choices. A private window or a full disk forgets them.
window.noted = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
window.note = (name, value) => { try { if (value === null) localStorage.removeItem(name); else localStorage.setItem(name, value); } catch { /* forgotten */ } };

window.byId = (id) => document.getElementById(id);
window.say = (text) => { byId("status").textContent = text; };

// Behaviour of the shared shell. Every page works without it.
(() => {
  const status = byId("status");

  // The line tells of one failure. What offered itself there (Undo) is put back to be tried again.
  let told = null;
  const tell = (elt, text, retry) => {
    const line = status.contains(elt) ? [...status.childNodes] : [];
    told = elt;
    say(text);
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
    if (xhr?.status === 403) { tell(elt, "Your sign-in changed in another tab.", () => location.reload()); return; }
    if (xhr?.status === 404) { tell(elt, "That is no longer here. Reload the page."); return; }
    tell(elt, xhr?.status ? "That did not work." : "No connection.", () => {
      if (button?.form === elt) button.click(); else if (elt.requestSubmit) elt.requestSubmit(); else if (pressed(elt)) elt.click(); else htmx.ajax(sent.verb, sent.path, { source: elt });
    });
  };
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(name, failed);
  }
  document.body.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => { if (status.querySelector("[data-again]") && (pressed(elt) || elt === told)) say(""); });

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
