"""Addresses of sites and offers."""

from __future__ import annotations

from django.urls import path

from yushui.sites.views import checks, kinds, places, plan, tiles

urlpatterns = [
    path("sites/", places.list_sites, name="list-sites"),
    path("sites/add-site/", places.add_site, name="add-site"),
    path("sites/tiles/", tiles.show_site_tiles, name="show-site-tiles"),
    path("sites/checks/", checks.list_site_checks, name="list-site-checks"),
    path("sites/checks/check-sites/", checks.check_sites, name="check-sites"),
    path("sites/plan/", plan.show_site_plan, name="show-site-plan"),
    path("sites/coverage/", plan.show_site_coverage, name="show-site-coverage"),
    path("sites/boundary/", plan.set_boundary, name="set-boundary"),
    path("sites/kinds/", kinds.list_site_kinds, name="list-site-kinds"),
    path("sites/kinds/<slug:site_kind_code>/retire/", kinds.retire_site_kind, name="retire-site-kind"),
    path("sites/<int:site_id>/", places.show_site, name="show-site"),
    path("sites/<int:site_id>/change-site/", places.change_site, name="change-site"),
    path("sites/<int:site_id>/close-site/", places.close_site, name="close-site"),
    path("sites/<int:site_id>/sign-agreement/", places.sign_agreement, name="sign-agreement"),
    path("sites/<int:site_id>/check-site/", places.check_site, name="check-site"),
    path("sites/<int:site_id>/state-month/", places.state_month, name="state-month"),
    path("sites/<int:site_id>/evidence/", places.add_site_evidence, name="add-site-evidence"),
    path("sites/checks/<int:check_id>/mend-site/", places.mend_site, name="mend-site"),
    path("sites/files/<int:site_piece_id>/", places.show_site_file, name="show-site-file"),
    path("sites/files/<int:site_piece_id>/withdraw/", places.withdraw_site_file, name="withdraw-site-file"),
]
