// What the rules would do with a request, and why.

import { get } from "./api.js";
import { el } from "./dom.js";

const OPERATIONS = ["chat/completions", "responses", "completions", "embeddings", "moderations", "images/generations", "images/edits",
  "audio/speech", "audio/transcriptions", "audio/translations"];

export const why = {
  name: "why",
  title: "Why",
  period: 60_000,
  create() {
    const model = el("input", { id: "why-model", required: true, list: "why-models", autocomplete: "off" });
    const operation = el("select", { id: "why-operation" }, ...OPERATIONS.map(name => el("option", {}, name)));
    const client = el("input", { id: "why-client", autocomplete: "off" });
    const stream = el("input", { id: "why-stream", type: "checkbox" });
    const headers = el("textarea", { id: "why-headers", rows: 3, placeholder: "x-team: research" });
    this.result = el("div", { id: "why-result", "aria-live": "polite" });
    this.models = el("datalist", { id: "why-models" });
    const form = el("form", { class: "panel form" },
      el("label", { for: "why-model" }, "Model"), model,
      el("label", { for: "why-operation" }, "Operation"), operation,
      el("label", { for: "why-client" }, "Client (empty: anonymous)"), client,
      el("label", { for: "why-headers" }, "Headers, one a line"), headers,
      el("label", { for: "why-stream" }, "Stream"), stream,
      el("button", { class: "primary" }, "Explain"), this.models);
    form.addEventListener("submit", async event => {
      event.preventDefault();
      try {
        this.result.replaceChildren(...shown(await get("admin/route", {
          model: model.value.trim(), operation: operation.value, client: client.value.trim(), stream: stream.checked, ...parsed(headers.value) })));
      } catch (error) {
        this.result.replaceChildren(el("p", { class: "refused", role: "alert" }, error.message));
      }
    });
    return el("section", { "aria-labelledby": "why-title" }, el("div", { class: "bar" }, el("h2", { id: "why-title" }, "Where would a request go, and why?")), form, this.result);
  },
  async refresh() {
    if (this.models.childElementCount === 0) {
      const health = await get("stats/health");
      const names = new Set(Object.values(health.models).flatMap(models => Object.keys(models)));
      this.models.append(...[...names].sort().slice(0, 500).map(name => el("option", { value: name })));
    }
  },
};

function parsed(lines) {
  return Object.fromEntries(lines.split("\n").map(line => line.split(/:(.*)/s)).filter(([name, value]) => name.trim() !== "" && value !== undefined)
    .map(([name, value]) => ["header." + name.trim(), value.trim()]));
}

function shown(explanation) {
  const rows = [
    el("p", { class: "verdict" }, verdict(explanation)),
    ...explanation.notes.map(note => el("p", {}, note)),
  ];
  if (explanation.candidates.length > 0) {
    rows.push(el("h3", {}, "Instances, in the order in which they are called"), table(["", "Instance", "Why"], explanation.candidates.map(row =>
      [row.position ?? "–", row.instance + (row.model ? ", asked for " + row.model : ""), row.why])));
  }
  if (explanation.steps.length > 0) {
    rows.push(el("h3", {}, "Steps of the rules"), el("ol", { class: "steps" }, ...explanation.steps.map(step => el("li", {},
      el("strong", {}, step.step), " " + (step.detail ?? ""), el("small", {}, [" " + (step.at ?? ""), step.branch].filter(Boolean).join(", ")),
      ...Object.entries(step.changes ?? {}).map(([name, { from, to }]) => el("div", {}, `${name}: ${JSON.stringify(from)} becomes ${JSON.stringify(to)}`)),
      ...(step.notes ?? []).map(note => el("div", {}, note))))));
  }
  if (explanation.mirrors.length > 0) {
    rows.push(el("h3", {}, "Copies go to"), el("ul", {}, ...explanation.mirrors.map(mirror =>
      el("li", {}, mirror.candidates.map(row => row.instance).join(", ") + " (" + mirror.at + ")"))));
  }
  if (explanation.calls.length > 0) {
    rows.push(el("h3", {}, "Calls outside the gateway"), el("ul", {}, ...explanation.calls.map(call => el("li", {}, call.uri + " (" + call.at + ")"))));
  }
  return [el("div", { class: "panel" }, ...rows)];
}

function verdict({ candidates, answer, rule, policy }) {
  const first = candidates.find(row => row.position === 1);
  const by = [rule ? "rule " + rule : "", policy ? "policy " + policy : ""].filter(Boolean).join(", ");
  if (first) {
    return "It goes to " + first.instance + (by === "" ? "." : " (" + by + ").");
  }
  return answer ? "The rules answer it themselves with status " + answer.status + (answer.body?.error?.message ? ": " + answer.body.error.message : ".")
    : "No instance would be called.";
}

function table(heads, rows) {
  return el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, ...heads.map(head => el("th", { scope: "col" }, head)))),
    el("tbody", {}, ...rows.map(row => el("tr", {}, ...row.map(cell => el("td", {}, String(cell ?? ""))))))));
}
