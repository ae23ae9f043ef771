// What an operator may do with an instance. Each action asks first.

import { send } from "./api.js";
import { confirm } from "./confirm.js";
import { attribute, el, text } from "./dom.js";

export function instanceActions(shell) {
  let card = null;
  const toggle = el("button", { type: "button", "data-action": "toggle" });
  const reset = el("button", { type: "button", "data-action": "reset" }, "Reset");
  const weight = el("button", { type: "button", "data-action": "weight" }, "Weight");
  const node = el("div", { class: "actions" }, toggle, reset, weight);

  toggle.addEventListener("click", () => change(shell, card, { enabled: !card.enabled },
    card.enabled ? `Switch ${card.name} off?` : `Switch ${card.name} on?`,
    card.enabled ? "It gets no new requests. Those in flight finish." : "It gets requests again.", card.enabled ? "Switch off" : "Switch on"));
  reset.addEventListener("click", () => run(shell, {
    title: `Reset ${card.name}?`,
    content: [el("p", {}, "Clears benches, breakers and errors of the instance and of its models.")],
    label: "Reset",
  }, () => send("POST", instancePath(card, "reset"))));
  weight.addEventListener("click", () => {
    const field = el("input", { type: "number", min: 0, max: 1000000, value: card.weight, required: true, id: "weight-field" });
    ask(shell, card, `Weight of ${card.name}`, [el("label", { for: "weight-field" }, "Its share among the instances of a weighted policy"), field],
      "Set the weight", () => ({ weight: Number(field.value) }));
  });

  return {
    node,
    show(newCard, mayChange) {
      card = newCard;
      node.hidden = !mayChange;
      text(toggle, card.enabled ? "Switch off" : "Switch on");
      for (const button of [toggle, reset, weight]) {
        attribute(button, "aria-label", button.textContent + ", " + card.name);
      }
    },
  };
}

function change(shell, card, values, title, explanation, label) {
  return ask(shell, card, title, [el("p", {}, explanation)], label, () => values);
}

function ask(shell, card, title, content, label, values) {
  const persist = el("input", { type: "checkbox", id: "persist" });
  const keep = el("p", {}, persist, el("label", { for: "persist" }, " Keep it over a restart (written to the overlay file)"));
  return run(shell, { title, content: [...content, keep], label },
    () => send("PUT", instancePath(card, "config") + (persist.checked ? "?persist=true" : ""), JSON.stringify(values())));
}

function instancePath(card, action) {
  return "admin/instances/" + encodeURIComponent(card.name) + "/" + action;
}

async function run(shell, question, action) {
  await confirm(question, action);
  shell.refresh();
}
