// Calls of the gateway's own endpoints, with the token of this tab.

const KEY = "gateway-token";
let askForToken = async () => null;

/** @param ask shows a message and returns a token */
export function onTokenWanted(ask) {
  askForToken = ask;
}

export function hasToken() {
  return sessionStorage.getItem(KEY) !== null;
}

export function forgetToken() {
  sessionStorage.removeItem(KEY);
}

/** An error object of the gateway. */
export class Refused extends Error {
  constructor(status, error) {
    super(error?.message ?? "The gateway responded with status " + status + ".");
    this.status = status;
    this.code = error?.code;
    this.problems = error?.problems;
    this.warnings = error?.warnings;
  }
}

/** Asks for the token before the first call, if this gateway wants one from this browser and the tab has none. */
export async function signIn() {
  const response = await fetch("dashboard/access", { cache: "no-store" });
  const { token } = await response.json();
  if (token === "required" && !hasToken()) {
    sessionStorage.setItem(KEY, await askForToken(""));
  }
}

export function get(path, parameters = {}) {
  return call("GET", path + query(parameters));
}

export function send(method, path, body, type = "application/json") {
  return call(method, path, { body, headers: { "Content-Type": type } });
}

function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length === 0 ? "" : "?" + new URLSearchParams(given);
}

async function call(method, path, options = {}) {
  for (;;) {
    const token = sessionStorage.getItem(KEY);
    const headers = { Accept: "application/json", ...options.headers, ...(token === null ? {} : { "X-Admin-Token": token }) };
    const response = await fetch(path, { method, body: options.body, headers, cache: "no-store", redirect: "error" });
    const document = await response.json().catch(() => null);
    if (response.ok) {
      return document;
    }
    const refused = new Refused(response.status, document?.error);
    if (response.status !== 401) {
      throw refused;
    }
    if (token === sessionStorage.getItem(KEY)) {
      sessionStorage.removeItem(KEY);
      sessionStorage.setItem(KEY, await askForToken(token === null ? "" : "This token is wrong."));
    }
  }
}
