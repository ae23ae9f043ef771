// Numbers and times for people.

const COUNT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const WHOLE = new Intl.NumberFormat("en");

export function count(value) {
  return value == null ? "–" : value < 10_000 ? WHOLE.format(Math.round(value)) : COUNT.format(value);
}

export function rate(value) {
  return value == null ? "–" : value === 0 ? "0" : value < 10 ? value.toFixed(2) : value < 1000 ? value.toFixed(1) : COUNT.format(value);
}

export function millis(value) {
  return value == null ? "–" : value < 1000 ? Math.round(value) + " ms" : (value / 1000).toFixed(value < 10_000 ? 2 : 1) + " s";
}

export function percent(share) {
  return share == null ? "–" : (share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0) + " %";
}

export function seconds(value) {
  return value == null ? "" : value < 1 ? "under 1 s" : value < 120 ? Math.ceil(value) + " s" : Math.ceil(value / 60) + " min";
}

export function clock(epochSeconds) {
  return new Date(epochSeconds * 1000).toLocaleTimeString("en-GB");
}
