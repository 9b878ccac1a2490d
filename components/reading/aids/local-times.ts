/** Shows exact times in the reader's time zone; the server renders them in UTC. */
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
