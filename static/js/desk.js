// What the coach's pages share: a message that is being written is not thrown away by a slip.
(() => {
  const written = (form) => {
    const text = form?.querySelector("textarea");
    return text && text.value !== text.defaultValue;
  };
  const close = (form) => {
    const row = form.closest(".row, .flag, .client-head");
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
  // Another draft, or the form again, would take the place of what was written.
  document.body.addEventListener("htmx:confirm", (event) => {
    const link = event.target.closest(".picks a, a.write");
    if (!link) return;
    const form = link.closest(".message-form") || link.closest(".row, .flag, #client")?.querySelector(".message-form");
    if (!written(form)) return;
    event.preventDefault();
    if (window.confirm("Replace what you have written?")) event.detail.issueRequest(true);
  });
})();
