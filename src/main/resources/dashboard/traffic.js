// The first view: figures of the last minute, charts of the last minutes, and the instances.

import { get } from "./api.js";
import { chart } from "./chart.js";
import { el, text } from "./dom.js";
import { count, millis, percent, rate } from "./format.js";
import { instances } from "./instances.js";

const MOST_POINTS = 180;

const TILES = [
  ["Requests/s", minute => rate(minute.requests_per_minute / 60), "tile-requests"],
  ["Errors", minute => percent(minute.error_rate), "tile-errors"],
  ["Tokens/s", minute => rate(minute.tokens_per_minute / 60), "tile-tokens"],
  ["First token, p95", minute => minute.time_to_first_token_ms.count ? millis(minute.time_to_first_token_ms.p95) : "–", "tile-first-token"],
  ["Latency, p50", minute => minute.latency_ms.count ? millis(minute.latency_ms.p50) : "–", "tile-p50"],
  ["Latency, p95", minute => minute.latency_ms.count ? millis(minute.latency_ms.p95) : "–", "tile-p95"],
];

export const traffic = {
  name: "traffic",
  title: "Traffic",
  showsOverview: true,
  create(shell) {
    this.shell = shell;
    this.points = [];
    this.tiles = TILES.map(([label, show, id]) => ({ show, value: el("strong", { id }), label }));
    this.inFlight = el("strong", { id: "tile-in-flight" });
    this.charts = [];
    this.cards = instances(shell);
    return el("div", {},
      el("section", { "aria-label": "The last minute" },
        el("dl", { class: "tiles" },
          ...this.tiles.map(tile => el("div", {}, el("dt", {}, tile.label), el("dd", {}, tile.value))),
          el("div", {}, el("dt", {}, "In flight"), el("dd", {}, this.inFlight)))),
      this.chartSection = el("section", { class: "charts", "aria-label": "The last 15 minutes" }),
      this.cards.node);
  },
  async refresh() {
    const last = this.points.at(-1)?.time;
    const overview = await get("admin/overview", { since: last, ...this.cards.query() });
    this.shell.showOverview(overview);
    this.tiles.forEach(tile => text(tile.value, tile.show(overview.last_minute)));
    text(this.inFlight, count(overview.in_flight));
    this.cards.show(overview);
    if (this.charts.length === 0) {
      this.charts = charts(overview.interval_seconds);
      this.chartSection.append(...this.charts.map(each => each.node));
    }
    if (overview.points.length > 0 || last === undefined) {
      this.points = [...this.points, ...overview.points].slice(-MOST_POINTS);
      this.charts.forEach(each => each.show(this.points));
    }
  },
};

function charts(seconds) {
  const given = (times, name) => (times.count === 0 ? null : times[name]);
  return [
    chart("Requests/s", rate, [
      { name: "all", value: point => point.requests / seconds },
      { name: "errors", value: point => point.errors / seconds }]),
    chart("Tokens/s", rate, [
      { name: "prompt", value: point => point.prompt_tokens / seconds },
      { name: "completion", value: point => point.completion_tokens / seconds }]),
    chart("Time to first token", millis, ["p50", "p95"].map(name => (
      { name, value: point => given(point.time_to_first_token_ms, name) }))),
    chart("Latency", millis, ["p50", "p95", "p99"].map(name => ({ name, value: point => given(point.latency_ms, name) }))),
  ];
}
