"""Who may open what. One letter per role of the demo county; a URL is open to the letters listed, closed to all others."""

from __future__ import annotations

# letter → demo account
ROLES = {
    "L": "beizhou",  # 村(社区)联络员
    "T": "shiqiao",  # 乡镇经办
    "D": "desk",  # 县局经办
    "R": "review",  # 复核
    "A": "approve",  # 审批
    "E": "leader",  # 领导
    "M": "member",  # 成员单位
    "U": "audit",  # 审计
    "S": "admin",  # 系统管理员
}
OPEN = {"login", "logout"}

ACCESS: dict[str, str] = {}
