// A [data-menu] closes on Escape and on a press elsewhere.

function closeAll(except) {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeAll(event.target.closest("[data-menu]")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("[data-menu][open]");
  closeAll(null);
  open?.querySelector("summary").focus();
});

// On a phone the tab one is on may be further along the row than the screen is wide.
for (const here of document.querySelectorAll(".tabs [aria-current]")) {
  const row = here.closest(".tabs");
  const after = here.offsetLeft + here.offsetWidth - row.offsetLeft - row.clientWidth;
  if (after > 0) row.scrollLeft = after + 48;
}
