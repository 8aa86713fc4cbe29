"""The service worker and the manifest. The worker is a static file with the list of what it keeps put before it."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

from yushui.base.digest import sm3

# Pages kept for the hours without network. Not phone-person: numbers and hardships are never kept.
KEPT_PAGES = (
    "phone-home", "phone-people", "phone-visit", "phone-activity", "phone-confirm", "phone-case", "phone-queue",
)  # fmt: skip
KEPT_FILES = (
    "base/yushui.css", "base/yushui.js", "base/seal.svg", "django_htmx/htmx-2.min.js",
    "phone/store.js", "phone/send.js", "phone/forms.js", "phone/queue.js", "phone/start.js", "phone/offline.html",
    "phone/phone.css",
)  # fmt: skip
WORKER = "phone/service-worker.js"


@lru_cache(maxsize=1)
def worker_text() -> str:
    """The worker with its version: a digest of everything it keeps, so that a new release replaces the old files."""
    found = {name: Path(str(path)) for name in (*KEPT_FILES, WORKER) if (path := finders.find(name))}
    version = sm3(b"".join(path.read_bytes() for path in found.values()))[:12]
    kept = {
        "version": version,
        "files": [static(name) for name in KEPT_FILES if name in found],
        "pages": [reverse(name) for name in KEPT_PAGES],
        "offline": static("phone/offline.html"),
        "scripts": [static("phone/store.js"), static("phone/send.js")],
        "send": reverse("send-entries"),
        "doors": [reverse("login"), reverse("logout")],
    }
    return f"self.KEPT = {json.dumps(kept)};\n{found[WORKER].read_text(encoding='utf-8')}"


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker, at the root so that it may answer for the whole site."""
    answer = HttpResponse(worker_text(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """What the phone shows when the page is put on its first screen."""
    icon = {"src": static("base/seal.svg"), "sizes": "any", "type": "image/svg+xml"}
    words = {
        "name": "鱼水 · 村里用", "short_name": "鱼水", "lang": "zh-CN", "start_url": reverse("phone-home"),
        "scope": "/", "display": "standalone", "background_color": "#f8f6f0", "theme_color": "#2a5a49", "icons": [icon],
    }  # fmt: skip
    return JsonResponse(words, content_type="application/manifest+json")
