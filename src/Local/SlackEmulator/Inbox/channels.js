import { element } from './dom.js';

const list = document.getElementById('channels');
const title = document.getElementById('channel');

/** Draws the side bar: every destination, the chosen one marked, the others with what is unread in them. */
export function drawChannels(destinations, chosen, onChoose) {
  list.replaceChildren(...[...destinations.values()].map((destination) => {
    const button = element('button', '', `# ${destination.channel}`);
    button.type = 'button';
    button.title = destination.id;
    button.addEventListener('click', () => onChoose(destination.id));
    if (destination.id === chosen) button.setAttribute('aria-current', 'true');
    if (destination.unread > 0) button.append(element('span', 'unread', String(destination.unread)));
    const item = element('li');
    item.append(button);
    return item;
  }));

  const current = destinations.get(chosen);
  const unread = [...destinations.values()].reduce((sum, { unread: count }) => sum + count, 0);
  title.textContent = current ? `# ${current.channel}` : 'Inbox';
  title.title = current?.id ?? '';
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${current ? `#${current.channel}` : 'Inbox'} · Ansible Slack Relay`;
}
