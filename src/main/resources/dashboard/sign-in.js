// The dialog that asks for the token. Calls that need it wait for the same answer.

import { text } from "./dom.js";

let waiting = null;

export function askForToken(message) {
  waiting ??= ask(message).finally(() => { waiting = null; });
  return waiting;
}

function ask(message) {
  const dialog = document.getElementById("sign-in");
  const field = document.getElementById("token");
  text(document.getElementById("sign-in-problem"), message);
  return new Promise(resolve => {
    // There is nothing to see without a token, so Escape opens the dialog again where the browser ignores closedby.
    const stay = () => dialog.showModal();
    const submit = event => {
      event.preventDefault();
      const token = field.value.trim();
      if (token !== "") {
        field.value = "";
        dialog.removeEventListener("close", stay);
        event.target.removeEventListener("submit", submit);
        dialog.close();
        resolve(token);
      }
    };
    document.getElementById("sign-in-form").addEventListener("submit", submit);
    dialog.addEventListener("close", stay);
    dialog.showModal();
    field.focus();
  });
}
