// Before anything is drawn: dark where the address or the system says so.
"use strict";
{
  const asked = new URLSearchParams(location.search).get("theme");
  const dark = asked ? asked === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.classList.toggle("dark", dark);
}
