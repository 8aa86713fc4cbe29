"""Who may open what. One letter per role; a URL is open to the letters listed and closed to all others."""

from __future__ import annotations

# letter → account of the demo county
ROLES = {
    "L": "beizhou",  # 村(社区)联络员, 北洲村
    "T": "shiqiao",  # 乡镇经办, 石桥镇
    "D": "desk",  # 县局经办
    "R": "review",  # 复核
    "A": "approve",  # 审批
    "E": "leader",  # 领导
    "M": "member",  # 成员单位
    "U": "audit",  # 审计
    "S": "admin",  # 系统管理员
}
EVERYBODY = "".join(ROLES)
OPEN = {"login", "logout"}  # the only two without signing in

ACCESS: dict[str, str] = {
    # workbench
    "home": EVERYBODY,
    "search": EVERYBODY,
    "show-style": EVERYBODY,
    "show-job": "D",  # who asked for the work
    "show-year": "LTDRAEMU",
    "list-audit": "US",
    # accounts
    "change-password": EVERYBODY,
    "list-users": "S",
    "add-user": "S",
    "change-user": "S",
    "reset-password": "S",
    # people
    "list-people": "LTDRAU",
    "show-person": "LTDRAU",
    "export-people": "LTDRAU",
    "list-exports": "LTDRAU",
    "decide-export": "RA",
    "take-export": "D",  # who asked
    "reveal-number": "TDR",
    "confirm-person": "LTD",
    "add-person": "TD",
    "change-person": "TD",
    "add-status": "TD",
    "change-status": "TD",
    "end-status": "TD",
    "record-event": "TD",
    "withdraw-event": "TD",
    "set-account": "TD",
    "assign-contact": "TD",
    "add-hardship": "TD",
    "end-hardship": "TD",
    "join-household": "TD",
    "leave-household": "TD",
    "list-units": EVERYBODY,
    # rosters: the import in the example is the county's
    "list-imports": "TD",
    "start-import": "TD",
    "download-template": "TD",
    "show-import": "D",
    "commit-import": "D",
    "undo-import": "D",
    "download-annotated": "D",
    # policy
    "list-law": "TDRAEUS",
    "show-law": "TDRAEUS",
    # benefits
    "list-runs": "TDRAU",
    "show-run": "TDRAU",
    "list-run-lines": "TDRAU",
    "start-run": "D",
    "submit-batch": "D",
    "explain-line": "TDRAU",
    "print-explanation": "TDRAU",
    "hold-person": "D",
    "release-person": "D",
    "open-recoveries": "D",
    "list-recoveries": "TDRAU",
    "record-recovered": "D",
    "list-local-values": "TDRAU",
    "set-local-value": "D",
    # payments
    "list-batches": "DRAU",
    "show-batch": "DRAU",
    "list-roster": "DRAU",
    "print-roster": "DRAU",
    "download-roster": "DRAU",
    "download-bank-file": "DRAU",
    "list-return-rows": "DRAU",
    "list-failed": "DRAU",
    "submit-again": "D",
    "take-back-batch": "D",
    "withdraw-batch": "D",
    "review-batch": "R",
    "approve-batch": "A",
    "send-back-batch": "DRA",
    "make-bank-file": "D",
    "take-return": "D",
    # activities
    "list-activities": "LTDRAEMU",
    "show-activity": "LTDRAEMU",
    "export-activities": "LTDRAEMU",
    "check-activities": "LTDRAEMU",
    "show-activity-file": "LTDRAEMU",
    "change-activity": "LTD",  # the activity in the example was recorded by the liaison
    "paste-activity": "LTDM",
    "add-activity-evidence": "LTDM",
    "withdraw-activity-evidence": "LTD",
    "list-kinds": "D",
    "set-kind": "D",
    "retire-kind": "D",
    "record-activity": "LTDM",
    "withdraw-activity": "LTDM",
    "list-campaigns": "LTDRAEMU",
    "show-campaign": "LTDRAEMU",
    "plan-campaign": "TD",
    "assign-targets": "TD",
    "hand-over-targets": "TD",
    "add-target": "TD",
    "drop-target": "TD",
    "close-campaign": "TD",
    "print-sheets": "LTDRAU",
    "list-not-visited": "LTDRAU",
    "my-visits": "LTD",
    "record-visit": "LTD",
    "list-visits": "LTDRAEMU",
    # phone
    "phone-home": "LTD",
    "phone-people": "LTD",
    "phone-person": "LTD",
    "phone-visit": "LTD",
    "phone-activity": "LTD",
    "phone-confirm": "LTD",
    "phone-case": "LTD",
    "phone-queue": "LTD",
    "send-entries": "LTD",
    "service-worker": EVERYBODY,
    "manifest": EVERYBODY,
    "withdraw-visit": "LTD",
    "show-visit-photo": "LTDRAU",
    # indicators and reports: the report in the example is the county's
    "list-figures": "TDRAEU",
    "show-figure": "TDRAEU",
    "list-figure-rows": "TDRAEU",
    "list-reports": "TDRAEU",
    "write-report": "TD",
    "show-report": "DRAEU",
    "add-paragraph": "D",
    "file-report": "D",
    "download-report": "DRAEU",
}
