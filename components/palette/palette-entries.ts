import type { PaletteMessages } from '@/lib/core/i18n/palette-messages';

/** Leads to a page, or presses the element of the page with this selector. */
export type PaletteCommand = { label: string } & ({ href: string } | { presses: string });

export interface PaletteLink {
  href: string;
  label: string;
  detail: string;
}

export interface PaletteResults {
  pastes: PaletteLink[];
  contacts: PaletteLink[];
}

export interface PaletteSetup {
  isMember: boolean;
  /** Whether they may search public pastes. */
  canBrowse: boolean;
  commands: PaletteCommand[];
}

export type PaletteEntry = PaletteCommand & { id: string; detail?: string };

export interface PaletteGroup {
  name: 'commands' | 'pastes' | 'contacts' | 'public';
  entries: PaletteEntry[];
}

/** The groups that have entries for the text, in the order of display. */
export function groupEntries(
  text: string,
  { commands, canBrowse, words }: Pick<PaletteSetup, 'commands' | 'canBrowse'> & { words: PaletteMessages },
  { pastes, contacts }: PaletteResults,
): PaletteGroup[] {
  const sought = text.trim();
  // From the beginning of a word, so that few letters do not find every command.
  const isFound = ({ label }: PaletteCommand) =>
    ` ${label.toLocaleLowerCase()}`.includes(` ${sought.toLocaleLowerCase()}`);
  const search = `/explore?${new URLSearchParams({ q: sought })}`;
  const groups: Record<PaletteGroup['name'], (PaletteCommand & { detail?: string })[]> = {
    commands: commands.filter(isFound),
    pastes,
    contacts,
    public: sought === '' || !canBrowse ? [] : [{ href: search, label: words.searchPublic, detail: sought }],
  };
  return (['commands', 'pastes', 'contacts', 'public'] as const)
    .map((name) => ({ name, entries: groups[name].map((entry) => ({ ...entry, id: idOf(entry) })) }))
    .filter(({ entries }) => entries.length > 0);
}

/**
 * The entry that Enter opens, where `chosen` is the id of the one that the arrow keys chose. Null while the results
 * for the text are still to come (`isSettled` is false), unless they cannot change it: commands come first.
 */
export function entryToOpen(
  groups: readonly PaletteGroup[],
  { chosen, isSettled }: { chosen: string | null; isSettled: boolean },
): PaletteEntry | null {
  const entries = groups.flatMap((group) => group.entries);
  const picked = entries.find(({ id }) => id === chosen);
  if (picked) return picked;
  return isSettled || groups[0]?.name === 'commands' ? (entries[0] ?? null) : null;
}

/** Stays the same while results come and go, so that the choice does. */
function idOf(entry: PaletteCommand): string {
  const target = 'href' in entry ? entry.href : entry.presses;
  return `palette-${target.replace(/[^\w/-]/g, '_')}`;
}
