// The page's own behaviour: marks lead to cards and back, examples ask, answers are copied.
"use strict";

(() => {
  const find = (name) => document.getElementById(name);
  const wide = matchMedia("(min-width: 60rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const scrollTo = (element, block) =>
    element.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });

  const highlight = (element, kind) => {
    document.querySelectorAll(`${kind}.shown`).forEach((each) => each.classList.remove("shown"));
    element?.classList.add("shown");
  };

  // Show the evidence of one answer and put that of the others aside.
  const showEvidence = (section) => {
    document.querySelectorAll(".evidence").forEach((each) => (each.hidden = each !== section));
    document.body.classList.add("reading");
  };

  const closeSheet = () => document.body.classList.remove("reading");

  const followMark = (mark) => {
    const card = find(mark.hash.slice(1));
    if (!card) return;
    showEvidence(card.closest(".evidence"));
    highlight(card, ".card");
    highlight(mark, ".mark");
    scrollTo(card, "nearest");
    card.focus({ preventScroll: true });
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

  const ask = (question) => {
    const box = input();
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => find("send")?.click(), 50); // Gradio takes the value over after this turn
  };

  // The clipboard is closed to pages that came over plain http from another machine.
  const copyOldWay = (text) => {
    const sheet = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(sheet);
    sheet.select();
    document.execCommand("copy");
    sheet.remove();
  };

  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      copyOldWay(button.dataset.copy);
    }
    const said = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = said), 1500);
  };

  const press = (button) => {
    const { ask: question, copy: text, press: name, evidence } = button.dataset;
    if (question !== undefined) ask(question);
    else if (text !== undefined) copy(button);
    else if (evidence !== undefined) showEvidence(find(evidence));
    else if (name === "close") closeSheet();
    else if (name !== undefined) find(name)?.click();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.mark, a.back");
    if (link) {
      event.preventDefault();
      return link.matches(".mark") ? followMark(link) : followBack(link);
    }
    const button = event.target.closest("button");
    if (button) press(button);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (document.body.classList.contains("reading") && !wide.matches) closeSheet();
    else find("stop")?.click();
  });

  document.addEventListener("change", (event) => {
    if (!event.target.closest("#language")) return;
    const address = new URL(location.href);
    address.searchParams.set("lang", event.target.value);
    history.replaceState(null, "", address);
  });

  // What screen readers need and Gradio does not offer.
  const describe = () => {
    const [conversation, evidence] = [find("conversation"), find("evidence")];
    conversation?.setAttribute("role", "log");
    conversation?.setAttribute("aria-live", "polite");
    evidence?.setAttribute("role", "complementary");
  };

  let shownTurn = "";
  let wasBusy = false;

  // A new question comes to the top of its column; when its answer is whole, the input is at hand.
  const follow = () => {
    const busy = document.querySelector("#present .exchange[data-busy]");
    const question = document.querySelector("#present .question");
    find("conversation")?.setAttribute("aria-busy", String(Boolean(busy)));
    document.body.classList.toggle("has-answer", Boolean(question));
    document.documentElement.lang = document.querySelector(".masthead")?.lang || "en";
    if (question?.id !== shownTurn) {
      shownTurn = question?.id;
      closeSheet();
      if (question) scrollTo(question, "start");
      find("evidence")?.scrollTo(0, 0);
    }
    if (wasBusy && !busy && wide.matches && !document.activeElement?.closest("#evidence")) {
      input()?.focus();
    }
    wasBusy = Boolean(busy);
  };

  const begin = new MutationObserver(() => {
    if (!find("conversation")) return;
    begin.disconnect();
    describe();
    new MutationObserver(follow).observe(find("top").parentElement, {
      childList: true,
      subtree: true,
    });
    follow();
  });
  begin.observe(document.documentElement, { childList: true, subtree: true });
})();
