// The reader panel: a whole article at the words that were cited.
import { fetchPiece, find, scrollTo } from "./place.js";

let opener = null;

export const openArticle = async (from, asked) => {
  const [reader, whole] = [find("reader"), find("whole")];
  opener = from;
  whole.innerHTML = "";
  if (!reader.open) reader.showModal();
  const piece = await fetchPiece("article", asked);
  if (!reader.open) return; // its reader has left
  whole.innerHTML = piece;
  const cited = find("cited");
  if (!cited) return;
  scrollTo(cited, "center");
  cited.focus({ preventScroll: true });
};

export const closeReader = () => find("reader")?.close();

document.addEventListener(
  "close",
  (event) => {
    if (event.target.id !== "reader") return;
    find("whole").innerHTML = "";
    opener?.focus();
  },
  true,
);

document.addEventListener("click", (event) => {
  if (event.target.id === "reader") closeReader(); // the backdrop
  const opening = event.target.closest("[data-article]");
  if (opening) openArticle(opening, new URLSearchParams(opening.dataset.article));
});
