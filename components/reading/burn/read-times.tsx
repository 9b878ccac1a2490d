import type { ReactNode } from 'react';
import type { PageText } from '@/lib/core/i18n/page-text';

/** The values of a message about when a paste was read: `<moment>{time}</moment>`, local by a script. */
export function readTimeValues(at: Date, { format }: PageText) {
  return {
    time: `${format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })} UTC`,
    moment: (words: ReactNode) => (
      <time dateTime={at.toISOString()} data-exact="short">
        {words}
      </time>
    ),
  };
}

/** When the paste was read, in order; nothing if it was not. */
export function ReadTimes({ times, text }: { times: readonly Date[]; text: PageText }) {
  if (times.length === 0) return null;
  return (
    <ol className="w-full text-sm">
      {times.map((at, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two reads may have the same time
        <li key={index}>{text.t.rich('burning.readAt', readTimeValues(at, text))}</li>
      ))}
    </ol>
  );
}
