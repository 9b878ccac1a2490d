interface Comparable {
  name: string;
  sha256: string;
}

/** The change of a file from one revision to the next. */
export interface FileChange<File> {
  kind: 'same' | 'changed' | 'renamed' | 'added' | 'removed';
  before: File | null;
  after: File | null;
}

/**
 * Finds for each file the one it was before: by its name, else by its text, else by being the only one
 * left. In the order of the later revision; removed files come last.
 */
export function compareFiles<File extends Comparable>(
  before: readonly File[],
  after: readonly File[],
): FileChange<File>[] {
  const left = [...before];
  const partners = new Map<File, File>();
  const pair = (isPartner: (old: File, fresh: File) => boolean) => {
    for (const fresh of after) {
      if (partners.has(fresh)) continue;
      const at = left.findIndex((old) => isPartner(old, fresh));
      const [old] = at < 0 ? [] : left.splice(at, 1);
      if (old) partners.set(fresh, old);
    }
  };
  pair((old, fresh) => old.name === fresh.name && old.sha256 === fresh.sha256);
  pair((old, fresh) => old.name === fresh.name);
  pair((old, fresh) => old.sha256 === fresh.sha256);
  const unpaired = after.filter((fresh) => !partners.has(fresh));
  if (unpaired.length === 1 && left.length === 1) pair(() => true);

  const changes = after.map((fresh): FileChange<File> => {
    const old = partners.get(fresh) ?? null;
    return { kind: kindOf(old, fresh), before: old, after: fresh };
  });
  return [...changes, ...left.map((old) => ({ kind: 'removed', before: old, after: null }) as const)];
}

function kindOf(old: Comparable | null, fresh: Comparable): FileChange<Comparable>['kind'] {
  if (old === null) return 'added';
  if (old.sha256 !== fresh.sha256) return 'changed';
  return old.name === fresh.name ? 'same' : 'renamed';
}
