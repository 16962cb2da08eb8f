import { element, link } from './dom.js';
import { fromSeconds, spelled } from './clock.js';

// What Slack makes of a text: https://docs.slack.dev/messaging/formatting-message-text
const ENTITIES = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const FENCE = '```';
const QUOTED = /^(?:&gt;|>)/;
const SEQUENCE = '<(?<sequence>[^<>\\n]+)>';
const NAME = '(?<name>(?<![\\w.@])@(?:here|channel|everyone)\\b)';
const MARKUP = [
  '`(?<code>[^`\\n]+)`',
  '(?<![\\w*])\\*(?<bold>[^*\\n]+)\\*(?![\\w*])',
  '(?<![\\w_])_(?<italic>[^_\\n]+)_(?![\\w_])',
  '(?<![\\w~])~(?<strike>[^~\\n]+)~(?![\\w~])',
].join('|');

export const unescape = (text) => text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

/** A text in one line and without its fences, for where Slack shows no more than that. */
export const plainOf = (text) => unescape(text.replaceAll(FENCE, '').replace(/\s+/g, ' ').trim());

/**
 * Draws a text into a parent. Three entities are unescaped. What is still markup then was not escaped by the sender:
 * it is drawn as what Slack would have made of it, and a mention stands out.
 * @param style markup: whether Slack formats this text; names: whether it turns a bare @here into a mention.
 */
export function drawText(parent, text, style) {
  if (!style.markup) return drawSpans(parent, text, style);

  const parts = text.split(FENCE);
  if (parts.length % 2 === 0) parts.push(parts.splice(-2).join(FENCE));
  parts.forEach((part, index) => {
    if (index % 2 === 1) drawCode(parent, part, style);
    else drawLines(parent, trim(part, index > 0, index < parts.length - 1), style);
  });
}

function drawCode(parent, text, style) {
  const block = element('pre');
  drawSpans(block, trim(text, true, true), { ...style, markup: false });
  parent.append(block);
}

/** A line break beside a block is the block's own. */
function trim(text, atStart, atEnd) {
  const started = atStart ? text.replace(/^\n/, '') : text;
  return atEnd ? started.replace(/\n$/, '') : started;
}

function drawLines(parent, text, style) {
  for (const [run] of text.matchAll(/(?:^(?:&gt;|>).*(?:\n|$))+|(?:^(?!&gt;|>).*(?:\n|$))+/gm)) {
    if (run === '') continue;
    if (!QUOTED.test(run)) {
      drawSpans(parent, run, style);
      continue;
    }
    const quote = element('blockquote');
    drawSpans(quote, trim(run, false, true).replace(/^(?:&gt;|>) ?/gm, ''), style);
    parent.append(quote);
  }
}

function drawSpans(parent, text, style) {
  const pattern = new RegExp([SEQUENCE, style.names && NAME, style.markup && MARKUP].filter(Boolean).join('|'), 'g');
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    parent.append(unescape(text.slice(end, match.index)));
    parent.append(drawSpan(match.groups, style));
    end = match.index + match[0].length;
  }
  parent.append(unescape(text.slice(end)));
}

function drawSpan({ sequence, name, code, bold, italic, strike }, style) {
  if (sequence !== undefined) return drawSequence(sequence);
  if (name !== undefined) return mention(name);
  const [tag, inner] = [['code', code], ['strong', bold], ['em', italic], ['s', strike]].find(([, found]) => found !== undefined);
  const span = element(tag);
  drawSpans(span, inner, tag === 'code' ? { ...style, markup: false } : style);
  return span;
}

function drawSequence(sequence) {
  const [target, ...rest] = sequence.split('|');
  const label = unescape(rest.join('|'));
  const [kind, name, detail] = [target[0], target.slice(1), target.split('^')];
  if (/^!(?:here|channel|everyone)$/.test(target)) return mention(`@${name}`);
  if (kind === '@') return mention(`@${label.replace(/^@/, '') || name}`);
  if (detail[0] === '!subteam') return mention(label || `@${detail[1] ?? ''}`);
  if (detail[0] === '!date') return drawDate(detail[1] ?? '', detail[2] ?? '', label);
  if (kind === '#') return element('span', 'chip', `#${label || name}`);
  return link(unescape(target), label || unescape(target)) ?? leak(`<${unescape(sequence)}>`, 'Markup that was not escaped.');
}

function drawDate(seconds, format, label) {
  const date = fromSeconds(seconds);
  const made = element('time', '', date ? spelled(date, format) : label);
  made.title = label;
  return made;
}

const mention = (text) => leak(text, 'A mention that was not escaped: Slack would notify people.');

function leak(text, reason) {
  const chip = element('span', 'leak', text);
  chip.title = reason;
  return chip;
}
