/**
 * Follows the emulator: all messages first, then each as it comes. After a lost connection it starts over, since a
 * restarted emulator has forgotten its messages. With "?still" in the address it reads them once and stays as it is: a
 * headless browser takes its picture of a page when nothing is on its way any more.
 */
export function follow({ onAll, onMessage, onActivity, onConnection }) {
  // News that arrives while the list is on its way is kept, and applied to the list.
  let waiting = null;

  async function load() {
    const mine = [];
    waiting = mine;
    const all = await (await fetch('/slack/messages')).json();
    if (waiting !== mine) return;
    waiting = null;
    onAll(all);
    onActivity();
    mine.forEach((apply) => apply());
  }

  const soon = (apply) => (waiting ? waiting.push(apply) : apply());
  const reload = () => load().catch(() => onConnection(false));

  function open() {
    const stream = new EventSource('/slack/stream');
    stream.addEventListener('ready', () => {
      onConnection(true);
      reload();
    });
    stream.addEventListener('message', ({ data }) => soon(() => onMessage(JSON.parse(data))));
    stream.addEventListener('cleared', () => soon(() => onAll([])));
    stream.addEventListener('activity', onActivity);
    stream.addEventListener('error', () => onConnection(false));
  }

  const isStill = new URLSearchParams(location.search).has('still');
  reload().then(() => (isStill ? onConnection(null) : open()));
}
