"""Chinese words for what the log says of honours, sites and the archive; part of audit_words."""

from __future__ import annotations

from yushui.honours.types import CARD_STATES, NEWS_STATES, PLAQUE_ACTS, PLAQUE_STATES
from yushui.sites.types import CHECK_RESULTS

ACTIONS: dict[str, str] = {
    "honours.kinds.loaded": "载入荣誉类别",
    "honours.kind.set": "添加荣誉类别",
    "honours.kind.retired": "停用荣誉类别",
    "honours.kind.restored": "恢复荣誉类别",
    "honours.plaque.hung": "登记光荣牌",
    "honours.plaques.hung": "登记多户光荣牌",
    "honours.plaque.acted": "办理光荣牌",
    "honours.card.applied": "登记优待证申请",
    "honours.card.stepped": "办理优待证",
    "honours.cards.taken_over": "转入优待证",
    "honours.news.recorded": "登记喜报",
    "honours.news.taken_over": "转入喜报",
    "honours.news.changed": "修改喜报",
    "honours.news.collected": "领取喜报",
    "honours.news.delivered": "送达喜报",
    "honours.news.rewarded": "登记奖励金发放",
    "honours.news.withdrawn": "撤回喜报",
    "honours.evidence.added": "添加荣誉材料",
    "sites.kinds.loaded": "载入阵地类别",
    "sites.kind.set": "添加阵地类别",
    "sites.kind.retired": "停用阵地类别",
    "sites.kind.restored": "恢复阵地类别",
    "sites.site.added": "登记阵地",
    "sites.site.changed": "修改阵地",
    "sites.site.closed": "停用阵地",
    "sites.site.checked": "检查阵地",
    "sites.site.mended": "登记整改",
    "sites.sites.taken_over": "转入阵地",
    "sites.agreement.signed": "签订优待协议",
    "sites.agreement.renewed": "续签优待协议",
    "sites.month.stated": "登记按月数字",
    "sites.evidence.added": "添加阵地材料",
    "sites.evidence.withdrawn": "去掉阵地材料",
    "sites.boundary.set": "启用边界文件",
    "honours.evidence.withdrawn": "去掉荣誉材料",
}

SUBJECTS: dict[str, str] = {
    "honours.honourkind": "荣誉类别",
    "honours.plaque": "光荣牌",
    "honours.card": "优待证",
    "honours.goodnews": "喜报",
    "honours.honourevidence": "荣誉材料",
    "sites.site": "阵地",
    "sites.sitekind": "阵地类别",
    "sites.boundary": "边界文件",
}

FIELDS: dict[str, str] = {
    "act": "办理事项",
    "late": "晚于期限",
    "offer": "优待内容",
    "plate": "牌号",
    "since": "启用日期",
    "number": "文号",
    "note": "说明",
    **CHECK_RESULTS,
    "due_on": "期限",
    "deliverers": "由谁送达",
    "soldier_name": "军人姓名",
    "reward_fen": "奖励金",
    "area_id": "区划",
    "kind_id": "类别",
    "state": "状态",
    **PLAQUE_ACTS,
    **PLAQUE_STATES,
    **CARD_STATES,
    **NEWS_STATES,
}
