"""Addresses of honours."""

from __future__ import annotations

from django.urls import path

from yushui.honours.views import kinds, news, plaques, rewards, selections

urlpatterns = [
    path("plaques/", plaques.list_plaques, name="list-plaques"),
    path("plaques/missing/", plaques.list_missing_plaques, name="list-missing-plaques"),
    path("plaques/hang-plaques/", plaques.hang_plaques, name="hang-plaques"),
    path("plaques/coverage/", plaques.show_plaque_coverage, name="show-plaque-coverage"),
    path("plaques/<int:plaque_id>/", plaques.show_plaque, name="show-plaque"),
    path("plaques/<int:plaque_id>/act-on-plaque/", plaques.act_on_plaque, name="act-on-plaque"),
    path("people/<int:person_id>/honours/", plaques.show_person_honours, name="show-person-honours"),
    path("people/<int:person_id>/hang-plaque/", plaques.hang_plaque, name="hang-plaque"),
    path("people/<int:person_id>/apply-card/", plaques.apply_card, name="apply-card"),
    path("cards/", plaques.list_cards, name="list-cards"),
    path("cards/<int:card_id>/step-card/", plaques.step_card, name="step-card"),
    path("good-news/", news.list_news, name="list-news"),
    path("good-news/record-news/", news.record_news, name="record-news"),
    path("good-news/<int:news_id>/", news.show_news, name="show-news"),
    path("good-news/<int:news_id>/change-news/", news.change_news, name="change-news"),
    path("good-news/<int:news_id>/collect-news/", news.collect_news, name="collect-news"),
    path("good-news/<int:news_id>/deliver-news/", news.deliver_news, name="deliver-news"),
    path("good-news/<int:news_id>/evidence/", news.add_news_evidence, name="add-news-evidence"),
    path("good-news/<int:news_id>/claim-reward/", rewards.claim_reward, name="claim-reward"),
    path("good-news/<int:news_id>/withdraw-reward/", rewards.withdraw_reward, name="withdraw-reward"),
    path("good-news/<int:news_id>/withdraw-news/", news.withdraw_news, name="withdraw-news"),
    path("honours/files/<int:honour_piece_id>/", plaques.show_honour_file, name="show-honour-file"),
    path("honours/files/<int:honour_piece_id>/withdraw/", plaques.withdraw_honour_file, name="withdraw-honour-file"),
    path("honours/", selections.show_board, name="show-board"),
    path("honours/record-unit-honour/", selections.record_unit_honour, name="record-unit-honour"),
    path("honours/<int:honour_id>/", selections.show_unit_honour, name="show-unit-honour"),
    path("honours/<int:honour_id>/withdraw/", selections.withdraw_unit_honour, name="withdraw-unit-honour"),
    path("selections/", selections.list_selections, name="list-selections"),
    path("selections/call-selection/", selections.call_selection, name="call-selection"),
    path("selections/<int:selection_id>/", selections.show_selection, name="show-selection"),
    path("selections/<int:selection_id>/nominate/", selections.nominate, name="nominate"),
    path("selections/<int:selection_id>/judge-selection/", selections.judge_selection, name="judge-selection"),
    path("selections/<int:selection_id>/show-public/", selections.show_public, name="show-public"),
    path("selections/<int:selection_id>/decide-selection/", selections.decide_selection, name="decide-selection"),
    path("selections/<int:selection_id>/close-selection/", selections.close_selection, name="close-selection"),
    path("selections/<int:selection_id>/print-selection/", selections.print_selection, name="print-selection"),
    path("selections/nominees/<int:nominee_id>/drop/", selections.drop_nominee, name="drop-nominee"),
    path("honours/kinds/", kinds.list_honour_kinds, name="list-honour-kinds"),
    path("honours/kinds/<slug:honour_kind_code>/reward-rate/", rewards.set_reward_rate, name="set-reward-rate"),
    path("honours/kinds/<slug:honour_kind_code>/retire/", kinds.retire_honour_kind, name="retire-honour-kind"),
]
