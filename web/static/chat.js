// The same forms, without leaving the page. Each answer is one rendered turn, put under the log whole:
// screen readers speak it once. Where anything fails the message stays in the field, to be sent again.

const FRAGMENT = "text/x-turn+html";

const log = document.querySelector("#log");
const composer = document.querySelector("#composer");
const field = composer.elements.text;
const problem = document.querySelector("#problem");
const pending = document.querySelector("#pending");

let busy = false;
let unsent = { text: "", key: "" }; // the message that failed last: sent again under its own key, it counts once

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-say]")) return;
  event.preventDefault();
  const said = event.submitter?.name === "text" ? event.submitter.value : field.value;
  if (said.trim() && !busy) say(said, form.action);
});

field.addEventListener("keydown", (event) => {
  // While an input method composes a word, Enter belongs to it (229: as older browsers tell).
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  composer.requestSubmit();
});

document.querySelector("#forget")?.addEventListener("submit", (event) => {
  if (!confirm("Delete this conversation for good?")) event.preventDefault();
});

// Not where it would open a keyboard over half the page.
if (matchMedia("(pointer: fine)").matches) field.focus({ preventScroll: true });

async function say(text, address) {
  const key = text === unsent.text ? unsent.key : newKey();
  const typed = field.value === text;
  wait(text);
  if (typed) field.value = "";
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { Accept: FRAGMENT },
      body: new URLSearchParams({ text, key }),
    });
    const words = await response.text();
    if (!response.ok) throw new Error(response.headers.get("Content-Type")?.startsWith("text/plain") ? words : "");
    settle(words, response.headers.get("Content-Location"));
    unsent = { text: "", key: "" };
  } catch (error) {
    unsent = { text, key };
    if (!field.value) field.value = text;
    const unreached = "The advisor could not be reached. Your message is kept: send it again.";
    fail(error instanceof TypeError || !error.message ? unreached : error.message);
  }
}

function wait(text) {
  busy = true;
  fail("");
  pending.querySelector(".said").textContent = text;
  pending.hidden = false;
  pending.scrollIntoView({ block: "end" });
}

function settle(html, address) {
  stop();
  document.querySelector("#welcome")?.remove();
  document.querySelector("#title").hidden = false;
  for (const form of log.querySelectorAll("form.chips")) form.remove(); // only the last turn can be answered
  const template = document.createElement("template");
  template.innerHTML = html;
  const turn = template.content.firstElementChild;
  log.append(turn);
  turn.scrollIntoView({ block: "start" });
  if (address && address !== location.pathname) move(address);
}

function move(address) {
  history.replaceState(null, "", address);
  document.title = document.title.replace(/^.* – /, "Conversation – ");
  for (const form of document.querySelectorAll("form[data-say]")) form.action = `${address}/turns`;
  document.querySelector("#forget").action = `${address}/delete`;
  document.querySelector("#tools").hidden = false;
}

function fail(words) {
  problem.textContent = words;
  field.toggleAttribute("aria-invalid", Boolean(words));
  if (words) stop();
}

function stop() {
  busy = false;
  pending.hidden = true;
}

function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
