// Before anything is drawn: the compact view, where the address asks for it.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const compact = new URLSearchParams(location.search).get("compact") === "1";
  document.body.classList.toggle("compact", compact);
});
