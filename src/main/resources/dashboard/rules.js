// The active rules, and what they sent to the instances in the last minute.

import { get } from "./api.js";
import { el, text } from "./dom.js";
import { count } from "./format.js";
import { picture, totals } from "./graph.js";

export const rules = {
  name: "rules",
  title: "Rules",
  period: 700,
  create() {
    this.seen = "";
    this.note = el("p", { class: "found", id: "rules-note" });
    this.area = el("div", { class: "panel scroll", tabindex: 0, role: "region", "aria-label": "Picture of the rules", id: "rules-picture" });
    this.list = el("ul", { class: "tree", id: "rules-list" });
    return el("section", { "aria-labelledby": "rules-title" },
      el("div", { class: "bar" }, el("h2", { id: "rules-title" }, "Rules and the requests of the last minute"), this.note),
      this.area,
      el("details", { class: "panel" }, el("summary", {}, "As a list"), this.list));
  },
  async refresh() {
    const document = await get("admin/rules");
    const now = JSON.stringify(document);
    if (now === this.seen) {
      return;
    }
    this.seen = now;
    this.area.replaceChildren(picture(document));
    this.list.replaceChildren(...outline(document));
    const elsewhere = document.edges.filter(edge => edge.node == null).reduce((sum, edge) => sum + edge.requests, 0);
    text(this.note, [
      elsewhere === 0 ? "" : count(elsewhere) + " attempts of rules that were replaced, or of no rule",
      document.more_edges === 0 ? "" : document.more_edges + " more edges with less traffic are not shown",
    ].filter(Boolean).join("; "));
  },
};

function outline(document) {
  const traffic = totals(document);
  const items = document.nodes.map((node, id) => {
    const sent = document.edges.filter(edge => edge.node === id && edge.instance != null);
    return el("li", {}, el("span", { class: "kind" }, node.kind), " ", el("span", {}, node.label ?? ""), " ",
      el("small", {}, (node.at ?? "") + (traffic[id].requests === 0 ? "" : ", " + count(traffic[id].requests) + " in the last minute")),
      el("ul", {}, ...sent.map(edge => el("li", {}, "instance " + edge.instance + ": " + count(edge.requests) + ", " + count(edge.failed) + " failed"))));
  });
  document.nodes.forEach((node, id) => node.parent != null && items[node.parent].lastElementChild.append(items[id]));
  return items.filter((item, id) => document.nodes[id].parent == null);
}
