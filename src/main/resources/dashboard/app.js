// Shows one view at a time and refreshes it while the page is visible.

import { forgetToken, get, hasToken, onTokenWanted, signIn } from "./api.js";
import { check } from "./check.js";
import { attribute, each, el, text } from "./dom.js";
import { events } from "./events.js";
import { limits } from "./limits.js";
import { requests } from "./requests.js";
import { rules } from "./rules.js";
import { askForToken } from "./sign-in.js";
import { startTheme } from "./theme.js";
import { traffic } from "./traffic.js";
import { why } from "./why.js";

const VIEWS = [traffic, limits, rules, requests, why, events, check];
const STATES = { healthy: "healthy", rate_limited: "limited", error: "out", disabled: "off" };
const state = document.getElementById("state");
const problem = document.getElementById("problem");
const signOut = document.getElementById("sign-out");
let shown = null;
let timer = 0;
let running = 0;
let access = null;

/** What views may use of the page. */
const shell = { refresh, showOverview, mayChange: () => access === "admin" };

/** @param status ok, warn or error */
function showState(label, status) {
  text(state, label);
  attribute(state, "data-status", status);
}

function showOverview(overview) {
  access = overview.access;
  const { total, by_status: states } = overview.instances;
  const healthy = states.healthy ?? 0;
  const others = Object.entries(states).filter(([name]) => name !== "healthy").map(([name, number]) => number + " " + (STATES[name] ?? name));
  const away = overview.redis === "away";
  showState(away ? "Redis is away" : [healthy + " of " + total + " healthy", ...others].join(", "),
    away ? "error" : healthy + (states.disabled ?? 0) === total ? "ok" : healthy > 0 ? "warn" : "error");
  text(signOut, access === "monitor" ? "Sign out (looking only)" : "Sign out");
}

/** Refreshes the view at once, such as after a change. */
async function refresh() {
  clearTimeout(timer);
  const run = ++running;
  const view = shown;
  try {
    if (!document.hidden) {
      if (!view.showsOverview) {
        showOverview(await get("admin/overview", { limit: 0, since: Math.floor(Date.now() / 1000) }));
      }
      await view.refresh();
      problem.hidden = true;
    }
  } catch (error) {
    if (run === running) {
      text(problem, error instanceof TypeError ? "The gateway does not respond. Trying again." : error.message);
      problem.hidden = false;
      if (error instanceof TypeError) {
        showState("no connection", "error");
      }
    }
  }
  signOut.hidden = !hasToken();
  if (run === running) {
    timer = setTimeout(refresh, view.period ?? 1000);
  }
}

/** What operators should change although the gateway works. */
async function showWarnings() {
  const { warnings } = document.hidden ? { warnings: null } : await get("admin/warnings").catch(() => ({ warnings: null }));
  if (warnings !== null) {
    each(document.getElementById("warnings"), warnings, warning => warning.message, warning => el("li", {}, warning.message), () => null);
  }
  setTimeout(showWarnings, 5_000);
}

function show() {
  const name = location.hash.slice(1);
  if (name === "main") {
    return;
  }
  const view = VIEWS.find(each => each.name === name) ?? VIEWS[0];
  for (const link of document.querySelectorAll("#views a")) {
    attribute(link, "aria-current", link.hash === "#" + view.name ? "page" : null);
  }
  if (view !== shown) {
    shown = view;
    document.title = view.title + " – Gateway";
    document.getElementById("view").replaceChildren(view.create(shell));
    refresh();
  }
}

startTheme(document.getElementById("theme"));
onTokenWanted(message => {
  showState("signed out", "warn");
  return askForToken(message);
});
signOut.addEventListener("click", () => {
  forgetToken();
  location.reload();
});
document.getElementById("views").append(...VIEWS.map(view => el("a", { href: "#" + view.name }, view.title)));
document.addEventListener("visibilitychange", () => document.hidden || refresh());
addEventListener("hashchange", show);
signIn().catch(() => null).then(() => {
  show();
  showWarnings();
});
