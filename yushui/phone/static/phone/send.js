/* Sending what waits. Used by the pages and by the service worker (Background Sync). */
"use strict";

(function (self) {
  const PATIENCE = 60000; // milliseconds for one entry with photos over a bad line

  /* Two tabs and the worker take turns; without locks (plain http) the key keeps the server from recording twice. */
  function inTurn(act) {
    const locks = self.navigator.locks;
    return locks ? locks.request("yushui-send", act) : act();
  }

  function ask(address, options, patience) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), patience);
    const wanted = { credentials: "same-origin", redirect: "manual", cache: "no-store", signal: stop.signal };
    return fetch(address, { ...wanted, ...options }).finally(() => clearTimeout(timer));
  }

  /* Who is signed in, and the token of this session: {state: "in", user, token}, or {state: "login" | "offline"}. */
  async function whoAmI(address) {
    let answer;
    try {
      answer = await ask(address, {}, 15000);
    } catch (error) {
      return { state: "offline" };
    }
    if (answer.type === "opaqueredirect" || answer.status === 404) return { state: "login" };
    if (!answer.ok) return { state: "offline" };
    const told = await answer.json().catch(() => null);
    return told ? { state: "in", ...told } : { state: "offline" };
  }

  /* Everything of the signed-in user that may be sent; or only the entry with the key `only`, even a refused one.
     Answers {state: "done" | "login" | "offline" | "later", sent}. Entries of other users stay where they are. */
  function sendWaiting(address, only) {
    return inTurn(async () => {
      const mine = (row, who) => row.owner === who.user;
      const due = (row) => (only ? row.key === only && row.state !== "sent" : ["waiting", "unknown"].includes(row.state));
      if (!(await self.phoneStore.all()).some(due)) return { state: "done", sent: 0 };
      const who = await whoAmI(address);
      if (who.state !== "in") return { state: who.state, sent: 0 };
      let sent = 0;
      for (const row of (await self.phoneStore.all()).filter((each) => due(each) && mine(each, who))) {
        const state = await sendOne(address, row, who.token);
        if (state === "login" || state === "offline") return { state, sent };
        if (state === "sent") sent += 1;
      }
      return { state: "done", sent };
    });
  }

  async function sendOne(address, row, token) {
    const form = new FormData();
    for (const [name, value] of row.fields) form.append(name, value);
    form.append("kind_of_entry", row.kind);
    form.append("client_key", row.key);
    form.append("owner", row.owner);
    const waited = row.state;
    await self.phoneStore.put({ ...row, state: "unknown" }); // from here on it may have been recorded
    let answer, told;
    try {
      answer = await ask(address, { method: "POST", body: form, headers: { "X-CSRFToken": token } }, PATIENCE);
      told = answer.type === "opaqueredirect" ? null : await answer.json().catch(() => null);
    } catch (error) {
      return "offline";
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      await self.phoneStore.put({ ...row, state: waited }); // stopped at the door: surely not recorded
      return "login";
    }
    if (answer.status === 409) {
      await self.phoneStore.put({ ...row, state: waited });
      return "later";
    }
    if (answer.ok && told) {
      const kept = { key: row.key, owner: row.owner, kind: row.kind, title: row.title, written: row.written };
      await self.phoneStore.put({ ...kept, fields: [], state: "sent", answered: Date.now(), again: told.again });
      self.phoneAnswer = { key: row.key, ...told };
      return "sent";
    }
    if (answer.status >= 400 && answer.status < 500) {
      const problems = told && told.problems ? told.problems : [{ what: "服务器没有收下", next_step: "照片太大时请换一张再送" }];
      await self.phoneStore.put({ ...row, state: "refused", problems, answered: Date.now() });
      return "refused";
    }
    return "later"; // 5xx: the state stays unknown and is asked again
  }

  self.phoneSend = { sendWaiting, whoAmI };
})(self);
