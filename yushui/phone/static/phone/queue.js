/* phone-queue: what waits on this phone, what was refused and why, what was sent. Only the own entries are shown. */
"use strict";

(function () {
  const desk = document.getElementById("desk");
  const queue = document.getElementById("queue");
  if (!desk || !queue) return;
  const WORDS = { waiting: ["待送出", "due"], unknown: ["等服务器答复", "due"], refused: ["被退回", "bad"], sent: ["已送出", ""] };

  function add(parent, tag, text, name) {
    const made = parent.appendChild(document.createElement(tag));
    if (text) made.textContent = text;
    if (name) made.className = name;
    return made;
  }

  const moment = (time) => new Date(time).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });

  function lineOf(row) {
    const line = document.createElement("li");
    line.className = "entry";
    const head = add(line, "div", "", "entry-head");
    add(head, "b", row.title);
    const [word, mark] = WORDS[row.state];
    add(head, "span", word, `tag ${mark}`);
    add(line, "small", row.state === "sent" ? `${moment(row.answered)} 送到` : `${moment(row.written)} 写的`, "muted");
    for (const problem of row.problems || []) {
      add(line, "p", [problem.where, problem.what, problem.next_step].filter(Boolean).join(":"), "refusal");
    }
    if (row.state === "unknown") add(line, "p", "已经发出,还没收到答复。为免重复,答复前不能改也不能删。", "muted");
    if (row.state === "waiting" || row.state === "refused") line.appendChild(actsOf(row));
    return line;
  }

  function actsOf(row) {
    const acts = document.createElement("div");
    acts.className = "actions";
    const edit = add(acts, "a", "修改", "btn");
    edit.href = `${row.page}?draft=${row.key}`;
    const again = add(acts, "button", "送出", "btn");
    again.type = "button";
    again.addEventListener("click", () => window.phoneDesk.send(row.key));
    const drop = add(acts, "button", "删除", "btn danger");
    drop.type = "button";
    drop.addEventListener("click", async () => {
      if (!window.confirm(`删除“${row.title}”?这一条没有送到,删了就没有了。`)) return;
      await phoneStore.drop(row.key);
      window.phoneDesk.refresh();
    });
    return acts;
  }

  function fill(box, rows, heading) {
    box.replaceChildren();
    if (heading) add(add(box, "header"), "h2", heading);
    const list = add(box, "ul", "", "lines");
    rows.forEach((row) => list.appendChild(lineOf(row)));
  }

  async function draw() {
    const rows = await phoneStore.all();
    const mine = rows.filter((row) => row.owner === desk.dataset.user);
    const open = mine.filter(phoneStore.isOpen);
    const others = rows.filter((row) => row.owner !== desk.dataset.user && phoneStore.isOpen(row));
    if (open.length) fill(queue, open);
    else { queue.replaceChildren(); add(queue, "p", "这部手机上没有待送出的。", "pad muted"); }
    if (others.length) add(queue, "p", `另有 ${others.length} 条是别的账号写的,由本人登录后送出。`, "pad muted");
    const sent = document.getElementById("sent");
    const done = mine.filter((row) => row.state === "sent").reverse();
    sent.hidden = done.length === 0;
    if (done.length) fill(sent, done, "最近送出");
    document.getElementById("queue-acts").hidden = open.length === 0;
  }

  document.querySelector("[data-send-now]").addEventListener("click", () => window.phoneDesk.send());
  document.addEventListener("phone:changed", draw);
  draw();
})();
