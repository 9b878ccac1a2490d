interface FirstLinesProps {
  /** As in `ListedPaste`. */
  preview: string | null;
}

/** How the text of a paste begins, below its title in a list. */
export function FirstLines({ preview }: FirstLinesProps) {
  if (preview === null) return null;
  return (
    <p className="mt-1 font-mono text-2xs leading-[1.5] text-muted touch:pointer-events-none">
      {preview.split('\n').map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity
        <bdi key={index} className="block overflow-hidden text-left text-ellipsis whitespace-pre">
          {line}
        </bdi>
      ))}
    </p>
  );
}
