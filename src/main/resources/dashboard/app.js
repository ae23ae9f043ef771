// Shows one view at a time and refreshes it while the page is visible.

import { forgetToken, hasToken, onTokenWanted } from "./api.js";
import { attribute, el, text } from "./dom.js";
import { askForToken } from "./sign-in.js";
import { startTheme } from "./theme.js";
import { traffic } from "./traffic.js";

const VIEWS = [traffic];
const state = document.getElementById("state");
const problem = document.getElementById("problem");
const signOut = document.getElementById("sign-out");
let shown = null;
let timer = 0;
let running = 0;

/** @param status ok, warn or error */
function showState(label, status) {
  text(state, label);
  attribute(state, "data-status", status);
}

/** Refreshes the view at once, such as after a change. */
async function refresh() {
  clearTimeout(timer);
  const run = ++running;
  const view = shown;
  try {
    if (!document.hidden) {
      await view.refresh();
      problem.hidden = true;
    }
  } catch (error) {
    if (run === running) {
      text(problem, error instanceof TypeError ? "The gateway does not respond. Trying again." : error.message);
      problem.hidden = false;
      showState(error instanceof TypeError ? "no connection" : "error", "error");
    }
  }
  signOut.hidden = !hasToken();
  if (run === running) {
    timer = setTimeout(refresh, view.period ?? 1000);
  }
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
    document.getElementById("view").replaceChildren(view.create({ refresh, showState }));
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
show();
