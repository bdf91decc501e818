// An address that ends in #id of a field puts the focus in it: a list of errors leads there.

const target = document.getElementById(window.location.hash.slice(1) || "-");
if (target?.matches("input, select, textarea")) {
  target.focus({ preventScroll: true });
  target.closest("[id^=div_id_]")?.scrollIntoView({ block: "start" });
}
