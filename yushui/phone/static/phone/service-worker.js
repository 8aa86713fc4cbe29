/* The service worker. `KEPT` (version, files, pages …) is put before this text by views/worker.py.

   It answers only for the phone pages and the files they need; everything else goes to the network untouched.
   Files: kept by version. Pages: network first; the kept copy when there is none. Kept copies belong to one user
   (header X-Page-Of), are thrown away at sign-in, sign-out and when another user's page comes, and are not shown
   after three days. Pages with a query (?person=…) are never kept: without network the bare form takes their place. */
"use strict";
/* global KEPT, phoneSend */

importScripts(...KEPT.scripts);
const FILES = `files-${KEPT.version}`;
const PAGES = `pages-${KEPT.version}-`; // + the user's id
const OLDEST = 3 * 24 * 3600 * 1000; // milliseconds
const FRESH = 10 * 60 * 1000;
const PATIENCE = 8000; // a bad line counts as none

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((files) => files.addAll(KEPT.files)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const stale = (name) => name !== FILES && !name.startsWith(PAGES);
  event.waitUntil(forget(stale).then(() => self.clients.claim()));
});

async function forget(which) {
  const names = (await caches.keys()).filter((name) => /^(files|pages)-/.test(name) && which(name));
  await Promise.all(names.map((name) => caches.delete(name)));
}

const forgetPages = () => forget((name) => name.startsWith("pages-"));

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  if (address.origin !== self.location.origin) return;
  if (request.method === "POST" && KEPT.doors.includes(address.pathname)) {
    event.waitUntil(forgetPages());
  } else if (request.method === "GET" && request.mode === "navigate" && address.pathname.startsWith("/phone/")) {
    event.respondWith(page(request, address));
  } else if (request.method === "GET" && KEPT.files.includes(address.pathname)) {
    event.respondWith(caches.match(request, { cacheName: FILES, ignoreSearch: true }).then((kept) => kept || fetch(request)));
  }
});

/* A navigation, from the network or from the store. */
async function page(request, address) {
  const fromNetwork = fetch(request);
  const tooSlow = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  try {
    const answer = await Promise.race([fromNetwork, tooSlow]);
    if (answer) {
      if (!address.search) await keep(address.pathname, answer.clone());
      return answer;
    }
  } catch (error) { /* no network */ }
  fromNetwork.catch(() => {});
  return (await keptPage(address.pathname)) || (await caches.match(KEPT.offline)) || Response.error();
}

async function keptPage(path) {
  for (const name of (await caches.keys()).filter((each) => each.startsWith(PAGES))) {
    const kept = await (await caches.open(name)).match(path);
    if (kept && age(kept) < OLDEST) return kept;
  }
  return null;
}

const age = (answer) => Date.now() - Date.parse(answer.headers.get("X-Kept-At") || 0);

/* Keep one page for its user; a page of somebody else throws away all there was. */
async function keep(path, answer) {
  const user = answer.headers.get("X-Page-Of");
  if (!answer.ok || answer.redirected || !user || !KEPT.pages.includes(path)) return;
  await forget((name) => name.startsWith("pages-") && name !== PAGES + user);
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  const text = (await answer.text()).replace('<div id="desk"', '<div id="desk" data-kept');
  const copy = new Response(text, { status: 200, headers });
  await (await caches.open(PAGES + user)).put(path, copy);
}

/* A page asks to keep all of them, and says whose it is. */
async function keepAll(user) {
  await forget((name) => name.startsWith("pages-") && name !== PAGES + user);
  for (const path of KEPT.pages) {
    const kept = await keptPage(path);
    if (kept && age(kept) < FRESH) continue;
    const answer = await fetch(path, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (answer) await keep(path, answer);
  }
}

self.addEventListener("message", (event) => {
  if (event.data && event.data.what === "keep") event.waitUntil(keepAll(event.data.user));
});

/* Background Sync, where the browser has it: send even when no page is open. */
self.addEventListener("sync", (event) => {
  if (event.tag === "send") event.waitUntil(phoneSend.sendWaiting(KEPT.send));
});
