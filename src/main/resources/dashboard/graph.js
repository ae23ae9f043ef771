// The rules as a picture: a tree of steps from left to right, and the instances in a column of their own.

import { svg } from "./dom.js";
import { count } from "./format.js";

const WIDTH = 166;
const COLUMN = WIDTH + 40;
const HEIGHT = 40;
const ROW = HEIGHT + 10;

/** The traffic of each node with all that is in it, by its id. */
export function totals({ nodes, edges }) {
  const all = nodes.map(() => ({ requests: 0, failed: 0 }));
  for (const edge of edges) {
    for (let id = edge.node; id != null; id = nodes[id].parent) {
      all[id].requests += edge.requests;
      all[id].failed += edge.failed;
    }
  }
  return all;
}

export function picture(whole) {
  const rules = withoutCalledRoutes(whole);
  const places = placed(rules.nodes);
  const traffic = totals(rules);
  const most = Math.max(1, ...traffic.map(each => each.requests));
  const depth = Math.max(0, ...places.map(place => place.depth));
  const instances = column(rules.edges.filter(edge => edge.node != null && edge.instance != null), places, (depth + 1) * COLUMN + 30);
  const lines = [];
  rules.nodes.forEach((node, id) => {
    if (node.parent != null) {
      lines.push(...line(places[node.parent], places[id], traffic[id], most));
    }
  });
  for (const edge of rules.edges.filter(each => instances.has(each.instance) && each.node != null)) {
    lines.push(...line(places[edge.node], instances.get(edge.instance), edge, most, true));
  }
  const boxes = rules.nodes.map((node, id) => box(places[id], node.kind, node.label ?? "", node.at, "node " + node.kind));
  const names = [...instances].map(([name, place]) => box(place, "instance", name, null, "node instance"));
  const height = Math.max(ROW, ...places.map(place => place.y + ROW), ...[...instances.values()].map(place => place.y + ROW));
  const width = (instances.size > 0 ? (depth + 1) * COLUMN + 30 : depth * COLUMN) + WIDTH + 4;
  return svg("svg", { viewBox: `-2 -2 ${width} ${height}`, width, height, role: "img",
    "aria-label": "The rules as a picture. The same follows as a list." }, ...lines, ...boxes, ...names);
}

/** A route that a step calls needs no box beside that of the step. */
function withoutCalledRoutes({ nodes, edges }) {
  const ids = new Map();
  const kept = [];
  for (const node of nodes) {
    if (node.kind === "route" && node.parent != null) {
      ids.set(node.id, ids.get(node.parent));
    } else {
      ids.set(node.id, kept.length);
      kept.push({ ...node, parent: node.parent == null ? null : ids.get(node.parent) });
    }
  }
  return { nodes: kept, edges: edges.map(edge => ({ ...edge, node: edge.node == null ? null : ids.get(edge.node) })) };
}

/** A leaf gets a row of its own, a parent stands between its children. */
function placed(nodes) {
  const children = nodes.map(() => []);
  nodes.forEach((node, id) => node.parent != null && children[node.parent].push(id));
  const places = new Array(nodes.length);
  let row = 0;
  const place = (id, depth) => {
    children[id].forEach(child => place(child, depth + 1));
    const ys = children[id].map(child => places[child].y);
    places[id] = { depth, x: depth * COLUMN, y: ys.length === 0 ? ROW * row++ : (ys[0] + ys.at(-1)) / 2 };
  };
  nodes.forEach((node, id) => node.parent == null && place(id, 0));
  return places;
}

/** Each instance stands near the steps that send to it. */
function column(edges, places, x) {
  const wanted = new Map();
  for (const edge of edges) {
    wanted.set(edge.instance, [...wanted.get(edge.instance) ?? [], places[edge.node].y]);
  }
  const mean = numbers => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  let free = 0;
  return new Map([...wanted].map(([name, ys]) => [name, mean(ys)]).sort((a, b) => a[1] - b[1]).map(([name, y]) => {
    const place = { x, y: Math.max(free, y) };
    free = place.y + ROW;
    return [name, place];
  }));
}

/** @param inTheMiddle whether the label stands there, because several lines end at one box */
function line(from, to, { requests, failed }, most, inTheMiddle = false) {
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
  const middle = (x1 + x2) / 2;
  const width = requests === 0 ? 1 : 1.5 + 6 * Math.sqrt(requests / most);
  const status = failed > 0 ? failed * 2 > requests ? "error" : "warn" : requests > 0 ? "ok" : "none";
  const at = inTheMiddle ? { x: middle, y: (y1 + y2) / 2 } : { x: x2 - 4, y: y2 };
  const label = requests === 0 ? [] : [svg("text", { class: "flow", x: at.x, y: at.y - width / 2 - 3, "text-anchor": inTheMiddle ? "middle" : "end" },
    count(requests))];
  return [svg("path", { class: "edge", "data-status": status, d: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`, "stroke-width": width }), ...label];
}

function box({ x, y }, kind, label, at, type) {
  const plain = label.replace(/\$\{(?:header|exchangeProperty)\.([^}]+)\}/g, "$1").replace(/^instance:/, "");
  const short = plain.length > 22 ? plain.slice(0, 21) + "…" : plain;
  return svg("g", { class: type, transform: `translate(${x} ${y})` },
    svg("title", {}, [kind, label, at].filter(Boolean).join(" · ")),
    svg("rect", { width: WIDTH, height: HEIGHT, rx: 7 }),
    svg("text", { class: "kind", x: 9, y: label === "" ? 24 : 15 }, kind),
    svg("text", { x: 9, y: 31 }, short));
}
