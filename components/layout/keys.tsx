import { cn } from '@/components/ui/class-names';

/** Alternatives; the keys of one array are pressed together. */
type KeyList = readonly (readonly string[])[];

interface KeysProps {
  keys: KeyList;
  /** On a Mac, unless only the modifiers have other names there. */
  onMac?: KeyList | undefined;
}

const MAC_NAMES: Partial<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥' };

/** Keys as the reader's keyboard names them; without a script, as most keyboards do. */
export function Keys({ keys, onMac = nameForMac(keys) }: KeysProps) {
  if (JSON.stringify(onMac) === JSON.stringify(keys)) return <Caps keys={keys} />;
  return (
    <>
      <Caps keys={keys} className="mac:hidden" />
      <Caps keys={onMac} className="not-mac:hidden" />
    </>
  );
}

function nameForMac(keys: KeyList): KeyList {
  return keys.map((together) => together.map((key) => MAC_NAMES[key] ?? key));
}

function Caps({ keys, className }: { keys: KeyList; className?: string }) {
  return (
    <span className={cn('flex flex-wrap gap-2', className)}>
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
