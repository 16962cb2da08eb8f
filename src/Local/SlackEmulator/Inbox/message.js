import { element } from './dom.js';
import { drawAttachment } from './attachment.js';
import { drawBlock } from './blocks.js';
import { drawText, plainOf } from './mrkdwn.js';
import { fullOf, timeOf } from './clock.js';

const template = document.getElementById('message');
const opened = new Set();

/** Draws a message and the replies to it. */
export function drawMessage(message, replies) {
  const drawn = template.content.firstElementChild.cloneNode(true);
  const received = new Date(message.receivedAt);
  const time = drawn.querySelector('time');
  time.textContent = timeOf(received);
  time.dateTime = message.receivedAt;
  time.title = fullOf(received);
  drawn.querySelector('.edited').hidden = !message.edited;
  drawn.querySelector('.broadcast').hidden = message.payload.reply_broadcast !== true;
  drawPreview(drawn.querySelector('.preview'), message.payload);
  drawContent(drawn.querySelector('.content'), message);
  if (replies.length > 0) drawn.querySelector('.body').append(drawThread(replies));
  return drawn;
}

/** What a locked phone shows: the message's text, else the fallback of its first attachment. */
function drawPreview(parent, { text, attachments }) {
  const first = Array.isArray(attachments) ? attachments[0] : null;
  const line = [text, first?.fallback].find((one) => typeof one === 'string' && one.trim() !== '');
  parent.hidden = line === undefined;
  parent.append(element('b', '', 'On a locked phone'), element('span', '', plainOf(line ?? '')));
}

function drawContent(parent, { id, payload }) {
  const names = payload.link_names === true || payload.link_names === 1 || payload.parse === 'full';
  const blocks = Array.isArray(payload.blocks) ? payload.blocks : [];
  const attachments = Array.isArray(payload.attachments) ? payload.attachments : [];

  if (blocks.length > 0) {
    parent.append(...blocks.map(drawBlock));
  } else if (typeof payload.text === 'string' && payload.text !== '') {
    const text = element('div', 'text');
    drawText(text, payload.text, { markup: payload.mrkdwn !== false, names });
    parent.append(text);
  }

  attachments.forEach((attachment, index) => {
    if (attachment !== null && typeof attachment === 'object') {
      parent.append(drawAttachment(attachment, { names }, opened, `${id}/${index}`));
    }
  });
}

function drawThread(replies) {
  const thread = element('div', 'thread');
  thread.append(element('p', 'count', replies.length === 1 ? '1 reply' : `${replies.length} replies`));
  thread.append(...replies.map((reply) => drawMessage(reply, [])));
  return thread;
}
