const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const short = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', year: 'numeric' });
const long = new Intl.DateTimeFormat(undefined, { weekday: 'long', month: 'long', day: 'numeric' });

export const timeOf = (date) => time.format(date);
export const fullOf = (date) => full.format(date);
export const isSameDay = (one, other) => one.toDateString() === other.toDateString();

export function dayOf(date) {
  return near(date) ?? long.format(date);
}

export function momentOf(date) {
  return `${near(date) ?? short.format(date)} at ${timeOf(date)}`;
}

/** A time in Slack's own format, such as "{date_short_pretty} {time}": in the reader's zone, and with a word for a day that is near. */
export function spelled(date, format) {
  const tokens = { date_short_pretty: () => near(date)?.toLowerCase() ?? short.format(date), date_short: () => short.format(date), time: () => timeOf(date) };
  return format.replace(/\{(\w+)\}/g, (token, name) => (Object.hasOwn(tokens, name) ? tokens[name]() : token));
}

/** A date from Slack's seconds, null when they are none. */
export function fromSeconds(seconds) {
  const date = new Date(Number(seconds) * 1000);
  return seconds === '' || Number.isNaN(date.getTime()) ? null : date;
}

function near(date) {
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  if (isSameDay(date, new Date())) return 'Today';
  return isSameDay(date, yesterday) ? 'Yesterday' : null;
}
