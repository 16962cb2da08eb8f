import { element, link } from './dom.js';
import { drawText, unescape } from './mrkdwn.js';
import { fromSeconds, fullOf, momentOf } from './clock.js';

// Slack hides the rest of a text with so many characters or line breaks behind "Show more": https://api.slack.com/reference/messaging/attachments
const LONGEST_TEXT = 700;
const MOST_BREAKS = 5;
const COLORS = new Map([['good', '#2eb886'], ['warning', '#daa038'], ['danger', '#a30200']]);

/** @param opened the texts that the reader has opened; @param key the name of this one among them. */
export function drawAttachment(attachment, style, opened, key) {
  const drawn = element('div', 'attachment');
  drawn.style.setProperty('--bar', colorOf(attachment.color));
  const styleOf = (part) => ({ ...style, markup: Array.isArray(attachment.mrkdwn_in) && attachment.mrkdwn_in.includes(part) });

  if (isText(attachment.pretext)) drawn.append(paragraph('pretext', attachment.pretext, styleOf('pretext')));
  const card = element('div', 'card');
  drawn.append(card);
  if (isText(attachment.author_name)) card.append(element('div', 'author', unescape(attachment.author_name)));
  if (isText(attachment.title)) card.append(drawTitle(attachment, style));
  if (isText(attachment.text)) card.append(drawLong(attachment.text, styleOf('text'), opened, key));
  if (Array.isArray(attachment.fields)) card.append(drawFields(attachment.fields, styleOf('fields')));
  if (!card.hasChildNodes() && isText(attachment.fallback)) card.append(paragraph('text', attachment.fallback, styleOf('fallback')));
  if (isText(attachment.footer) || attachment.ts) card.append(drawFooter(attachment, style));
  return drawn;
}

const isText = (value) => typeof value === 'string' && value !== '';

function colorOf(color) {
  if (typeof color !== 'string') return 'var(--line)';
  const hex = /^#?([0-9a-f]{6})$/i.exec(color);
  return hex ? `#${hex[1]}` : COLORS.get(color) ?? 'var(--line)';
}

function paragraph(className, text, style) {
  const made = element('div', className);
  drawText(made, text, style);
  return made;
}

function drawTitle({ title, title_link: address }, style) {
  const made = element('div', 'title');
  const anchor = link(address, '');
  if (anchor) made.append(anchor);
  drawText(anchor ?? made, title, { ...style, markup: false });
  return made;
}

function drawFields(fields, style) {
  const list = element('dl', 'fields');
  for (const { title, value, short } of fields.filter((field) => field !== null && typeof field === 'object')) {
    const field = element('div', short ? 'short' : '');
    field.append(paragraph('name', String(title ?? ''), { ...style, markup: false }), paragraph('value', String(value ?? ''), style));
    list.append(field);
  }
  return list;
}

function drawFooter({ footer, ts }, style) {
  const made = element('div', 'footer');
  if (isText(footer)) made.append(paragraph('source', footer, { ...style, markup: false }));
  const date = ts ? fromSeconds(ts) : null;
  if (date) {
    const time = element('time', '', momentOf(date));
    time.title = fullOf(date);
    made.append(time);
  }
  return made;
}

function drawLong(text, style, opened, key) {
  const head = headOf(text);
  if (head === text) return paragraph('text', text, style);

  const long = element('div', 'long');
  const draw = () => {
    const more = element('button', 'more', opened.has(key) ? 'Show less' : 'Show more');
    more.type = 'button';
    more.setAttribute('aria-expanded', String(opened.has(key)));
    more.addEventListener('click', () => {
      if (!opened.delete(key)) opened.add(key);
      draw();
      long.lastChild.focus();
    });
    long.replaceChildren(paragraph('text', opened.has(key) ? text : head, style), more);
  };
  draw();
  return long;
}

/** What shows of a text before "Show more": the text itself when it is short enough. */
export function headOf(text) {
  const lines = text.trimEnd().split('\n');
  const start = lines.length > MOST_BREAKS ? lines.slice(0, MOST_BREAKS).join('\n') : text;
  const head = start.length >= LONGEST_TEXT ? start.slice(0, LONGEST_TEXT) : start;
  return head === text ? text : closed(head);
}

/** A cut text must not end inside an entity, a sequence, a character or a fence. */
function closed(head) {
  const open = head.lastIndexOf('<');
  const whole = (open > head.lastIndexOf('>') ? head.slice(0, open) : head).replace(/(?:&[a-z]{0,3}|[\uD800-\uDBFF]|`{1,2})$/, '');
  return whole.split('```').length % 2 === 0 ? `${whole}…\n\`\`\`` : `${whole}…`;
}
