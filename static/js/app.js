// What this browser remembers of somebody's choices. A private window or a full disk forgets them.
window.noted = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
window.note = (name, value) => { try { if (value === null) localStorage.removeItem(name); else localStorage.setItem(name, value); } catch { /* forgotten */ } };

window.byId = (id) => document.getElementById(id);
window.say = (text) => { byId("status").textContent = text; };

// Behaviour of the shared shell. Every page works without it.
(() => {
  const status = byId("status");

  const tell = (text, retry) => {
    say(text);
    if (retry) {
      const again = document.createElement("button");
      again.type = "button";
      again.textContent = "Try again";
      again.addEventListener("click", () => { say(""); retry(); });
      status.append(" ", again);
    }
  };

  // A request that failed says so in one line and offers itself again.
  const failed = (event) => {
    const { elt, xhr, requestConfig } = event.detail;
    const pressed = requestConfig?.triggeringEvent?.submitter; // which of a form's buttons it was
    if (xhr?.status === 403) { tell("Your sign-in changed in another tab.", () => location.reload()); return; }
    const reason = xhr && xhr.status
      ? (xhr.status === 404 ? "That is no longer here. Reload the page." : "That did not work.")
      : "No connection.";
    tell(reason, xhr && xhr.status === 404 ? null : () => {
      if (pressed?.form === elt) pressed.click(); else if (elt.requestSubmit) elt.requestSubmit(); else elt.click();
    });
  };
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(name, failed);
  }
  document.body.addEventListener("htmx:beforeRequest", () => { if (status.querySelector("button") && !status.querySelector("[data-toast]")) say(""); });

  // A line that offers Undo goes after ten seconds, unless somebody is on it.
  new MutationObserver(() => {
    const toast = status.querySelector("[data-toast]");
    if (!toast) return;
    const leave = () => {
      if (!status.contains(toast)) return;
      if (status.matches(":hover, :focus-within")) setTimeout(leave, 3000);
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
