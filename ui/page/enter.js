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
    for (const name of ["refused", "refused-fr"]) document.getElementById(name).hidden = false;
  }
})();
