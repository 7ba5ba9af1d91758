// The operator's page: sends files and feeds, and shows how far they have come.
const find = (name) => document.getElementById(name);
const language = document.documentElement.lang;
const EVERY = 1000; // milliseconds between two looks at what is being read
const SURVEYED = 3000; // and at the whole archive, which takes longer

const address = (path, asked = {}) => {
  const whole = new URL(`operator/${path}`, location.href);
  whole.search = new URLSearchParams({ ...asked, lang: language });
  return whole;
};

const fetchPiece = async (path, asked) => {
  const answer = await fetch(address(path, asked)).catch(() => null);
  return answer?.ok ? answer.text() : null;
};

const wait = (time) => new Promise((done) => setTimeout(done, time));

// Until the indexes have taken in what was added.
const refreshSurvey = async () => {
  const { days, until } = Object.fromEntries(new URLSearchParams(location.search));
  const asked = { ...(days && { days }), ...(until && { until }) };
  for (let looks = 0; looks < 20; looks += 1) {
    const piece = await fetchPiece("survey", asked);
    if (piece === null) return;
    find("survey").innerHTML = piece;
    if (!document.querySelector("[data-pending]")) return;
    await wait(SURVEYED);
  }
};

const isBusy = () => Boolean(document.querySelector(".additions[data-busy]"));

let looking = false;
const follow = async () => {
  if (looking) return;
  looking = true;
  do {
    const piece = await fetchPiece("additions");
    if (piece !== null) find("additions").innerHTML = piece;
    if (isBusy()) await wait(EVERY);
  } while (isBusy());
  looking = false;
  find("told").textContent = document.querySelector(".additions li")?.innerText ?? "";
  await refreshSurvey();
};

// fetch can't tell how much of a file has been sent.
const sendFile = (file, outlet, bar) =>
  new Promise((done) => {
    const sending = new XMLHttpRequest();
    sending.upload.onprogress = (event) => (bar.value = event.loaded / (event.total || 1));
    sending.onloadend = () => done(sending.status);
    sending.open("POST", address("articles", { name: file.name, outlet }));
    sending.setRequestHeader("Content-Type", "application/octet-stream");
    sending.send(file);
  });

const sendFiles = async (form) => {
  const [said, bar] = [form.querySelector(".said"), form.querySelector("progress")];
  const { largest, sending, tooLarge, inVain } = form.dataset;
  const problems = [];
  bar.hidden = false;
  for (const file of form.elements.files.files) {
    said.textContent = sending.replace("{name}", file.name);
    bar.value = 0;
    const isLarge = file.size > Number(largest);
    const status = isLarge ? 413 : await sendFile(file, form.elements.outlet.value, bar);
    if (status === 413) problems.push(tooLarge.replace("{name}", file.name));
    else if (status !== 202) problems.push(inVain.replace("{name}", file.name));
    follow();
  }
  bar.hidden = true;
  said.textContent = problems.join(" ");
  if (!problems.length) form.reset();
};

const sendFeed = async (form) => {
  const said = { address: form.elements.address.value, outlet: form.elements.outlet.value };
  const answer = await fetch(address("feed"), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(said),
  }).catch(() => null);
  const problem = form.dataset.inVain.replace("{name}", said.address);
  form.querySelector(".said").textContent = answer?.ok ? "" : problem;
  if (answer?.ok) form.reset();
  follow();
};

for (const [name, send] of Object.entries({ files: sendFiles, feed: sendFeed })) {
  find(name).addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.target.querySelector("button");
    button.disabled = true;
    await send(event.target);
    button.disabled = false;
  });
}

if (isBusy()) follow();
