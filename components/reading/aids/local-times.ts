/** Tells exact times in the reader's own time zone, where the server can but tell them in UTC. */
export function showLocalTimes(): void {
  const format = new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  for (const time of document.querySelectorAll('time')) {
    const exact = format.format(new Date(time.dateTime));
    if (time.dataset.exact === undefined) time.title = exact;
    else time.textContent = exact;
  }
}
