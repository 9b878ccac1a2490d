import { Fragment } from 'react';

/** A sentence in which text between backticks is code. */
export function InlineCode({ text }: { text: string }) {
  const parts = text.split('`');
  return parts.map((part, index) => {
    const key = `${index}${part}`;
    if (index % 2 === 0) return <Fragment key={key}>{part}</Fragment>;
    return (
      <code key={key} className="font-mono text-[0.92em] wrap-anywhere">
        {part}
      </code>
    );
  });
}
