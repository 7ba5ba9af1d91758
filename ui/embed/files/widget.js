// Dépêche in a portal: <script src="https://depeche.example/embed/widget.js" data-…></script>
// Attributes: see docs/embedding.md. Nothing here is secret, and no cookie is set.
"use strict";

(() => {
  const script = document.currentScript;
  const said = script.dataset;
  const server = new URL("..", script.src);
  const memory = `depeche:${server.href}`;

  const WORDS = {
    en: { open: "Ask the archive", close: "Close", tab: "Open in a new tab" },
    fr: { open: "Interroger l’archive", close: "Fermer", tab: "Ouvrir dans un nouvel onglet" },
  };

  const language = () => {
    const wanted = said.language || document.documentElement.lang || navigator.language;
    return wanted.toLowerCase().startsWith("fr") ? "fr" : "en";
  };

  const system = matchMedia("(prefers-color-scheme: dark)");

  const theme = () => {
    const page = document.documentElement;
    const named = said.theme || page.dataset.theme;
    if (named) return named === "dark" ? "dark" : "light";
    return page.classList.contains("dark") || system.matches ? "dark" : "light";
  };

  // Storage may be closed to the page; then a reload begins anew.
  const recall = () => {
    try {
      return localStorage.getItem(memory) || "";
    } catch {
      return "";
    }
  };

  const remember = (conversation) => {
    try {
      localStorage.setItem(memory, conversation);
    } catch {
      // see above
    }
  };

  const askPortal = async () => {
    const answer = await fetch(said.tokenAddress, { cache: "no-store" }).catch(() => null);
    return answer?.ok ? (await answer.text()).trim() : ""; // the frame then says that it knows nobody
  };

  const address = async () => {
    const asked = new URLSearchParams({
      compact: "1", lang: language(), theme: theme(), portal: location.origin,
    });
    if (said.greeting) asked.set("greeting", said.greeting);
    if (said.context) asked.set("context", said.context);
    if (recall()) asked.set("c", recall());
    for (const starter of (said.starters || "").split("|")) {
      if (starter.trim()) asked.append("starter", starter.trim());
    }
    if (!said.tokenAddress) return new URL(`?${asked}`, server);
    asked.set("token", await askPortal());
    return new URL(`page/enter.html#${asked}`, server); // a fragment reaches no log
  };

  const STYLE = `
    :host { all: initial; }
    button, a { font: 600 14px/1.3 system-ui, sans-serif; cursor: pointer; }
    .launcher {
      position: fixed; bottom: 20px; z-index: 2147483000; padding: 14px 20px;
      border: 0; border-radius: 3px; background: var(--color); color: #fff;
      box-shadow: 0 6px 24px rgb(0 0 0 / 0.3);
    }
    .panel {
      position: fixed; bottom: 20px; z-index: 2147483001; display: grid;
      grid-template-rows: auto minmax(0, 1fr); width: 420px; height: min(680px, calc(100vh - 40px));
      border: 1px solid #675f52; background: #faf6ec; box-shadow: 0 12px 48px rgb(0 0 0 / 0.35);
    }
    .panel.dark { background: #171512; }
    .right { right: 20px; } .left { left: 20px; }
    .panel.inline { position: static; width: 100%; height: 100%; min-height: 480px; box-shadow: none; }
    .bar { display: flex; justify-content: space-between; gap: 16px; padding: 8px 12px; background: var(--color); }
    .bar :is(a, button) { padding: 2px 0; border: 0; background: none; color: #fff; text-decoration: none; }
    .inline .close { display: none; }
    :is(.launcher, .bar a, .bar button):focus-visible { outline: 2px solid #fff; outline-offset: -4px; }
    iframe { width: 100%; height: 100%; border: 0; }
    [hidden] { display: none !important; }
    @media (max-width: 767px) {
      .panel:not(.inline) { inset: 0; width: auto; height: auto; border: 0; }
    }`;

  const make = (name, properties) => Object.assign(document.createElement(name), properties);

  const inline = said.mode === "inline";
  const side = said.position === "left" ? "left" : "right";
  const host = make("div", { className: "depeche" });
  const root = host.attachShadow({ mode: "open" });
  const launcher = make("button", { type: "button", className: `launcher ${side}`, hidden: inline });
  const panel = make("div", { className: inline ? "panel inline" : `panel ${side}`, hidden: true });
  const tab = make("a", { target: "_blank", rel: "noopener" });
  const close = make("button", { type: "button", className: "close" });
  const frame = make("iframe", { allow: "clipboard-write" });

  const name = () => {
    const words = WORDS[language()];
    launcher.textContent = said.label || words.open;
    close.textContent = words.close;
    tab.textContent = words.tab;
    frame.title = words.open;
    panel.setAttribute("aria-label", words.open);
    panel.classList.toggle("dark", theme() === "dark");
  };

  const show = async () => {
    panel.hidden = false;
    launcher.setAttribute("aria-expanded", "true");
    if (!frame.src) {
      frame.src = await address();
      tab.href = server;
    }
    if (!inline) frame.focus();
  };

  const hide = () => {
    panel.hidden = !inline;
    launcher.setAttribute("aria-expanded", "false");
    launcher.focus();
  };

  const tellFrame = () => {
    name();
    const look = { depeche: "look", theme: theme(), language: language() };
    if (frame.src) frame.contentWindow.postMessage(look, server.origin);
  };

  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== server.origin) return;
    const { depeche, conversation } = event.data ?? {};
    if (depeche === "conversation") remember(String(conversation));
    if (depeche === "close" && !inline) hide();
    if (depeche === "ready") tellFrame();
  });

  launcher.setAttribute("aria-expanded", "false");
  panel.setAttribute("role", inline ? "region" : "dialog");
  host.style.setProperty("--color", said.color || "#8f1d14");
  launcher.onclick = show;
  close.onclick = hide;
  panel.addEventListener("keydown", (event) => event.key === "Escape" && !inline && hide());
  const bar = make("div", { className: "bar" });
  bar.append(tab, close);
  panel.append(bar, frame);
  root.append(make("style", { textContent: STYLE }), launcher, panel);
  name();

  new MutationObserver(tellFrame).observe(document.documentElement, {
    attributeFilter: ["lang", "class", "data-theme"],
  });
  system.addEventListener("change", tellFrame);

  const begin = () => {
    const place = inline && document.querySelector(said.target || "#depeche");
    (place || document.body).append(host);
    if (inline || said.open === "true") show();
  };
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
})();
