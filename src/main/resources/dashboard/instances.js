// The instances as cards: a page of them at a time, so that a thousand cost no more than sixty.

import { attribute, each, el, text } from "./dom.js";
import { count, millis, rate, seconds } from "./format.js";
import { instanceActions } from "./actions.js";

const PAGE = 60;
const WORDS = { healthy: "healthy", rate_limited: "limited", error: "out", disabled: "off" };

export function instances(shell) {
  let offset = 0;
  let mayChange = false;
  const search = el("input", { type: "search", placeholder: "name, model or tag", "aria-label": "Search instances", id: "instance-search" });
  const status = el("select", { "aria-label": "Instances of which status", id: "instance-status" },
    el("option", { value: "" }, "all"), ...Object.entries(WORDS).map(([value, label]) => el("option", { value }, label)));
  const found = el("p", { class: "found", role: "status" });
  const before = el("button", { type: "button" }, "Previous");
  const after = el("button", { type: "button" }, "Next");
  const list = el("ul", { class: "cards", id: "instances" });

  const ask = newOffset => {
    offset = Math.max(0, newOffset);
    shell.refresh();
  };
  search.addEventListener("input", () => ask(0));
  status.addEventListener("change", () => ask(0));
  before.addEventListener("click", () => ask(offset - PAGE));
  after.addEventListener("click", () => ask(offset + PAGE));

  return {
    node: el("section", { "aria-labelledby": "instances-title" },
      el("div", { class: "bar" }, el("h2", { id: "instances-title" }, "Instances"), search, status, found, before, after), list),
    query: () => ({ offset, limit: PAGE, search: search.value, status: status.value }),
    show({ access, instances: { matching, data } }) {
      mayChange = access === "admin";
      const last = offset + data.length;
      text(found, matching > PAGE ? `${offset + 1} to ${last} of ${matching}` : matching + (matching === 1 ? " instance" : " instances"));
      before.hidden = after.hidden = matching <= PAGE;
      before.disabled = offset === 0;
      after.disabled = last >= matching;
      each(list, data, card => card.name, () => newCard(shell), (node, card) => node.show(card, mayChange));
    },
  };
}

function newCard(shell) {
  const name = el("h3");
  const pill = el("span", { class: "pill" });
  const why = el("p", { class: "why" });
  const facts = el("dl", { class: "facts" });
  const limits = el("ul", { class: "limits" });
  const models = el("ul", { class: "models" });
  const actions = instanceActions(shell);
  const node = el("li", { class: "card" }, el("div", { class: "head" }, name, pill), why, limits, facts, models, actions.node);
  node.show = (card, mayChange) => {
    attribute(node, "data-instance", card.name);
    attribute(node, "data-status", card.status);
    text(name, card.name);
    text(pill, WORDS[card.status] ?? card.status);
    attribute(pill, "data-status", { healthy: "ok", rate_limited: "warn", error: "error" }[card.status]);
    text(why, reason(card));
    showFacts(facts, card);
    each(limits, card.limits, limit => limit.model + " " + limit.unit, newLimit, showLimit);
    each(models, card.models.filter(model => model.status !== "healthy" || model.breaker !== "closed"), model => model.model,
      () => el("li"), (item, model) => text(item, `${model.model}: ${WORDS[model.status] ?? model.status}, breaker ${model.breaker}`
        + (model.seconds_left == null ? "" : ", " + seconds(model.seconds_left) + " left")));
    actions.show(card, mayChange);
  };
  return node;
}

function reason(card) {
  const left = card.seconds_left == null ? "" : " – " + seconds(card.seconds_left) + " left";
  return card.why == null ? "" : card.why + left;
}

function showFacts(list, card) {
  const facts = [
    ["Breaker", card.breaker.replace("_", " ")],
    ["In flight", count(card.in_flight)],
    ["Requests/s", rate(card.requests / 60)],
    ["Failed, 1 min", count(card.failed)],
    ["Latency", card.latency_ms === 0 ? "–" : millis(card.latency_ms)],
    ["Priority", card.priority],
    ["Weight", card.weight],
    ["Last error", card.last_error],
  ];
  each(list, facts.filter(([, value]) => value != null), ([label]) => label,
    ([label]) => el("div", { class: label === "Last error" ? "wide" : null }, el("dt", {}, label), el("dd")), (item, [, value]) => text(item.lastElementChild, value));
}

/** A bar of one limit. */
export function newLimit() {
  return el("li", { class: "limit" }, el("span", { class: "label" }), el("span", { class: "amount" }),
    el("div", { class: "meter", role: "meter", "aria-valuemin": 0 }, el("div")));
}

export function showLimit(item, limit) {
  const [label, amount, meter] = item.children;
  const share = Math.min(1, limit.used / limit.limit);
  text(label, (limit.model == null ? "" : limit.model + ", ") + limit.unit + " per minute");
  text(amount, count(limit.used) + " of " + count(limit.limit));
  attribute(meter, "aria-label", label.textContent);
  attribute(meter, "aria-valuemax", limit.limit);
  attribute(meter, "aria-valuenow", Math.min(limit.used, limit.limit));
  attribute(meter, "data-status", share >= 1 ? "error" : share >= 0.8 ? "warn" : "ok");
  meter.firstElementChild.style.width = (share * 100).toFixed(1) + "%";
}
