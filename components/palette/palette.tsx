'use client';

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { searchPaletteAction } from './actions';
import { groupEntries, type PaletteEntry, type PaletteResults, type PaletteSetup } from './palette-entries';

const PAUSE_MS = 180;
const NOTHING: PaletteResults = { pastes: [], contacts: [], problem: '' };
const OPTION =
  'flex min-h-9 w-full items-center gap-3 touch:min-h-11 rounded-sm px-3 py-1.5 text-left aria-selected:bg-wash aria-selected:text-accent hover:bg-wash';

interface PaletteProps {
  setup: PaletteSetup;
  /** When it was closed, and the focus is where it was. */
  onClose: () => void;
}

/** Searches and commands in a modal dialog: a combobox over a list, after the pattern of WAI-ARIA. */
export function Palette({ setup, onClose }: PaletteProps) {
  const { words } = setup;
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const results = useResults(text, setup);
  const groups = groupEntries(text, setup, results);
  const entries = groups.flatMap((group) => group.entries);
  const active = entries.find(({ id }) => id === chosen) ?? entries[0];

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  function move(step: number) {
    if (!active) return;
    const next = entries.at((entries.indexOf(active) + step) % entries.length) ?? active;
    setChosen(next.id);
    document.getElementById(next.id)?.scrollIntoView({ block: 'nearest' });
  }

  function press(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    if (key === 'ArrowDown') move(1);
    else if (key === 'ArrowUp') move(-1);
    else if (key === 'Enter' && active) document.getElementById(active.id)?.click();
    else return;
    event.preventDefault();
  }

  function run(selector: string) {
    dialog.current?.close();
    document.querySelector<HTMLElement>(selector)?.click();
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog; the keyboard has Escape
    <dialog
      ref={dialog}
      id="palette"
      aria-label={words.label}
      className="palette rounded-md border border-edge bg-raised text-ink"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close();
      }}
    >
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-activedescendant={active?.id}
        aria-label={words.label}
        placeholder={words.label}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={text}
        className="h-12 w-full border-b border-hair bg-transparent px-4 outline-none"
        onChange={(event) => {
          setText(event.target.value);
          setChosen(null);
        }}
        onKeyDown={press}
      />
      {results.problem === '' ? null : (
        <p role="alert" className="px-4 pt-3 text-sm text-danger">
          {results.problem}
        </p>
      )}
      <div
        id="palette-list"
        role="listbox"
        aria-label={words.label}
        className="max-h-[min(420px,60dvh)] overflow-y-auto p-1.5 text-sm"
      >
        {groups.map(({ name, entries: members }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand in a listbox
          <div key={name} role="group" aria-labelledby={`palette-${name}`} className="pb-1.5">
            <div id={`palette-${name}`} role="presentation" className="px-3 pt-1.5 pb-1 text-2xs text-muted">
              {words[name]}
            </div>
            {members.map((entry) => (
              <Option key={entry.id} entry={entry} isActive={entry === active} run={run} />
            ))}
          </div>
        ))}
      </div>
    </dialog>
  );
}

interface OptionProps {
  entry: PaletteEntry;
  isActive: boolean;
  /** Presses the element of the page with this selector. */
  run: (selector: string) => void;
}

function Option({ entry, isActive, run }: OptionProps) {
  const same = { id: entry.id, role: 'option', 'aria-selected': isActive, tabIndex: -1, className: OPTION };
  const content = (
    <>
      <bdi className="min-w-0 truncate">{entry.label}</bdi>
      {entry.detail ? (
        <bdi className="ml-auto min-w-0 shrink-[2] truncate text-xs text-muted">{entry.detail}</bdi>
      ) : null}
    </>
  );
  if ('href' in entry) {
    return (
      <a href={entry.href} {...same}>
        {content}
      </a>
    );
  }
  return (
    <button type="button" onClick={() => run(entry.presses)} {...same}>
      {content}
    </button>
  );
}

/** The user's pastes and contacts for a text, a pause after it was typed. */
function useResults(text: string, { isMember, words }: PaletteSetup): PaletteResults {
  const [results, setResults] = useState(NOTHING);
  const sought = isMember ? text.trim() : '';

  useEffect(() => {
    if (sought === '') {
      setResults(NOTHING);
      return;
    }
    let isLatest = true;
    const pause = setTimeout(async () => {
      const found = await searchPaletteAction(sought).catch(() => ({
        ...NOTHING,
        problem: words.unreachable,
      }));
      if (isLatest) setResults(found);
    }, PAUSE_MS);
    return () => {
      isLatest = false;
      clearTimeout(pause);
    };
  }, [sought, words.unreachable]);

  return results;
}
