'use client';

import { type RefObject, useLayoutEffect, useState } from 'react';
import { useHasScript } from './use-has-script';

type Typed = Pick<HTMLTextAreaElement, 'value' | 'selectionStart' | 'selectionEnd'>;

/**
 * Keeps what was typed into a text area before hydration. React sets a text area that was rendered with a text back
 * to that text (https://github.com/facebook/react/pull/26573); other fields keep their values.
 * @param id of the text area
 */
export function useKeptText(id: string, field: RefObject<HTMLTextAreaElement | null>): void {
  const isHydrating = !useHasScript();
  const [typed] = useState(() => (isHydrating ? readTyped(id) : null));

  useLayoutEffect(() => {
    const area = field.current;
    if (typed === null || area === null || area.value === typed.value) return;
    area.value = typed.value;
    area.setSelectionRange(typed.selectionStart, typed.selectionEnd);
  }, [typed, field]);
}

function readTyped(id: string): Typed | null {
  if (typeof document === 'undefined') return null;
  const area = document.getElementById(id);
  if (!(area instanceof HTMLTextAreaElement)) return null;
  const { value, selectionStart, selectionEnd } = area;
  return { value, selectionStart, selectionEnd };
}
