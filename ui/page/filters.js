// The filters: a form under the input, chips of what is chosen, and the chart of days.
import { fetchPiece, find, language, rewriteAddress, tellGradio } from "./place.js";

const NAMES = ["from", "to", "outlet", "in", "kind"];

const form = () => document.querySelector("#filter-form form");

// What is chosen, as an address names it: from the form, or from the address until there is one.
export const chosen = () => {
  const said = form() ? new FormData(form()) : new URLSearchParams(location.search);
  const kept = [...said].filter(([name, value]) => NAMES.includes(name) && value);
  return new URLSearchParams(kept);
};

const sayDay = (day) =>
  new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeZone: "UTC" }).format(new Date(day));

const chip = (field) => {
  const label = field.dataset.chip.replace("{day}", field.type === "date" ? sayDay(field.value) : "");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "chip" });
  const said = find("chosen").dataset.remove.replace("{name}", label);
  button.setAttribute("aria-label", said);
  button.append(label, Object.assign(document.createElement("span"), { textContent: "×", ariaHidden: true }));
  button.onclick = () => {
    if (field.type === "date") field.value = "";
    else if (field.type === "radio") form().querySelector('[name="kind"][value=""]').checked = true;
    else field.checked = false;
    apply();
    find("filters").querySelector("summary").focus();
  };
  return button;
};

const isChosen = (field) => (field.type === "date" ? field.value : field.checked) && field.dataset.chip;

const showChart = () => {
  const { from, to } = Object.fromEntries(chosen());
  for (const column of document.querySelectorAll(".chart g")) {
    const inside = (from || to) && column.dataset.to >= (from ?? "") && column.dataset.from <= (to ?? "9");
    column.classList.toggle("chosen", Boolean(inside));
  }
};

export const apply = () => {
  const said = chosen();
  tellGradio("within", said.toString());
  rewriteAddress(Object.fromEntries(NAMES.map((name) => [name, said.getAll(name)])));
  find("chosen").replaceChildren(...[...form().elements].filter(isChosen).map(chip));
  showChart();
};

const fill = async () => {
  if (form()) return;
  find("filter-form").innerHTML = await fetchPiece("filters", chosen());
  if (form()) apply();
};

// After the frame was made anew, in another language perhaps.
export const restoreFilters = () => {
  if (find("filter-form") && !form() && chosen().size) fill();
};

const pick = (first, last) => {
  const [early, late] = [first, last].sort((one, two) => one.dataset.from.localeCompare(two.dataset.from));
  form().elements.from.value = early.dataset.from;
  form().elements.to.value = late.dataset.to;
  apply();
};

let dragged = null;
document.addEventListener("pointerdown", (event) => {
  dragged = event.target.closest(".chart g");
  if (dragged) event.preventDefault();
});
document.addEventListener("pointerup", (event) => {
  const over = document.elementFromPoint(event.clientX, event.clientY)?.closest(".chart g");
  if (dragged) pick(dragged, over ?? dragged);
  dragged = null;
});
document.addEventListener("change", (event) => {
  if (event.target.closest("#filter-form")) apply();
});
document.addEventListener("reset", (event) => {
  if (event.target === form()) {
    for (const field of form().elements) {
      field.value = field.type === "date" ? "" : field.value;
      field.defaultValue = field.type === "date" ? "" : field.defaultValue;
      field.defaultChecked = field.type === "radio" && !field.value;
    }
    setTimeout(apply);
  }
});
document.addEventListener(
  "toggle",
  (event) => event.target.id === "filters" && event.target.open && fill(),
  true,
);
