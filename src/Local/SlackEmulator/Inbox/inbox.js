import { drawChannels } from './channels.js';
import { dayOf, isSameDay, timeOf } from './clock.js';
import { element } from './dom.js';
import { follow } from './feed.js';
import { drawMessage } from './message.js';
import { refresh } from './status.js';

const MOST_MESSAGES = 1000;
const NEAR_THE_END = 80;
const [scroller, list, empty, latest, clear] = ['scroller', 'messages', 'empty', 'latest', 'clear']
  .map((id) => document.getElementById(id));
const messages = new Map();
const destinations = new Map();
const drawn = new Map();
let chosen = null;
let lastDay = null;

function learn(message) {
  const destination = destinations.get(message.destination) ?? { id: message.destination, channel: message.channel, unread: 0 };
  destinations.set(message.destination, destination);
  messages.set(message.id, message);
  return destination;
}

const fragmentOf = (id) => `#${encodeURIComponent(id)}`;
const here = () => [...messages.values()].filter(({ destination }) => destination === chosen);
const parentOf = ({ threadTs, id }) => here().find((other) => threadTs !== null && other.ts === threadTs && other.id !== id);
const repliesTo = ({ ts, id }) => here().filter((other) => other.threadTs === ts && other.id !== id);

function place(message) {
  const root = parentOf(message) ?? message;
  const article = drawMessage(root, repliesTo(root));
  const old = drawn.get(root.id);
  drawn.set(root.id, article);
  if (old) {
    old.replaceWith(article);
    return;
  }

  const day = new Date(root.receivedAt);
  if (lastDay === null || !isSameDay(lastDay, day)) list.append(element('div', 'day', dayOf(day)));
  lastDay = day;
  list.append(article);
}

function drop(message) {
  messages.delete(message.id);
  drawn.get(message.id)?.remove();
  drawn.delete(message.id);
}

function drawSides() {
  drawChannels(destinations, chosen, choose);
  empty.hidden = messages.size > 0;
  clear.hidden = messages.size === 0;
}

function drawAll() {
  list.replaceChildren();
  drawn.clear();
  lastDay = null;
  here().filter((message) => !parentOf(message)).forEach(place);
  drawSides();
  toEnd();
}

function choose(id) {
  chosen = id;
  if (destinations.has(id)) destinations.get(id).unread = 0;
  history.replaceState(null, '', location.search + fragmentOf(id));
  drawAll();
  refresh(() => chosen);
}

const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_THE_END;

function toEnd() {
  scroller.scrollTop = scroller.scrollHeight;
  latest.hidden = true;
}

function onAll(all) {
  messages.clear();
  destinations.clear();
  all.forEach(learn);
  const asked = [...destinations.keys()].find((id) => fragmentOf(id) === location.hash);
  chosen = [chosen, asked, all.at(-1)?.destination].find((id) => destinations.has(id)) ?? null;
  drawAll();
}

function onMessage(message) {
  const isNew = !messages.has(message.id);
  const destination = learn(message);
  if (messages.size > MOST_MESSAGES) drop(messages.values().next().value);
  chosen ??= message.destination;

  if (message.destination === chosen) {
    const follows = isAtEnd();
    place(message);
    if (follows) toEnd();
    else if (isNew) latest.hidden = false;
  } else if (isNew) {
    destination.unread += 1;
  }

  drawSides();
}

function onConnection(isOpen) {
  document.getElementById('light').classList.toggle('on', isOpen !== false);
  document.getElementById('connection').textContent =
    isOpen === null ? `As of ${timeOf(new Date())}` : isOpen ? 'Live' : 'Not connected, trying again…';
}

scroller.addEventListener('scroll', () => {
  if (isAtEnd()) latest.hidden = true;
});
latest.addEventListener('click', toEnd);
clear.addEventListener('click', () => fetch('/slack/messages', { method: 'DELETE' }));
document.getElementById('example').textContent = [
  "curl -H 'Content-Type: application/json' \\",
  '  -d \'{"text": "Hello from my terminal"}\' \\',
  `  ${location.origin}/slack/services/T0LOCAL/inbox/token`,
].join('\n');

follow({ onAll, onMessage, onConnection, onActivity: () => refresh(() => chosen) });
