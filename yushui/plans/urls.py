"""Addresses of plans."""

from __future__ import annotations

from django.urls import path

from yushui.plans.views import calendar, duties, plans, tasks

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
    path("plans/", plans.list_plans, name="list-plans"),
    path("plans/add-plan/", plans.add_plan, name="add-plan"),
    path("plans/<int:plan_id>/", plans.show_plan, name="show-plan"),
    path("plans/<int:plan_id>/print-plan/", plans.print_plan, name="print-plan"),
]
