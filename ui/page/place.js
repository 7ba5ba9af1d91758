// What the page's scripts share: where things stand, and how the server is asked.

export const find = (name) => document.getElementById(name);

export const language = () => document.querySelector(".masthead")?.lang || "en";

export const wide = matchMedia("(min-width: 60rem)");

const calm = matchMedia("(prefers-reduced-motion: reduce)");

// Gradio follows the system unless the address or the portal says otherwise.
export const applyTheme = (theme) => {
  if (["dark", "light"].includes(theme)) document.body.classList.toggle("dark", theme === "dark");
};

export const scrollTo = (element, block) =>
  element.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });

export const roomAddress = (path, asked = {}) => {
  const address = new URL(`room/${path}`, document.baseURI);
  address.search = new URLSearchParams(asked);
  address.searchParams.set("lang", language());
  return address;
};

// A piece of HTML that the server made of escaped text.
export const fetchPiece = async (path, asked) => {
  const answer = await fetch(roomAddress(path, asked));
  return answer.ok ? answer.text() : "";
};

export const send = (method, path, said) =>
  fetch(roomAddress(path), {
    method,
    headers: { "Content-Type": "application/json" },
    body: said && JSON.stringify(said),
  }).catch(() => ({ ok: false }));

// Gradio takes a value over after the turn in which it hears of it.
export const tellGradio = (name, value) => {
  const field = document.querySelector(`#${name} :is(textarea, input)`);
  if (!field) return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

export const pressGradio = (name) => setTimeout(() => find(name)?.click(), 50);

export const conversation = () => find("held")?.dataset.conversation || "";

// Change the address without leaving the page; an empty value takes a name out.
export const rewriteAddress = (values) => {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(values)) {
    address.searchParams.delete(name);
    for (const each of [value].flat()) if (each) address.searchParams.append(name, each);
  }
  history.replaceState(null, "", address);
};

// Said once to a screen reader.
export const announce = (text) => {
  const status = find("status");
  if (status && status.textContent !== text) status.textContent = text;
};
