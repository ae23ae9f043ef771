// Checks a pasted file without applying it, and reloads the files on disk.

import { send } from "./api.js";
import { confirm } from "./confirm.js";
import { el, text } from "./dom.js";

export const check = {
  name: "check",
  title: "Check and reload",
  period: 60_000,
  create(shell) {
    const file = el("textarea", { id: "check-text", rows: 16, spellcheck: "false", placeholder: "- route:\n    id: routing\n    …", required: true });
    const result = el("div", { id: "check-result", "aria-live": "polite" });
    const reload = el("button", { type: "button", id: "reload" }, "Reload the files on disk");
    const form = el("form", { class: "panel form wide" },
      el("label", { for: "check-text" }, "A file of rules, such as routing.camel.yaml, or of settings, such as instances.yaml"), file,
      el("div", { class: "buttons" }, el("button", { class: "primary", id: "check-button" }, "Check"), reload));
    form.addEventListener("submit", async event => {
      event.preventDefault();
      result.replaceChildren();
      try {
        const done = await send("POST", "config/validate", file.value, "text/yaml");
        result.replaceChildren(el("p", { class: "good" }, "The file is valid. Nothing was applied."), ...found(done.warnings, "warning"));
      } catch (error) {
        const problems = found(error.problems, "problem");
        result.replaceChildren(...problems.length === 0 ? [el("p", { class: "refused", role: "alert" }, error.message)] : problems,
          ...found(error.warnings, "warning"));
      }
    });
    reload.addEventListener("click", () => confirm({
      title: "Reload?",
      content: [el("p", {}, "Settings and rules are read again and replace the active ones, all or nothing. Requests in flight finish as they began.")],
      label: "Reload",
    }, async () => {
      const done = await send("POST", "config/reload", "");
      const paths = done.changes.map(change => change.path);
      result.replaceChildren(el("p", { class: "good" }, paths.length === 0 ? "Reloaded; nothing has changed." : "Reloaded; changed: " + paths.join(", ")));
    }));
    const denied = el("p", { hidden: true }, "Checking and reloading need the admin token.");
    this.form = form;
    this.denied = denied;
    this.shell = shell;
    return el("section", { "aria-labelledby": "check-title" }, el("div", { class: "bar" }, el("h2", { id: "check-title" }, "Check and reload")), denied, form, result);
  },
  async refresh() {
    this.form.hidden = !this.shell.mayChange();
    this.denied.hidden = this.shell.mayChange();
  },
};

function found(problems, kind) {
  const list = (problems ?? []).map(problem => {
    const item = el("li", {}, el("strong", {}), " ", el("span", {}));
    text(item.firstElementChild, problem.source);
    text(item.lastElementChild, [problem.path, problem.value == null ? "" : JSON.stringify(problem.value), problem.rule].filter(Boolean).join(" ")
      + (problem.nearest ? "; did you mean \"" + problem.nearest + "\"?" : ""));
    return item;
  });
  return list.length === 0 ? [] : [
    el("p", kind === "problem" ? { class: "refused", role: "alert" } : {}, list.length === 1 ? "One " + kind + ":" : list.length + " " + kind + "s:"),
    el("ul", { class: "panel problems" }, ...list)];
}
