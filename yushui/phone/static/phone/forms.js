/* The four forms: an entry is first written to the phone, then sent. Without this script they are plain forms. */
"use strict";

(function () {
  const desk = document.getElementById("desk");
  const form = document.querySelector("form[data-entry]");
  const filter = document.querySelector("[data-filter]");

  /* Search among the names on the page, so that it works without network too. */
  if (filter) {
    filter.addEventListener("input", () => {
      const wanted = filter.value.trim().toLowerCase();
      document.querySelectorAll("li[data-name]").forEach((line) => {
        line.hidden = wanted !== "" && !line.dataset.name.toLowerCase().includes(wanted);
      });
    });
  }
  if (!form || !desk) return;

  const asked = new URLSearchParams(location.search);
  let ready = false;
  let busy = false;
  let key = form.client_key.value;

  /* The day of the phone, not of the page: it may have been kept since yesterday. */
  function today() {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  }

  /* A page from the store knows neither whose visit it is nor a key of its own. */
  function prepare() {
    if (!form.querySelector(".problems") && !document.querySelector("#problems .problems")) key = phoneStore.newKey();
    const untouched = form.on.value === desk.dataset.drawn;
    if ("kept" in desk.dataset) { // set by the worker: this page came from the store
      form.on.max = today();
      if (untouched) form.on.value = today();
    }
    for (const name of ["person", "campaign"]) {
      const field = form.elements[name];
      if (field && field.tagName === "SELECT" && asked.get(name)) field.value = asked.get(name);
    }
    prefill();
  }

  /* Cash and goods of the campaign chosen by hand. */
  function prefill() {
    const field = form.elements.campaign;
    const chosen = field && field.tagName === "SELECT" ? field.selectedOptions[0] : null;
    if (!chosen || !chosen.value) return;
    if (!form.cash.value && chosen.dataset.cash !== "0.00") form.cash.value = chosen.dataset.cash.replaceAll(",", "");
    if (!form.more_goods.value) form.more_goods.value = chosen.dataset.goods;
  }

  /* An entry that waits or was refused, opened from the queue. */
  async function reopen(entry) {
    key = entry.key;
    for (const [name, value] of entry.fields) {
      const field = form.elements[name];
      if (!field) continue;
      if (value instanceof Blob) continue; // put back below: a file field cannot be filled by a script
      if (field instanceof RadioNodeList) field.value = value;
      else if (name !== "client_key") field.value = value;
    }
    kept = entry.fields.filter(([, value]) => value instanceof Blob);
    if (kept.length) note(`照片 ${kept.length} 张还在;另选照片就换掉。`);
    if (entry.state === "refused") show(entry.problems);
  }
  let kept = [];

  function title() {
    const field = form.querySelector("[data-title]");
    const name = field ? (field.tagName === "SELECT" ? field.value && field.selectedOptions[0].text : field.dataset.title) : "";
    return `${form.dataset.name}${name ? " " + name : ""}`;
  }

  function entryOf() {
    const rows = [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "client_key"].includes(name));
    const fields = rows.filter(([, value]) => !(value instanceof Blob) || value.size > 0);
    const fresh = fields.some(([, value]) => value instanceof Blob);
    return {
      key, owner: desk.dataset.user, kind: form.dataset.entry, title: title(), page: form.dataset.page,
      fields: fresh ? fields : [...fields, ...kept], written: Date.now(), state: "waiting", problems: [],
    };
  }

  /* What is wrong, as the server's own list looks. */
  function show(problems) {
    const list = document.createElement("ul");
    for (const problem of problems) {
      const line = list.appendChild(document.createElement("li"));
      for (const [part, text] of [["b", problem.where], ["span", problem.what], ["small", problem.next_step]]) {
        if (text) line.appendChild(document.createElement(part)).textContent = text;
      }
    }
    const box = document.createElement("section");
    box.className = "problems";
    box.setAttribute("role", "alert");
    box.appendChild(document.createElement("h2")).textContent = "还没有记下,请先改好";
    box.appendChild(list);
    document.getElementById("problems").replaceChildren(box);
    box.scrollIntoView({ block: "center" });
  }

  function note(text) {
    const line = document.getElementById("notice");
    line.textContent = text;
    line.hidden = false;
  }

  function release() {
    busy = false;
    delete form.dataset.sent; // set by yushui.js
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  }

  async function save() {
    const entry = entryOf();
    try {
      await phoneStore.put(entry);
    } catch (error) {
      release();
      note("手机存不下了。请联网后登记,或删去一些照片再试。");
      return;
    }
    const result = await phoneSend.sendWaiting(desk.dataset.send, entry.key);
    const now = await phoneStore.get(entry.key);
    if (now.state === "refused") {
      release();
      show(now.problems);
    } else if (now.state === "sent" && self.phoneAnswer && self.phoneAnswer.key === entry.key) {
      sessionStorage.setItem("phone-said", self.phoneAnswer.words);
      location.assign(self.phoneAnswer.next);
    } else {
      const login = result.state === "login";
      sessionStorage.setItem("phone-said", login ? "已存在手机上。请重新登录,登录后自动送出。" : "已存在手机上,有网时自动送出。");
      location.assign(login ? desk.dataset.queue : desk.dataset.home);
    }
  }

  form.addEventListener("submit", (event) => {
    if (!ready) return; // no store on this phone: an ordinary form
    event.preventDefault();
    if (busy) return;
    busy = true;
    save();
  });
  if (form.elements.campaign) form.elements.campaign.addEventListener?.("change", prefill);

  phoneStore.open().then(async () => {
    const draft = asked.get("draft") && (await phoneStore.get(asked.get("draft")));
    prepare();
    if (draft && draft.owner === desk.dataset.user && ["waiting", "refused"].includes(draft.state)) await reopen(draft);
    ready = true;
    form.dataset.ready = "yes";
  }, () => note("这部手机不能离线保存(可能开了无痕浏览),请在有网时登记。"));
})();
