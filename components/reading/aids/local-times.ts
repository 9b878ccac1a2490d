/** Shows exact times in the reader's time zone; the server renders them in UTC. */
export function showLocalTimes(): void {
  const language = document.documentElement.lang || undefined;
  const short = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const format = new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  for (const time of document.querySelectorAll('time')) {
    const at = new Date(time.dateTime);
    const exact = format.format(at);
    if (time.dataset.exact === undefined) time.title = exact;
    else time.textContent = time.dataset.exact === 'short' ? short.format(at) : exact;
  }
}
