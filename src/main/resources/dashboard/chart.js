// A line chart of the last minutes. Arrow keys or the pointer move a cursor, whose values the caption shows.

import { attribute, el, svg, text } from "./dom.js";
import { clock } from "./format.js";

const WIDTH = 600;
const HEIGHT = 140;
const TOP = 8;

/**
 * @param title  shown above
 * @param format a value for people
 * @param lines  name and value(point) of each line; a value of null is a gap
 */
export function chart(title, format, lines) {
  const paths = lines.map((line, i) => svg("path", { class: "line line-" + i, "vector-effect": "non-scaling-stroke" }));
  const cursor = svg("line", { class: "cursor", y1: 0, y2: HEIGHT, visibility: "hidden", "vector-effect": "non-scaling-stroke" });
  const plot = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("path", { class: "grid", d: `M0 ${TOP}H${WIDTH}M0 ${(HEIGHT + TOP) / 2}H${WIDTH}M0 ${HEIGHT - 1}H${WIDTH}`, "vector-effect": "non-scaling-stroke" }), ...paths, cursor);
  const top = el("span", { class: "top" });
  const start = el("span", { class: "start" });
  const end = el("span", { class: "end" });
  const area = el("div", { class: "plot", tabindex: 0, role: "slider", "aria-label": title + ", time", "aria-valuemin": 0 }, plot, top, start, end);
  const values = lines.map((line, i) => {
    const value = el("strong");
    return { node: el("span", { class: "value" }, el("i", { class: "key key-" + i }), line.name + " ", value), value };
  });
  const when = el("span", { class: "when" });
  const figure = el("figure", { class: "chart" }, el("figcaption", {}, el("h3", {}, title), when, ...values.map(each => each.node)), area);
  let points = [];
  let at = null;

  function showValues() {
    const index = at === null ? points.length - 1 : Math.min(at, points.length - 1);
    const point = points[index];
    text(when, at === null || !point ? "" : clock(point.time));
    values.forEach((each, i) => text(each.value, point ? format(lines[i].value(point)) : "–"));
    attribute(area, "aria-valuemax", Math.max(0, points.length - 1));
    attribute(area, "aria-valuenow", Math.max(0, index));
    attribute(area, "aria-valuetext", point ? clock(point.time) + ": "
      + lines.map(line => line.name + " " + format(line.value(point))).join(", ") : "no values yet");
    attribute(cursor, "visibility", at === null ? "hidden" : "visible");
    if (at !== null) {
      attribute(cursor, "x1", x(index));
      attribute(cursor, "x2", x(index));
    }
  }

  function x(index) {
    return points.length < 2 ? 0 : index * WIDTH / (points.length - 1);
  }

  function move(index) {
    at = index === null ? null : Math.max(0, Math.min(points.length - 1, index));
    showValues();
  }

  area.addEventListener("pointermove", event => {
    const box = area.getBoundingClientRect();
    move(Math.round((event.clientX - box.left) / box.width * (points.length - 1)));
  });
  area.addEventListener("pointerleave", () => move(null));
  area.addEventListener("blur", () => move(null));
  area.addEventListener("keydown", event => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: 12, PageDown: -12, Home: -points.length, End: points.length };
    if (event.key in steps) {
      event.preventDefault();
      move((at ?? points.length - 1) + steps[event.key]);
    }
  });

  return {
    node: figure,
    show(newPoints) {
      points = newPoints;
      const highest = Math.max(...points.flatMap(point => lines.map(line => line.value(point) ?? 0)), 0);
      const scale = highest === 0 ? 0 : (HEIGHT - TOP - 1) / highest;
      text(start, points.length < 2 ? "" : clock(points[0].time));
      text(end, points.length < 2 ? "" : clock(points.at(-1).time));
      text(top, highest === 0 ? "" : format(highest));
      paths.forEach((path, i) => attribute(path, "d", drawn(points.map(lines[i].value), scale)));
      showValues();
    },
  };

  function drawn(numbers, scale) {
    let d = "";
    let pen = false;
    numbers.forEach((value, i) => {
      if (value == null) {
        pen = false;
      } else {
        const y = (HEIGHT - 1 - value * scale).toFixed(1);
        const lonely = !pen && (i + 1 >= numbers.length || numbers[i + 1] == null);
        d += (pen ? "L" : "M") + x(i).toFixed(1) + " " + y + (lonely ? i + 1 < numbers.length || i === 0 ? "h6" : "h-6" : "");
        pen = true;
      }
    });
    return d || "M0 0";
  }
}
