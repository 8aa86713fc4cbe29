/* The queue on this phone: IndexedDB. Used by the pages and by the service worker, so nothing here touches a page.

   An entry: {key, owner, kind, title, page, fields: [[name, text or photo], …], written, state, problems, answered, words}
   state: waiting  not tried, or surely not recorded
          unknown  was on its way when the answer got lost: may not be edited until the server has answered
          refused  the server said no, with problems: edit and send again, or delete
          sent     recorded; its fields are gone, the line stays for a few days */
"use strict";

(function (self) {
  const KEEP_SENT = 3 * 24 * 3600 * 1000; // milliseconds
  let opening = null;

  function open() {
    if (opening) return opening;
    opening = new Promise((resolve, reject) => {
      const asked = self.indexedDB.open("yushui-phone", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("entries", { keyPath: "key" });
      asked.onsuccess = () => {
        asked.result.onversionchange = () => asked.result.close();
        resolve(asked.result);
      };
      asked.onerror = () => reject(asked.error);
      asked.onblocked = () => reject(new Error("blocked"));
    });
    opening.catch(() => { opening = null; });
    return opening;
  }

  /* One transaction; fulfilled only when it is on the disk ("strict"), because the phone may die the next moment. */
  async function within(mode, act) {
    const base = await open();
    return new Promise((resolve, reject) => {
      const done = base.transaction("entries", mode, { durability: "strict" });
      const asked = act(done.objectStore("entries"));
      done.oncomplete = () => resolve(asked && asked.result);
      done.onerror = done.onabort = () => reject(done.error);
    });
  }

  const get = (key) => within("readonly", (rows) => rows.get(key));
  const put = (entry) => within("readwrite", (rows) => rows.put(entry));
  const drop = (key) => within("readwrite", (rows) => rows.delete(key));

  /* All entries in the order they were written; lines of sent ones are forgotten after some days. */
  async function all() {
    const rows = await within("readonly", (found) => found.getAll());
    const old = rows.filter((row) => row.state === "sent" && Date.now() - row.answered > KEEP_SENT);
    for (const row of old) await drop(row.key);
    return rows.filter((row) => !old.includes(row)).sort((a, b) => a.written - b.written);
  }

  const isOpen = (entry) => entry.state !== "sent";

  /* A random key; crypto.randomUUID is missing on plain http. */
  function newKey() {
    const bytes = self.crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  self.phoneStore = { open, get, put, drop, all, isOpen, newKey };
})(self);
