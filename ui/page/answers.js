// What can be done with an answer: copied, linked to, judged.
import { conversation, find, send } from "./place.js";

// The clipboard is closed to pages that came over plain http from another machine.
const copyOldWay = (text) => {
  const sheet = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(sheet);
  sheet.select();
  document.execCommand("copy");
  sheet.remove();
};

export const copy = async (button, text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyOldWay(text);
  }
  const said = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = said), 1500);
};

// Its reader finds the answer as it was; whoever else opens the link asks the question anew.
export const linkTo = (turn) => {
  const address = new URL(location.href);
  const question = find(`question-${turn}`)?.dataset.question ?? "";
  address.searchParams.set("c", conversation());
  address.searchParams.set("q", question);
  address.hash = `question-${turn}`;
  return address.href;
};

export const judge = async (button) => {
  const place = button.closest(".judging");
  const { verdict, turn } = button.dataset;
  const said = { conversation: conversation(), turn: Number(turn), verdict };
  const answer = await send("POST", "feedback", said);
  if (!answer.ok) return;
  place.textContent = place.dataset.thanks;
  place.setAttribute("role", "status");
  place.tabIndex = -1;
  place.focus(); // the button that had it is gone
};
