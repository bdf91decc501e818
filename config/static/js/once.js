// A form is sent once: its buttons rest after the first press. The server is safe either way.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    button.setAttribute("aria-disabled", "true");
  }
});

function rearm(forms) {
  for (const form of forms) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
}

// The back button and answered fragments give the forms back.
window.addEventListener("pageshow", () => rearm(document.forms));
document.addEventListener("htmx:afterRequest", () => rearm(document.forms));
