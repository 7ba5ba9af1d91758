// In a portal's frame: theme and language follow the portal, and it remembers the conversation.
import { applyTheme, find } from "./place.js";

const said = new URLSearchParams(location.search);
const portal = said.get("portal"); // who may frame this page at all is said by its headers
const framed = window.parent !== window && Boolean(portal);

export const tellPortal = (message) => {
  if (framed) window.parent.postMessage(message, portal);
};

const speak = (language) => {
  const choice = document.querySelector(`#language input[value="${CSS.escape(language)}"]`);
  if (choice && !choice.checked) choice.click();
};

addEventListener("message", (event) => {
  if (!framed || event.source !== window.parent || event.origin !== portal) return;
  const { depeche, theme, language } = event.data ?? {};
  if (depeche !== "look") return;
  applyTheme(theme);
  if (find("held")) speak(String(language)); // a page that greets would forget it; it asks when done
});

const starter = (question) => {
  const item = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button" });
  button.dataset.ask = button.textContent = question;
  item.append(button);
  return item;
};

// The portal's own greeting and questions, and one about the page it shows.
export const dressGreeting = () => {
  const place = document.querySelector(".greeting:not([data-dressed])");
  if (!place) return;
  place.dataset.dressed = "";
  if (said.get("greeting")) place.querySelector("h1").textContent = said.get("greeting");
  const questions = said.getAll("starter");
  if (said.get("context")) {
    questions.unshift(place.dataset.about.replace("{name}", said.get("context")));
  }
  if (questions.length) place.querySelector("ul")?.replaceChildren(...questions.map(starter));
};
