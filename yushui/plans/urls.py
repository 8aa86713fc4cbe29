"""Addresses of plans."""

from __future__ import annotations

from django.urls import path

from yushui.plans.views import calendar, duties, gaps, meeting_papers, meetings, papers, plans, tasks

urlpatterns = [
    path("calendar/", calendar.show_calendar, name="show-calendar"),
    path("calendar/print-calendar/", calendar.print_calendar, name="print-calendar"),
    path("duties/", duties.list_duties, name="list-duties"),
    path("duties/set-duty/", duties.set_duty, name="set-duty"),
    path("duties/<slug:duty_code>/", duties.show_duty, name="show-duty"),
    path("duties/<slug:duty_code>/set-duty/", duties.set_duty, name="set-duty"),
    path("duties/<slug:duty_code>/retire-duty/", duties.retire_duty, name="retire-duty"),
    path("tasks/", tasks.list_tasks, name="list-tasks"),
    path("tasks/add-task/", tasks.add_task, name="add-task"),
    path("tasks/supervision/", tasks.list_supervision, name="list-supervision"),
    path("tasks/supervision/export-supervision/", tasks.export_supervision, name="export-supervision"),
    path("tasks/<int:task_id>/", tasks.show_task, name="show-task"),
    path("tasks/<int:task_id>/progress-task/", tasks.progress_task, name="progress-task"),
    path("tasks/<int:task_id>/close-task/", tasks.close_task, name="close-task"),
    path("tasks/<int:task_id>/move-task/", tasks.move_task, name="move-task"),
    path("tasks/<int:task_id>/split-task/", tasks.split_task, name="split-task"),
    path("tasks/<int:task_id>/change-task/", tasks.change_task, name="change-task"),
    path("tasks/files/<int:task_file_id>/", tasks.show_task_file, name="show-task-file"),
    path("meetings/", meetings.list_meetings, name="list-meetings"),
    path("meetings/plan-meeting/", meetings.plan_meeting, name="plan-meeting"),
    path("meetings/<int:meeting_id>/", meetings.show_meeting, name="show-meeting"),
    path("meetings/<int:meeting_id>/change-meeting/", meetings.change_meeting, name="change-meeting"),
    path("meetings/<int:meeting_id>/cancel-meeting/", meetings.cancel_meeting, name="cancel-meeting"),
    path("meetings/<int:meeting_id>/hold-meeting/", meetings.hold_meeting, name="hold-meeting"),
    path("meetings/<int:meeting_id>/write-minutes/", meetings.write_minutes, name="write-minutes"),
    path("meetings/<int:meeting_id>/add-decision/", meetings.add_decision, name="add-decision"),
    path("meetings/<int:meeting_id>/set-decision-tasks/", meetings.set_decision_tasks, name="set-decision-tasks"),
    path("meetings/<int:meeting_id>/add-meeting-evidence/", meetings.add_meeting_evidence, name="add-meeting-evidence"),
    path("meetings/<int:meeting_id>/print-notice/", meeting_papers.print_notice, name="print-notice"),
    path("meetings/<int:meeting_id>/print-minutes/", meeting_papers.print_minutes, name="print-minutes"),
    path("meetings/files/<int:meeting_file_id>/", meeting_papers.show_meeting_file, name="show-meeting-file"),
    path(
        "meetings/decisions/<int:decision_id>/withdraw-decision/",
        meetings.withdraw_decision,
        name="withdraw-decision",
    ),
    path("plan-gaps/", gaps.list_gaps, name="list-gaps"),
    path("papers/", papers.list_papers, name="list-papers"),
    path("papers/add-paper/", papers.add_paper, name="add-paper"),
    path("papers/<int:paper_id>/", papers.show_paper, name="show-paper"),
    path("papers/<int:paper_id>/change-paper/", papers.change_paper, name="change-paper"),
    path("papers/<int:paper_id>/withdraw-paper/", papers.withdraw_paper, name="withdraw-paper"),
    path("papers/files/<int:piece_id>/", papers.show_paper_file, name="show-paper-file"),
    path("papers/files/<int:piece_id>/withdraw-paper-file/", papers.withdraw_paper_file, name="withdraw-paper-file"),
    path("plans/", plans.list_plans, name="list-plans"),
    path("plans/add-plan/", plans.add_plan, name="add-plan"),
    path("plans/<int:plan_id>/", plans.show_plan, name="show-plan"),
    path("plans/<int:plan_id>/print-plan/", plans.print_plan, name="print-plan"),
    path("plans/<int:plan_id>/print-arrangement/", plans.print_arrangement, name="print-arrangement"),
]
