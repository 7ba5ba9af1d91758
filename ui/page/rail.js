// The conversations on the left: found, opened, renamed, deleted.
import { conversation, fetchPiece, find, pressGradio, send, tellGradio } from "./place.js";

let asked = 0;

export const refreshRail = async () => {
  const place = find("kept");
  if (!place) return;
  const mine = (asked += 1);
  const piece = await fetchPiece("conversations", { find: find("find")?.value ?? "" });
  if (mine !== asked) return; // a later one is under way
  place.innerHTML = piece;
  markCurrent();
};

export const markCurrent = () => {
  for (const link of document.querySelectorAll("#kept li > a")) {
    const here = link.parentElement.dataset.conversation === conversation();
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
};

export const toggleRail = () => {
  if (document.body.classList.toggle("browsing")) find("find")?.focus();
  else document.querySelector(".rail-opener")?.focus();
};

export const openConversation = (name) => {
  document.body.classList.remove("browsing");
  tellGradio("wanted", name);
  pressGradio("open");
};

const rename = (item, button) => {
  const field = Object.assign(document.createElement("input"), { value: button.dataset.rename });
  field.setAttribute("aria-label", button.dataset.label);
  const link = item.querySelector(":scope > a");
  item.querySelector("details").open = false;
  link.replaceWith(field);
  field.select();
  const finish = async (keep) => {
    field.onblur = null;
    if (keep && field.value.trim()) {
      await send("PUT", `conversations/${item.dataset.conversation}`, { name: field.value });
    }
    await refreshRail();
    document.querySelector(`[data-conversation="${item.dataset.conversation}"] > a`)?.focus();
  };
  field.onblur = () => finish(true);
  field.onkeydown = (event) => {
    event.stopPropagation(); // Escape leaves the name as it was, and the page as it is
    if (event.key === "Enter") finish(true);
    if (event.key === "Escape") finish(false);
  };
};

const remove = async (item, button) => {
  const { delete: question } = button.dataset;
  if (question !== button.textContent) return void (button.textContent = question);
  await send("DELETE", `conversations/${item.dataset.conversation}`);
  if (item.dataset.conversation === conversation()) find("anew")?.click();
  await refreshRail();
  find("find")?.focus();
};

document.addEventListener("click", (event) => {
  const item = event.target.closest("#kept li");
  if (!item) return;
  const button = event.target.closest("button");
  if (button?.dataset.rename !== undefined) rename(item, button);
  if (button?.dataset.delete !== undefined) remove(item, button);
  const link = event.target.closest("li > a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openConversation(item.dataset.conversation);
});

let typing;
document.addEventListener("input", (event) => {
  if (event.target.id !== "find") return;
  clearTimeout(typing);
  typing = setTimeout(refreshRail, 200);
});
