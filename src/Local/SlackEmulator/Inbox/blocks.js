import { element } from './dom.js';
import { drawText } from './mrkdwn.js';

/** Draws the few kinds of block that carry text, and says which kinds it does not draw. */
export function drawBlock(block) {
  switch (block?.type) {
    case 'header':
      return drawObject('text header', block.text);
    case 'section':
      return drawSection(block);
    case 'context':
      return drawAll('context', block.elements);
    case 'divider':
      return element('hr');
    default:
      return element('div', 'context', `[A block of type ${String(block?.type)}, which this page does not draw]`);
  }
}

function drawSection({ text, fields }) {
  const made = element('div', 'text');
  if (text) made.append(drawObject('', text));
  if (Array.isArray(fields)) made.append(drawAll('fields', fields));
  return made;
}

function drawAll(className, objects) {
  const made = element('div', className);
  made.append(...(Array.isArray(objects) ? objects : []).map((object) => drawObject('short', object)));
  return made;
}

/** A mrkdwn object turns a bare @here into a mention unless it says "verbatim". */
function drawObject(className, object) {
  const made = element('div', className);
  const markup = object?.type === 'mrkdwn';
  drawText(made, String(object?.text ?? ''), { markup, names: markup && object.verbatim !== true });
  return made;
}
