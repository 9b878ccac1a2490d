interface KeysProps {
  /** Alternatives; the keys of one array are pressed together. */
  keys: readonly (readonly string[])[];
}

export function Keys({ keys }: KeysProps) {
  return (
    <span className="flex flex-wrap gap-2">
      {keys.map((together) => (
        <span key={together.join()} className="flex gap-1">
          {together.map((key) => (
            <kbd key={key} className="key-cap">
              {key}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
