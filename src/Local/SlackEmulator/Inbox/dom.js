/** A new element. Text becomes text: nothing on this page is ever parsed as HTML. */
export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A link, when the address is one that a browser may follow; null otherwise. */
export function link(address, text) {
  if (!isWeb(address)) return null;
  const made = element('a', '', text);
  made.href = address;
  made.target = '_blank';
  made.rel = 'noopener noreferrer';
  return made;
}

function isWeb(address) {
  if (typeof address !== 'string' || !URL.canParse(address)) return false;
  return ['http:', 'https:'].includes(new URL(address).protocol);
}
