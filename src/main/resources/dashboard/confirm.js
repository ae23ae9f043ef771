// Asks before something is changed, and shows why a change was refused.

import { text } from "./dom.js";

let finish = () => null;

/**
 * Runs the action after the operator has agreed. Resolves to whether it was done.
 *
 * @param question title, nodes of the text, label of the button
 * @param action   does it; its error is shown, and the operator may try again
 */
export function confirm({ title, content, label }, action) {
  // The browser reports the end of a dialog a moment later, when the next one may be open.
  finish();
  const dialog = document.getElementById("confirm");
  const form = document.getElementById("confirm-form");
  const problem = document.getElementById("confirm-problem");
  const ok = document.getElementById("confirm-ok");
  text(document.getElementById("confirm-title"), title);
  document.getElementById("confirm-text").replaceChildren(...content);
  text(ok, label);
  text(problem, "");
  return new Promise(resolve => {
    let done = false;
    const submit = async event => {
      event.preventDefault();
      ok.disabled = true;
      try {
        await action();
        done = true;
        dialog.close();
      } catch (error) {
        text(problem, error.message);
      } finally {
        ok.disabled = false;
        if (!done) {
          ok.focus();
        }
      }
    };
    const cancel = () => dialog.close();
    const closed = () => dialog.open || finish();
    finish = () => {
      finish = () => null;
      dialog.removeEventListener("close", closed);
      form.removeEventListener("submit", submit);
      document.getElementById("confirm-cancel").removeEventListener("click", cancel);
      resolve(done);
    };
    dialog.addEventListener("close", closed);
    form.addEventListener("submit", submit);
    document.getElementById("confirm-cancel").addEventListener("click", cancel);
    dialog.showModal();
    // Where nothing has to be typed, a key that is held down for too long cancels rather than confirms.
    (dialog.querySelector("#confirm-text input:required") ?? document.getElementById("confirm-cancel")).focus();
  });
}
