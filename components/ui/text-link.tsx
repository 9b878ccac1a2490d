import type { ReactNode } from 'react';

/** For a translated sentence: makes a link of the words that its message marks. */
export function textLink(href: string) {
  return (words: ReactNode) => (
    <a href={href} className="text-link">
      {words}
    </a>
  );
}
