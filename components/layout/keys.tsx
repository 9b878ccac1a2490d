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
export function Keys({ keys, onMac }: KeysProps) {
  if (onMac === undefined) return <Caps keys={keys} />;
  return (
    <>
      <Caps keys={keys} className="mac:hidden" />
      <Caps keys={onMac} className="not-mac:hidden" />
    </>
  );
}

function Caps({ keys, className }: { keys: KeyList; className?: string }) {
  return (
    <span className={cn('keys', className)}>
      {keys.map((together) => (
        <span key={together.join()}>
          {together.map((key) => (
            <kbd key={key}>
              <KeyName name={key} />
            </kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

function KeyName({ name }: { name: string }) {
  const onMac = MAC_NAMES[name];
  if (onMac === undefined) return name;
  return (
    <>
      <span className="mac:hidden">{name}</span>
      <span className="not-mac:hidden">{onMac}</span>
    </>
  );
}
