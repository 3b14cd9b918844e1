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
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });
  document.body.addEventListener("htmx:afterSettle", () => { for (const button of document.querySelectorAll("[data-print]")) button.hidden = false; });
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
