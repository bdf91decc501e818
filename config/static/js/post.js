// One answer on its way to the server: the same request from the form and from unsent.js.

const KEPT_ALIVE = 60000;

function token() {
  // After signing in elsewhere the token of this page is old; the cookie has the new one.
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/)?.[1];
  return cookie || document.querySelector("[name=csrfmiddlewaretoken]").value;
}

export function postAnswer(address, answer) {
  const body = new URLSearchParams(answer);
  return fetch(address, {
    method: "POST",
    redirect: "manual",
    headers: { "X-CSRFToken": token(), Accept: "application/json" },
    body,
    // Outlives a page that is left; the browser allows it for short texts only.
    keepalive: body.toString().length < KEPT_ALIVE,
  });
}
