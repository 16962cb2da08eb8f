const stats = document.getElementById('stats');
const banner = document.getElementById('fault');
let running = false;
let again = false;

banner.querySelector('button').addEventListener('click', () => fetch('/slack/faults', { method: 'DELETE' }));

/** Reads the statistics and the fault. However often it is called, one reading is on its way at a time. */
export async function refresh(destinationOf) {
  if (running) {
    again = true;
    return;
  }

  running = true;
  try {
    do {
      again = false;
      const [all, fault] = await Promise.all([read('/slack/stats'), read('/slack/faults')]);
      stats.textContent = describe(all[destinationOf()]);
      banner.hidden = fault.fault === null;
      if (fault.fault !== null) banner.querySelector('p').textContent = describeFault(fault);
    } while (again);
  } catch {
    stats.textContent = '';
  } finally {
    running = false;
  }
}

const read = async (address) => (await fetch(address)).json();

function describe(one) {
  if (!one) return 'At most one message a second';
  const gap = one.smallestGapMs === null ? [] : [`never closer than ${(Math.floor(one.smallestGapMs / 10) / 100).toFixed(2)} s`];
  const edits = one.edited > 0 ? [`${one.edited} edited`] : [];
  return [`${one.accepted} accepted`, ...edits, `${one.rateLimited} rate limited`, `${one.refused} refused`, ...gap].join(' · ');
}

function describeFault({ fault, remaining }) {
  const where = fault.destination ? ` to ${fault.destination}` : '';
  const late = fault.mode === 'hang' ? ` after ${fault.seconds} s` : '';
  const what = fault.status === null ? '' : ` with ${`${fault.status} ${fault.body}`.trim()}`;
  const kept = fault.accepted ? ', and keeps the message' : '';
  return `This Slack has a fault: it answers ${describePosts(fault, remaining)}${where}${late}${what}${kept}.`;
}

function describePosts({ fraction }, remaining) {
  if (fraction !== null) return `${Math.round(fraction * 100)} % of the posts`;
  if (remaining === null) return 'every post';
  return remaining === 1 ? 'the next post' : `the next ${remaining} posts`;
}
