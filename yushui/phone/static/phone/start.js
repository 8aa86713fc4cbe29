/* On every phone page: the worker, the counter, sending when the network is back, and plain words about both. */
"use strict";

(function () {
  const desk = document.getElementById("desk");
  if (!desk) return;
  const strip = document.getElementById("strip");
  const notice = document.getElementById("notice");

  function say(text) {
    notice.textContent = text;
    notice.hidden = false;
  }

  /* How many of my entries wait; shown on top of every page. */
  async function refresh(result) {
    const rows = (await phoneStore.all()).filter((row) => row.owner === desk.dataset.user && phoneStore.isOpen(row));
    const refused = rows.filter((row) => row.state === "refused").length;
    document.querySelectorAll("[data-count]").forEach((place) => { place.textContent = rows.length; });
    const parts = [];
    if (!navigator.onLine || (result && result.state === "offline")) parts.push("没有网络");
    if (rows.length) parts.push(`待送出 ${rows.length} 条` + (refused ? `,其中被退回 ${refused} 条` : ""));
    strip.hidden = parts.length === 0;
    strip.classList.toggle("bad", refused > 0);
    strip.replaceChildren(parts.join(" · "));
    if (rows.length && location.pathname !== desk.dataset.queue) strip.append(" ", link(desk.dataset.queue, "查看"));
    if (result && result.state === "login") {
      const here = `${desk.dataset.login}?next=${encodeURIComponent(desk.dataset.queue)}`;
      strip.hidden = false;
      strip.replaceChildren(`登录已过期,待送出 ${rows.length} 条都还在。`, link(here, "重新登录"));
    }
    document.dispatchEvent(new Event("phone:changed"));
  }

  function link(address, words) {
    const made = document.createElement("a");
    made.href = address;
    made.textContent = words;
    return made;
  }

  async function send(only) {
    const result = await phoneSend.sendWaiting(desk.dataset.send, only);
    if (result.sent) say(`送出了 ${result.sent} 条。`);
    await refresh(result);
    return result;
  }

  /* Ask the worker to keep fresh pages, and to send when the network is back even if this page is closed by then. */
  async function startWorker() {
    if (!("serviceWorker" in navigator)) {
      if (!window.isSecureContext) say("本站用的是普通网址(http),没有网络时打不开页面;请一直开着这一页,或请管理员改用加密网址。");
      return;
    }
    await navigator.serviceWorker.register(desk.dataset.worker, { scope: "/" });
    const worker = await navigator.serviceWorker.ready;
    worker.active.postMessage({ what: "keep", user: desk.dataset.user });
    if ("sync" in worker) await worker.sync.register("send").catch(() => {});
  }

  window.phoneDesk = { send, refresh };
  const said = sessionStorage.getItem("phone-said");
  if (said) say(said);
  sessionStorage.removeItem("phone-said");
  phoneStore.open().then(async () => {
    await refresh();
    await send();
    window.addEventListener("online", () => send());
    window.addEventListener("offline", () => refresh());
  }, () => {});
  startWorker().catch(() => {});
})();
