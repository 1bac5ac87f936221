import { Act } from "./act.js";
import { Conversation } from "./conversation.js";
import { prompt } from "./dialogs.js";
import { drawChats, drawPeople, drawWho } from "./lists.js";
import { get, post, Stream } from "./net.js";
import { address, go, here } from "./place.js";
import { scan } from "./scan.js";
import { el } from "./dom.js";

const WIDE = matchMedia("(min-width: 860px)");
const GLANCE = 3_000;
const $ = (id) => document.getElementById(id);

/** What this tab shows now. */
const page = {
  people: [],
  chats: [],
  chat: null,
  open: null,
  get composer() {
    return this.open.composer;
  },
  knows(username) {
    const same = (chat) => chat.bot?.username.toLowerCase() === username?.toLowerCase();
    return Boolean(username) && this.chats.some(same);
  },
};

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

const refresh = page.refresh = oneAtATime(async () => {
  const place = here();
  try {
    await load(place);
  } catch (error) {
    if (!page.chat) welcome(error.message);
  }
});

async function load(place) {
  if (place.person) await loadChats(place);
  if (place.person && place.chat && !document.hidden) await loadChat(place);
  page.people = await get("people");
  drawPeople($("people"), page.people, place);
  drawWho($("who"), page.people.find((person) => person.id === place.person));
  entitle(place);
}

async function loadChats(place) {
  page.chats = await get("chats", { person: place.person });
  drawChats($("chats"), page.chats, place);
  const first = page.chats[0];
  if (!place.chat && first && WIDE.matches) location.replace(address({ ...place, chat: first.key }));
}

async function loadChat(place) {
  const chat = await get("chat", { person: place.person, chat: place.chat });
  if (address(place) !== address(here())) return;
  const fresh = !page.open || address(page.open.place) !== address(place);
  page.chat = chat;
  if (fresh) stage(place);
  page.open.update(chat);
  if (fresh && !document.querySelector("dialog")) page.composer.focus();
}

function stage(place) {
  page.open = new Conversation(place, new Act(place, page));
  $("conversation").replaceChildren(...page.open.nodes);
}

function entitle(place) {
  const person = page.people.find((one) => one.id === place.person);
  const unread = page.chats.reduce((sum, chat) => sum + chat.unread, 0);
  const count = person && unread ? `(${unread}) ` : "";
  document.title = person ? `${count}${person.name} · Песочница` : "Песочница";
}

function arrive() {
  const place = here();
  document.body.dataset.view = place.chat ? "conversation" : place.person ? "chats" : "people";
  $("camera").hidden = !place.person;
  if (!place.chat) close();
  return refresh();
}

/** On a phone one column replaces another, and the focus goes along. */
async function move() {
  await arrive();
  const lost = document.activeElement === document.body;
  if (lost) document.querySelector(`.${document.body.dataset.view} h2`)?.focus();
}

function close() {
  page.chat = null;
  page.open = null;
  welcome(WELCOME);
}

function welcome(text) {
  $("conversation").replaceChildren(el("p", { class: "welcome" }, text));
}

const WELCOME = $("conversation").textContent.trim();

function newcomer() {
  prompt("Новый человек", "Как вас зовут?", "Добавить", async (name) => {
    go({ person: (await post("person", { name })).id });
  });
}

function lookAround() {
  const place = here();
  scan(place.person, page.open?.act ?? new Act(place, page));
}

const stream = new Stream({
  changed: refresh,
  connected() {
    tellConnection("");
    refresh();
  },
  lost: () => tellConnection("Нет связи с песочницей, пробую снова…"),
});
let glances = 0;

/** A browser allows one address six connections: a tab nobody sees gives its own back. */
function watch() {
  clearInterval(glances);
  if (document.hidden) {
    stream.close();
    glances = setInterval(refresh, GLANCE);
  } else {
    stream.open();
  }
}

function tellConnection(text) {
  $("connection").textContent = text;
  document.body.classList.toggle("offline", Boolean(text));
}

$("newcomer").addEventListener("click", newcomer);
$("camera").addEventListener("click", lookAround);
$("skip").addEventListener("click", () => page.open?.composer.focus());
addEventListener("hashchange", move);
document.addEventListener("visibilitychange", watch);
watch();
arrive();
