'use client';

import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { PALETTE_LOOK, type TypedAhead } from '@/components/layout/aids/palette';
import { askJson, type JsonAnswer } from '@/components/ui/ask-json';
import { useLookup } from '@/components/ui/use-lookup';
import { paletteMessages } from '@/lib/core/i18n/palette-messages';
import {
  entryToOpen,
  groupEntries,
  type PaletteEntry,
  type PaletteResults,
  type PaletteSetup,
} from './palette-entries';

const NOTHING: PaletteResults = { pastes: [], contacts: [] };
const OPTION =
  'flex min-h-9 w-full items-center gap-3 touch:min-h-11 rounded-sm px-3 py-1.5 text-left aria-selected:bg-wash aria-selected:text-accent hover:bg-wash';

interface PaletteProps {
  /** Typed before the palette was there. */
  typed: TypedAhead;
  /** When it was closed, and the focus is where it was. */
  onClose: () => void;
}

/** Searches and commands in a modal dialog: a combobox over a list, after the pattern of WAI-ARIA. */
export function Palette({ typed, onClose }: PaletteProps) {
  const words = paletteMessages();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState(typed.text);
  const [chosen, setChosen] = useState<string | null>(null);
  /** Whether Enter was pressed before there was something to open. */
  const [isEntered, setIsEntered] = useState(typed.isEntered);
  const { setup, problem } = useSetup(words.unreachable);
  const sought = setup?.isMember ? text.trim() : '';
  const answer = useLookup(sought, (q) =>
    askJson<PaletteResults>(`/me/palette/search?${new URLSearchParams({ q })}`),
  );
  const results = answer && 'value' in answer ? answer.value : NOTHING;
  const isSettled = setup !== null && (sought === '' || answer !== undefined);
  const groups = setup ? groupEntries(text, { ...setup, words }, results) : [];
  const entries = groups.flatMap((group) => group.entries);
  const active = entries.find(({ id }) => id === chosen) ?? entries[0];
  const target = entryToOpen(groups, { chosen, isSettled })?.id ?? null;
  const refusal = answer && 'sentence' in answer ? (answer.sentence ?? words.unreachable) : '';
  const fault = problem || refusal;

  // Before the next key is pressed.
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);

  useEffect(() => {
    if (isEntered && target !== null) document.getElementById(target)?.click();
  }, [isEntered, target]);

  function move(step: number) {
    if (!active) return;
    const next = entries.at((entries.indexOf(active) + step) % entries.length) ?? active;
    setChosen(next.id);
    setIsEntered(false);
    document.getElementById(next.id)?.scrollIntoView({ block: 'nearest' });
  }

  function press(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    if (key === 'ArrowDown') move(1);
    else if (key === 'ArrowUp') move(-1);
    else if (key === 'Enter') setIsEntered(true);
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
      className={PALETTE_LOOK.dialog}
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
        className={PALETTE_LOOK.field}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(null);
          setIsEntered(false);
        }}
        onKeyDown={press}
      />
      {fault === '' ? null : (
        <p role="alert" className={PALETTE_LOOK.fault}>
          {fault}
        </p>
      )}
      <p role="status" className="px-4 text-sm text-muted not-empty:pt-3">
        {fault === '' && entries.length === 0 ? words[isSettled ? 'nothingFound' : 'loading'] : ''}
      </p>
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

/** What there is before anything is typed; null while it loads, and where it cannot be loaded. */
function useSetup(unreachable: string): { setup: PaletteSetup | null; problem: string } {
  const [answer, setAnswer] = useState<JsonAnswer<PaletteSetup> | null>(null);

  useEffect(() => {
    void askJson<PaletteSetup>('/me/palette').then(setAnswer);
  }, []);

  if (answer === null) return { setup: null, problem: '' };
  if ('value' in answer) return { setup: answer.value, problem: '' };
  return { setup: null, problem: answer.sentence ?? unreachable };
}
