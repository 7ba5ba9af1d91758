// From a token in the fragment to the page of its reader: no cookie, nothing kept.
"use strict";

(async () => {
  const said = new URLSearchParams(location.hash.slice(1));
  const token = said.get("token");
  said.delete("token");
  history.replaceState(null, "", location.pathname);
  const answer = await fetch("../visits", {
    method: "POST",
    headers: { Authorization: `Bearer ${token}` },
  }).catch(() => null);
  if (answer?.ok) {
    const { path } = await answer.json();
    location.replace(`../${path}?${said}`);
  } else {
    const language = said.get("lang") === "fr" ? "fr" : "en";
    document.documentElement.lang = language;
    document.body.classList.toggle("dark", said.get("theme") === "dark");
    document.querySelector(`p[lang="${language}"]`).hidden = false;
  }
})();
