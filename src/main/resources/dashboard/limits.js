// The limits of the gateway and its clients as bars, with the wait that a usual request would get.

import { get } from "./api.js";
import { attribute, each, el, text } from "./dom.js";
import { count, seconds } from "./format.js";
import { newLimit, showLimit } from "./instances.js";

export const limits = {
  name: "limits",
  title: "Limits",
  create(shell) {
    this.search = el("input", { type: "search", placeholder: "name", "aria-label": "Search limits", id: "limit-search" });
    this.kind = el("select", { "aria-label": "Limits of what", id: "limit-kind" },
      el("option", { value: "gateway,client" }, "gateway and clients"), el("option", { value: "instance,model" }, "instances and their models"));
    this.search.addEventListener("input", shell.refresh);
    this.kind.addEventListener("change", shell.refresh);
    this.note = el("p", { class: "found", role: "status" });
    this.list = el("ul", { class: "cards", id: "limits" });
    return el("section", { "aria-labelledby": "limits-title" },
      el("div", { class: "bar" }, el("h2", { id: "limits-title" }, "Limits of the last minute"), this.search, this.kind, this.note), this.list);
  },
  async refresh() {
    const document = await get("admin/limits", { kind: this.kind.value, search: this.search.value });
    const shown = document.data.length < document.matching ? `the fullest ${document.data.length} of ${document.matching} limits`
      : number(document.matching, "limit");
    text(this.note, document.matching === 0 ? "no limits" : `${shown}; waits are for a request of the usual size now, ${number(document.request_tokens, "token")}`);
    each(this.list, document.data, limit => [limit.kind, limit.name, limit.model, limit.unit].join(" "), newRow, showRow);
  },
};

function number(value, unit) {
  return count(value) + " " + unit + (value === 1 ? "" : "s");
}

function newRow() {
  return el("li", { class: "card small" }, el("div", { class: "head" }, el("h3"), el("span", { class: "pill" })),
    el("ul", { class: "limits" }, newLimit()));
}

function showRow(node, limit) {
  const [head, list] = node.children;
  const [name, wait] = head.children;
  attribute(node, "data-limit", limit.name);
  text(name, limit.kind === "gateway" ? "whole gateway" : limit.kind + " " + limit.name);
  text(wait, limit.wait_seconds === null ? "never fits" : limit.wait_seconds === 0 ? "no wait" : "wait " + seconds(limit.wait_seconds));
  attribute(wait, "data-status", limit.wait_seconds === 0 ? "ok" : "error");
  showLimit(list.firstElementChild, limit);
}
