/** Shows exact times in the reader's time zone; the server renders them in UTC. */
export function showLocalTimes(): void {
  const language = document.documentElement.lang || undefined;
  // Creating a formatter takes 20 ms on a slow phone.
  let short: Intl.DateTimeFormat | undefined;
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
    else if (time.dataset.exact !== 'short') time.textContent = exact;
    else {
      short ??= new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
      time.textContent = short.format(at);
    }
  }
}
