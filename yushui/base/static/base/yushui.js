/* Our own few lines. Every page works without them. */
"use strict";

/* "/" starts a search from anywhere; Escape closes what is open. */
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const find = document.getElementById("find");
  if (event.key === "/" && !typing && find && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    find.focus();
    find.select();
  } else if (event.key === "Escape") {
    document.querySelectorAll("details.drop[open]").forEach((drop) => {
      drop.open = false;
      drop.querySelector("summary").focus();
    });
    if (typing === find && find) find.blur();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.matches("a.row")) {
    const rows = [...document.querySelectorAll("a.row")];
    const next = rows[rows.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }
});

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.drop[open]").forEach((drop) => {
    if (!drop.contains(event.target)) drop.open = false;
  });
  if (event.target.closest("[data-print]")) window.print();
  if (event.target.closest("[data-back]")) history.back();
  /* A click anywhere in a row follows its a.row, but never one on another link or a control, nor the end of a selection. */
  const row = event.target.closest("tr");
  const link = row && row.querySelector("a.row");
  const control = event.target.closest("a, button, input, select, textarea, label, summary");
  if (link && !control && !String(window.getSelection())) {
    if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
    else link.click();
  }
});

/* What a user folds or unfolds in the menu stays so on the next page. The server reads the cookie, so nothing moves. */
document.addEventListener("click", (event) => {
  const summary = event.target.closest("details.group > summary");
  if (!summary) return;
  const group = summary.parentElement;
  const open = new Set(group.closest("[data-unfolded]").dataset.unfolded.split("."));
  if (group.open) open.delete(group.dataset.group);
  else open.add(group.dataset.group);
  document.querySelectorAll("[data-unfolded]").forEach((menu) => { menu.dataset.unfolded = [...open].join("."); });
  document.cookie = `menu=${[...open].join(".")}; path=/; max-age=31536000; samesite=lax`;
});

/* A control with data-now sends its form when it changes. */
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-now]")) event.target.form.requestSubmit();
});

/* A form is sent once, and asks first when it says so (data-ask). */
document.addEventListener("submit", (event) => {
  const form = event.target;
  const ask = (event.submitter && event.submitter.dataset.ask) || form.dataset.ask;
  if (ask && !window.confirm(ask)) {
    event.preventDefault();
    return;
  }
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  window.setTimeout(() => release(form), "download" in form.dataset ? 1500 : 8000);
});

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}

window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

/* A card wider than the screen scrolls sideways; then the keyboard must reach it too. */
function reachable() {
  document.querySelectorAll(".card, .scroll").forEach((part) => {
    const title = part.querySelector("h2");
    if (part.scrollWidth <= part.clientWidth || part.tabIndex === 0) return;
    part.tabIndex = 0;
    part.setAttribute("role", "region");
    if (!part.hasAttribute("aria-label") && title) part.setAttribute("aria-label", title.textContent);
  });
}

document.addEventListener("DOMContentLoaded", reachable);
window.addEventListener("resize", reachable);

/* When a fragment cannot be fetched, say so instead of doing nothing. */
["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach((name) => {
  document.addEventListener(name, () => {
    const live = document.getElementById("live");
    if (!live) return;
    live.textContent = name === "htmx:responseError" ? "没有办成,请刷新页面后重试。" : "没有连上服务器,请检查网络后重试。";
    window.setTimeout(() => { live.textContent = ""; }, 6000);
  });
});
