import { paletteMessages } from '@/lib/core/i18n/palette-messages';
import { watchPaletteKey } from './palette-key';

export const PALETTE_LOOK = {
  dialog: 'palette rounded-md border border-edge bg-raised text-ink',
  field: 'h-12 w-full rounded-t-md border-b border-hair bg-transparent px-4 -outline-offset-2',
  fault: 'px-4 pt-3 text-sm text-danger',
};

/** What was typed while the palette loaded. */
export interface TypedAhead {
  text: string;
  /** Whether Enter was pressed after it. */
  isEntered: boolean;
}

export interface PaletteModule {
  openPalette: (typed: TypedAhead) => void;
}

/**
 * Opens the palette at its key. Its script is loaded at the first use; until then a field takes what is typed, and
 * says so if the script cannot be loaded.
 */
export function watchPalette(load: () => Promise<PaletteModule>, signal?: AbortSignal): void {
  let loaded: PaletteModule | null = null;

  async function loadFirst(): Promise<void> {
    const waiting = showField();
    try {
      loaded = await load();
    } catch {
      waiting.fail();
      return;
    }
    const typed = waiting.end();
    if (typed) loaded.openPalette(typed);
  }

  watchPaletteKey(() => {
    if (document.querySelector('dialog[open]')) return;
    if (loaded) loaded.openPalette({ text: '', isEntered: false });
    else void loadFirst();
  }, signal);
}

interface WaitingField {
  /** Says that the palette cannot be loaded. */
  fail: () => void;
  /** Removes the field. @returns null if it was closed before */
  end: () => TypedAhead | null;
}

/** A dialog with the field of the palette only. */
function showField(): WaitingField {
  const { label, unreachable } = paletteMessages();
  const dialog = document.createElement('dialog');
  dialog.className = PALETTE_LOOK.dialog;
  dialog.setAttribute('aria-label', label);
  const field = document.createElement('input');
  field.className = PALETTE_LOOK.field;
  field.setAttribute('aria-label', label);
  field.placeholder = label;
  field.autocomplete = 'off';
  field.spellcheck = false;
  field.maxLength = 200;
  const fault = document.createElement('p');
  fault.setAttribute('role', 'alert');
  dialog.append(field, fault);

  let isEntered = false;
  field.addEventListener('input', () => {
    isEntered = false;
  });
  field.addEventListener('keydown', ({ key, isComposing }) => {
    if (key === 'Enter' && !isComposing) isEntered = true;
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();

  return {
    fail() {
      fault.className = `${PALETTE_LOOK.fault} pb-3`;
      fault.textContent = unreachable;
    },
    end() {
      if (!dialog.open) return null;
      // Gives the focus back, so that the palette finds it where it was.
      dialog.close();
      return { text: field.value, isEntered };
    },
  };
}
