"""The URL table: each package brings its own. Names are verb-noun, the same words as the view and the service."""

from django.urls import include, path

urlpatterns = [
    path("", include("yushui.workbench.urls")),
    path("", include("yushui.accounts.urls")),
    path("", include("yushui.people.urls")),
    path("", include("yushui.places.urls")),
    path("", include("yushui.rosters.urls")),
    path("", include("yushui.policy.urls")),
    path("", include("yushui.benefits.urls")),
    path("", include("yushui.payments.urls")),
    path("", include("yushui.funds.urls")),
    path("", include("yushui.activities.urls")),
    path("", include("yushui.plans.urls")),
    path("", include("yushui.cases.urls")),
    path("", include("yushui.honours.urls")),
    path("", include("yushui.sites.urls")),
    path("", include("yushui.indicators.urls")),
    path("", include("yushui.reports.urls")),
    path("", include("yushui.archive.urls")),
    path("", include("yushui.merging.urls")),
    path("", include("yushui.phone.urls")),
]
