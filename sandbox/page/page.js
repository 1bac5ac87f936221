import { Calls } from "./calls.js";
import { sitBeside } from "./chooser.js";
import { prompt } from "./dialogs.js";
import { el } from "./dom.js";
import { drawChats, drawPeople, drawWho } from "./lists.js";
import { get, post, Stream } from "./net.js";
import { Pane } from "./pane.js";
import { go, here, leave, seats } from "./place.js";
import { scan } from "./scan.js";

const WIDE = matchMedia("(min-width: 860px)");
const GLANCE = 3_000;
const $ = (id) => document.getElementById(id);

/** Runs `work` once at a time; calls made meanwhile become one more run. */
function oneAtATime(work) {
  let running = null;
  let again = false;
  return async function run() {
    again = true;
    running ??= (async () => {
      while (again) {
        again = false;
        await work();
      }
    })().finally(() => {
      running = null;
    });
    return running;
  };
}

const page = { people: [], refresh: oneAtATime(load) };
const main = new Pane("", $("conversation"), page);
const panes = new Map([["", main]]);
const calls = new Calls($("calls"), $("calls-toggle"));

async function load() {
  const place = here();
  seat();
  await Promise.all([...panes.values()].map((pane) => pane.load(WIDE.matches)));
  page.people = await get("people").catch(() => page.people);
  drawPeople($("people"), page.people, place);
  drawChats($("chats"), main.chats, place);
  drawWho($("who"), page.people.find((person) => person.id === place.person));
  for (const pane of panes.values()) label(pane);
  entitle(place);
}

/** As many panes as the address names; a phone shows the first one alone. */
function seat() {
  const wanted = WIDE.matches && here().person ? seats() : [""];
  for (const [name, pane] of panes) {
    if (wanted.includes(name)) continue;
    pane.node.remove();
    panes.delete(name);
  }
  for (const name of wanted) if (!panes.has(name)) panes.set(name, besides(name));
  document.body.classList.toggle("several", panes.size > 1);
  document.body.style.setProperty("--panes", panes.size);
  $("beside").hidden = $("beside-more").hidden = !WIDE.matches || !here().person || panes.size > 2;
  $("alone").hidden = panes.size < 2;
}

function besides(name) {
  const node = el("section", { class: "column conversation beside" });
  $("calls").before(node);
  return new Pane(name, node, page);
}

function label(pane) {
  const person = page.people.find((one) => one.id === pane.place.person);
  pane.chooser.draw(page.people, pane.chats, pane.place, panes.size > 1);
  if (pane.seat) pane.node.setAttribute("aria-label", `Рядом: ${person?.name ?? "никого"}`);
}

function entitle(place) {
  const person = page.people.find((one) => one.id === place.person);
  const unread = main.chats.reduce((sum, chat) => sum + chat.unread, 0);
  const count = person && unread ? `(${unread}) ` : "";
  document.title = person ? `${count}${person.name} · Песочница` : "Песочница";
}

function arrive() {
  const place = here();
  document.body.dataset.view = place.chat ? "conversation" : place.person ? "chats" : "people";
  $("camera").hidden = !place.person;
  if (!place.person) main.chats = [];
  return page.refresh();
}

/** On a phone one column replaces another, and the focus goes along. */
async function move() {
  await arrive();
  const lost = document.activeElement === document.body;
  if (lost) document.querySelector(`.${document.body.dataset.view} h2`)?.focus();
}

function newcomer() {
  prompt("Новый человек", "Как вас зовут?", "Добавить", async (name) => {
    go({ person: (await post("person", { name })).id });
  });
}

function another() {
  sitBeside(page.people, [...panes.values()].map((pane) => pane.place.person));
}

function alone() {
  for (const name of seats()) if (name) leave(name);
}

const stream = new Stream({
  changed: page.refresh,
  connected() {
    tellConnection("");
    page.refresh();
  },
  lost: () => tellConnection("Нет связи с песочницей, пробую снова…"),
});
let glances = 0;

/** A browser allows one address six connections: a tab nobody sees gives its own back. */
function watch() {
  clearInterval(glances);
  calls.watch();
  if (document.hidden) {
    stream.close();
    glances = setInterval(page.refresh, GLANCE);
  } else {
    stream.open();
  }
}

function tellConnection(text) {
  $("connection").textContent = text;
  document.body.classList.toggle("offline", Boolean(text));
}

$("newcomer").addEventListener("click", newcomer);
$("beside").addEventListener("click", another);
$("beside-more").addEventListener("click", another);
$("alone").addEventListener("click", alone);
$("camera").addEventListener("click", () => scan(main.place.person, main.act));
$("skip").addEventListener("click", () => main.open?.composer.focus());
addEventListener("hashchange", move);
WIDE.addEventListener("change", page.refresh);
document.addEventListener("visibilitychange", watch);
watch();
arrive();
