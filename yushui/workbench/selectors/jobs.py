"""Background work as its owner and colleagues may follow it."""

from __future__ import annotations

from yushui.accounts.models import User
from yushui.accounts.permissions import may
from yushui.base.area_codes import lies_in
from yushui.base.models import Job
from yushui.base.refusals import NotFound

# package of the job → the right that lets a colleague of the same area follow it
FOLLOWED_WITH = {
    "rosters": "rosters.import",
    "benefits": "benefits.view",
    "payments": "payments.view",
    "reports": "reports.view",
    "indicators": "indicators.view",
    "activities": "activities.view",
}


def get_job(*, actor: User, job_id: int) -> Job:
    """A job that the actor asked for, or that somebody of the actor's area asked for and the actor's post covers."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None:
        raise NotFound
    if job.actor_id == actor.pk:
        return job
    right = FOLLOWED_WITH.get(job.name.partition(".")[0])
    asker = User.objects.filter(pk=job.actor_id).first()
    if right and asker and may(actor, right) and lies_in(asker.area_code, actor.area_code):
        return job
    raise NotFound
