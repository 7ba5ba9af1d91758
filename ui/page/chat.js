// The page's own behaviour: marks lead to cards and back, examples ask, keys do what they say.
import { copy, judge, linkTo } from "./answers.js";
import { chosen, restoreFilters } from "./filters.js";
import {
  announce, applyTheme, conversation, fetchPiece, find, language, pressGradio, rewriteAddress,
  scrollTo, tellGradio, wide,
} from "./place.js";
import { dressGreeting, tellPortal } from "./frame.js";
import { markCurrent, refreshRail, toggleRail } from "./rail.js";
import { closeReader, openArticle } from "./reader.js";

const highlight = (element, kind) => {
  document.querySelectorAll(`${kind}.shown`).forEach((each) => each.classList.remove("shown"));
  element?.classList.add("shown");
};

// Show the evidence of one answer and put that of the others aside.
const showEvidence = (section) => {
  document.querySelectorAll(".evidence").forEach((each) => (each.hidden = each !== section));
  document.body.classList.add("reading");
};

const closeSheet = () => {
  document.body.classList.remove("reading");
  const hits = find("hits");
  if (hits && !hits.hidden && document.querySelector("#cards .evidence")) {
    showEvidence(document.querySelector("#cards .evidence"));
    document.body.classList.remove("reading");
  }
};

const followMark = (mark) => {
  const card = find(mark.hash.slice(1));
  if (!card) return;
  const again = card.matches(".shown") && mark.matches(".shown");
  showEvidence(card.closest(".evidence"));
  highlight(card, ".card");
  highlight(mark, ".mark");
  scrollTo(card, "nearest");
  card.focus({ preventScroll: true });
  const whole = card.querySelector("[data-article]");
  if (again && whole) openArticle(mark, new URLSearchParams(whole.dataset.article));
};

const followBack = (link) => {
  closeSheet();
  const mark = find(link.hash.slice(1));
  if (!mark) return;
  highlight(mark, ".mark");
  scrollTo(mark, "nearest");
  mark.focus({ preventScroll: true });
};

const input = () => document.querySelector("#box textarea");
const busy = () => document.querySelector("#present .exchange[data-busy]");

const ask = (question) => {
  tellGradio("box", question);
  pressGradio("send");
};

const search = async () => {
  const question = input().value.trim();
  if (!question) return input().focus();
  const asked = chosen();
  asked.set("q", question);
  announce(find("status").dataset.searching);
  const hits = find("hits");
  hits.innerHTML = await fetchPiece("search", asked);
  showEvidence(hits);
  hits.querySelector(".open")?.focus();
  announce(hits.querySelector("h2, .nothing")?.textContent ?? "");
};

const named = { close: closeSheet, rail: toggleRail, reader: closeReader, search };

const press = (button) => {
  const { ask: question, copy: text, press: name, evidence, link, verdict } = button.dataset;
  if (question !== undefined) ask(question);
  else if (text !== undefined) copy(button, text);
  else if (link !== undefined) copy(button, linkTo(link));
  else if (verdict !== undefined) judge(button);
  else if (evidence !== undefined) showEvidence(find(evidence));
  else if (name in named) named[name]();
  else if (name !== undefined) find(name)?.click();
};

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const link = event.target.closest("a.mark, a.back");
  if (link) {
    event.preventDefault();
    return link.matches(".mark") ? followMark(link) : followBack(link);
  }
  const button = event.target.closest("button");
  if (button) press(button);
});

// What opens over the page closes as soon as its reader turns to something else.
const OPEN_MENUS = ":is(#kept, .judging) details[open], #filters[open]";
const closeMenus = (target) => {
  for (const menu of document.querySelectorAll(OPEN_MENUS)) menu.open = menu.contains(target);
};

const leaveMenu = (menu) => {
  menu.open = false;
  menu.querySelector("summary").focus();
};

const leave = () => {
  const body = document.body.classList;
  const menu = document.querySelector(OPEN_MENUS);
  if (find("reader")?.open) return;
  if (menu) leaveMenu(menu);
  else if (body.contains("browsing")) toggleRail();
  else if (body.contains("reading") && !wide.matches) closeSheet();
  else if (busy()) find("stop").click();
  else tellPortal({ depeche: "close" });
};

// The arrow brings the last question back where nothing is typed yet.
const recall = (event) => {
  const questions = document.querySelectorAll(".question[data-question]");
  if (event.target !== input() || input().value || !questions.length) return;
  event.preventDefault();
  tellGradio("box", questions[questions.length - 1].dataset.question);
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") leave();
  if (event.key === "ArrowUp") recall(event);
  if (event.key === "Enter" && event.target.matches?.(".card")) {
    event.preventDefault(); // the reader opens with Close in focus: this key would press it
    event.target.querySelector("[data-article]")?.click();
  }
});

document.addEventListener("change", (event) => {
  if (event.target.closest("#language")) rewriteAddress({ lang: event.target.value });
});

// What screen readers need and Gradio does not offer. The log itself stays silent while an answer
// grows; `announce` says it once, when it is whole.
const describe = () => {
  const [log, evidence] = [find("conversation"), find("evidence")];
  log?.setAttribute("role", "log");
  log?.setAttribute("aria-live", "off");
  log?.setAttribute("tabindex", "0");
  evidence?.setAttribute("role", "complementary");
  evidence?.setAttribute("aria-label", "Sources"); // the same word in both languages
};

let shownTurn = "";
let shownConversation = "";
let wasBusy = false;

const tellAnswer = () => {
  const answer = document.querySelector("#present .exchange .answer");
  const spoken = answer?.cloneNode(true);
  spoken?.querySelectorAll(".actions, .mark").forEach((each) => each.remove());
  announce(spoken?.textContent.replace(/\s+/g, " ").trim() ?? "");
};

const followConversation = () => {
  if (conversation() === shownConversation) return;
  shownConversation = conversation();
  rewriteAddress({ c: shownConversation, q: "" });
  tellPortal({ depeche: "conversation", conversation: shownConversation });
  refreshRail();
};

// A new question leaves the input for the top of its column; when its answer is whole, the input is
// at hand.
const follow = () => {
  const isBusy = Boolean(busy());
  const question = document.querySelector("#present .question");
  find("conversation")?.setAttribute("aria-busy", String(isBusy));
  document.body.classList.toggle("has-answer", Boolean(question));
  document.documentElement.lang = language();
  followConversation();
  restoreFilters();
  dressGreeting();
  if (find("kept") && !find("kept").hasChildNodes()) refreshRail();
  if (question?.id !== shownTurn) {
    shownTurn = question?.id;
    if (question?.dataset.question.trim() === input()?.value.trim()) tellGradio("box", "");
    closeSheet();
    closeMenus(null);
    if (question && !location.hash.startsWith("#question")) scrollTo(question, "start");
    find("evidence")?.scrollTo(0, 0);
  }
  if (!wasBusy && isBusy) announce(find("status")?.dataset.searching ?? "");
  if (wasBusy && !isBusy) {
    tellAnswer();
    markCurrent();
    if (wide.matches && !document.activeElement?.closest("#evidence, dialog")) input()?.focus();
  }
  wasBusy = isBusy;
};

// The address may hold a question, or name the turn of a conversation.
const begin = () => {
  tellGradio("within", chosen().toString());
  tellPortal({ depeche: "ready" });
  const said = new URLSearchParams(location.search);
  document.body.classList.toggle("compact", said.get("compact") === "1");
  const named = location.hash.startsWith("#question") && find(location.hash.slice(1));
  if (named) scrollTo(named, "start");
  else if (said.get("q") && !conversation()) setTimeout(() => ask(said.get("q")), 200);
};

const waiting = new MutationObserver(() => {
  applyTheme(new URLSearchParams(location.search).get("theme")); // before anything is seen in another
  if (!find("conversation") || !find("held") || !input()) return;
  waiting.disconnect();
  describe();
  new MutationObserver(follow).observe(find("top").parentElement, {
    childList: true,
    subtree: true,
  });
  follow();
  begin();
});
waiting.observe(document.documentElement, { childList: true, subtree: true });
