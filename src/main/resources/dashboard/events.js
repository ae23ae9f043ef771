// What has happened: alerts, and changes of settings and rules.

import { get } from "./api.js";
import { attribute, each, el, text } from "./dom.js";
import { clock } from "./format.js";

export const events = {
  name: "events",
  title: "Events",
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
    const document = await get("admin/events", { search: this.search.value, type: this.type.value });
    text(this.note, document.matching === 0 ? "none since the start" : document.matching + " since the start, newest first");
    each(this.list, document.data, event => event.id, newEvent, showEvent);
  },
};

function newEvent() {
  return el("li", { class: "card small" }, el("time"), el("span", { class: "pill" }), el("span", { class: "message" }));
}

function showEvent(node, event) {
  const [time, kind, message] = node.children;
  attribute(time, "datetime", new Date(event.time * 1000).toISOString());
  text(time, clock(event.time));
  text(kind, event.kind.replaceAll("_", " "));
  attribute(kind, "data-status", event.type === "change" ? "ok" : /closed|back/.test(event.kind) ? "ok" : "error");
  text(message, event.message);
}
