// What has happened: alerts, and changes with who made them.

import { get } from "./api.js";
import { attribute, each, el, text } from "./dom.js";

const BY = { admin_token: "admin token", this_machine: "this machine", files: "edited files" };

export const events = {
  name: "events",
  title: "Events",
  period: 2000,
  create(shell) {
    this.search = el("input", { type: "search", placeholder: "kind, instance or text", "aria-label": "Search events" });
    this.type = el("select", { "aria-label": "Events of which type" }, el("option", { value: "" }, "all"),
      el("option", { value: "alert" }, "alerts"), el("option", { value: "change" }, "changes"));
    this.search.addEventListener("input", shell.refresh);
    this.type.addEventListener("change", shell.refresh);
    this.note = el("p", { class: "found", role: "status" });
    this.list = el("ol", { class: "events", id: "events" });
    return el("section", { "aria-labelledby": "events-title" },
      el("div", { class: "bar" }, el("h2", { id: "events-title" }, "Events"), this.search, this.type, this.note), this.list);
  },
  async refresh() {
    const [alerts, changes] = await Promise.all([get("admin/alerts", { limit: 500 }), get("admin/changes", { limit: 500 })]);
    // The alert about a change says no more than the record of the change.
    const all = [...alerts.data.filter(alert => alert.kind !== "admin_change").map(ofAlert), ...changes.changes.map(ofChange)];
    const wanted = this.search.value.trim().toLowerCase();
    const found = all.filter(event => (this.type.value === "" || event.type === this.type.value)
      && (event.kind + " " + event.message).toLowerCase().includes(wanted)).sort((a, b) => b.time.localeCompare(a.time)).slice(0, 200);
    text(this.note, all.length === 0 ? "none since the start" : found.length + " of the latest " + all.length + ", newest first");
    each(this.list, found, event => event.key, newEvent, showEvent);
  },
};

function ofAlert({ id, time, kind, message }) {
  return { key: "alert " + id, type: "alert", time, kind, message, status: /closed|back/.test(kind) ? "ok" : "error" };
}

function ofChange({ time, action, subject, by, changes }) {
  const whose = [BY[by.access] ?? by.access, by.address, by.user_agent, by.request_id].filter(Boolean).join(", ");
  const what = changes.map(({ path, before, after }) => path + (before === null && after === null ? "" : `: ${before ?? "none"} → ${after ?? "none"}`)).join("; ");
  return { key: "change " + time + action + subject, type: "change", time, kind: action, status: "ok",
    message: [subject, what].filter(Boolean).join(": ") + (what === "" && !subject ? "" : " ") + "by " + whose };
}

function newEvent() {
  return el("li", { class: "card small" }, el("time"), el("span", { class: "pill" }), el("span", { class: "message" }));
}

function showEvent(node, event) {
  const [time, kind, message] = node.children;
  attribute(time, "datetime", event.time);
  text(time, new Date(event.time).toLocaleTimeString("en-GB"));
  text(kind, event.kind.replaceAll("_", " "));
  attribute(kind, "data-status", event.status);
  text(message, event.message);
}
