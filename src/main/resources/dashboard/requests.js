// The latest finished requests with the way that each took.

import { get } from "./api.js";
import { attribute, each, el, text } from "./dom.js";
import { count, millis } from "./format.js";

const PAGE = 50;
const FILTERS = ["client", "model", "instance", "status"];
const HIDDEN = new Set(["time", "tried", "trace", "status", "model", "client", "instance", "duration_ms"]);

export const requests = {
  name: "requests",
  title: "Requests",
  period: 2000,
  create(shell) {
    this.newest = [];
    this.older = [];
    this.cursor = null;
    this.fields = FILTERS.map(name => el("input", { placeholder: name, "aria-label": "Only this " + name, name, size: name === "status" ? 6 : 12 }));
    this.search = el("input", { type: "search", placeholder: "text in what is shown", "aria-label": "Search the requests shown", id: "request-search" });
    this.note = el("p", { class: "found", role: "status" });
    this.more = el("button", { type: "button" }, "Older");
    this.list = el("ol", { class: "requests", id: "requests" });
    const again = () => {
      this.older = [];
      shell.refresh();
    };
    this.fields.forEach(field => field.addEventListener("change", again));
    this.search.addEventListener("input", () => this.show());
    this.more.addEventListener("click", () => this.page(this.cursor).then(page => {
      this.older = [...this.older, ...page.data];
      this.cursor = page.next_cursor;
      this.show();
    }, shell.refresh));
    return el("section", { "aria-labelledby": "requests-title" },
      el("div", { class: "bar" }, el("h2", { id: "requests-title" }, "Requests"), ...this.fields, this.search, this.note), this.list, this.more);
  },
  page(cursor) {
    return get("admin/requests", { limit: PAGE, cursor, ...Object.fromEntries(this.fields.map(field => [field.name, field.value.trim()])) });
  },
  async refresh() {
    const page = await this.page(null);
    this.newest = page.data;
    if (this.older.length === 0) {
      this.cursor = page.next_cursor;
    } else {
      // What has left the first page meanwhile is kept, so that the list has no gap.
      const known = new Set(this.older.map(key));
      this.older = [...this.list.querySelectorAll(":scope > li")].map(item => item.request)
        .filter(request => request && !known.has(key(request)) && !page.data.some(newer => key(newer) === key(request))).concat(this.older).slice(0, 1000);
    }
    this.show();
  },
  show() {
    const wanted = this.search.value.trim().toLowerCase();
    const all = [...this.newest, ...this.older];
    const found = wanted === "" ? all : all.filter(request => JSON.stringify(request).toLowerCase().includes(wanted));
    text(this.note, found.length === all.length ? all.length + " shown, newest first" : found.length + " of " + all.length);
    this.more.hidden = this.cursor == null;
    each(this.list, found, key, newRequest, showRequest);
  },
};

function key(request) {
  return request.request_id + " " + request.time;
}

function newRequest() {
  const cells = ["time", "status", "model", "client", "instance", "duration", "tokens"].map(name => el("span", { class: name }));
  const more = el("div", { class: "more" });
  const details = el("details", {}, el("summary", {}, ...cells), more);
  details.addEventListener("toggle", () => details.open && more.childElementCount === 0 && more.append(...whole(details.parentElement.request)));
  return el("li", { class: "card small" }, details);
}

function showRequest(item, request) {
  if (item.request === request) {
    return;
  }
  item.request = request;
  const [time, status, model, client, instance, duration, tokens] = item.querySelector("summary").children;
  text(time, new Date(request.time).toLocaleTimeString("en-GB"));
  text(status, request.status + (request.error ? " " + request.error : ""));
  attribute(status, "data-status", request.status < 400 ? (request.error ? "error" : "ok") : request.status < 500 ? "warn" : "error");
  attribute(status, "class", "status pill");
  text(model, request.model ?? "no model");
  text(client, request.client ?? "unknown client");
  text(instance, (request.instance ?? "no instance") + (request.attempts > 1 ? ", " + request.attempts + " attempts" : ""));
  text(duration, millis(request.duration_ms));
  text(tokens, count(request.prompt_tokens) + " + " + count(request.completion_tokens) + " tokens");
}

function whole(request) {
  const facts = Object.entries(request).filter(([name, value]) => !HIDDEN.has(name) && value != null && value !== 0)
    .map(([name, value]) => el("div", {}, el("dt", {}, name.replaceAll("_", " ")), el("dd", {}, String(value))));
  const attempts = (request.tried ?? []).map(attempt => el("li", {}, `${attempt.instance}: ${attempt.status ?? attempt.result}, ${attempt.reason}, ${millis(attempt.ms)}`
    + (attempt.model ? ", asked for " + attempt.model : "")));
  return [el("dl", { class: "facts" }, ...facts), attempts.length === 0 ? el("p", {}, "No instance was tried.") : el("ol", {}, ...attempts)];
}
