'use client';

import { useRef, useState } from 'react';
import { ServerForm, type ServerFormProps } from '@/components/actions/server-form';
import { Button } from '@/components/ui/button';
import type { DraftPlace, Kept } from './draft-store';
import { applyFields, type Fields, isSameFields, readFields } from './form-fields';
import { type Finding, isRestored, useDraft } from './use-draft';
import { useFormWatch } from './use-form-watch';

export interface KeptFormProps extends Omit<ServerFormProps, 'leaving' | 'autoComplete'> {
  place: DraftPlace;
  /** The field that posts which revision is changed; no part of the draft. */
  baseField: string;
  initial: Fields;
  words: Record<Finding | Kept | 'restore' | 'discard', string>;
}

/** A `ServerForm` that keeps a draft of its fields in this browser until they are saved. */
export function KeptForm({ place, baseField, initial, words, children, ...form }: KeptFormProps) {
  const element = useRef<HTMLFormElement>(null);
  const [finding, setFinding] = useState<Finding | null>(null);
  const drafts = useDraft<Fields>({
    place,
    read,
    apply: (fields) => element.current && applyFields(element.current, fields, baseField),
    onFound: setFinding,
  });
  useFormWatch(element, () => drafts.keep(read()));

  function read() {
    const draft = element.current ? readFields(element.current, baseField) : initial;
    if (isSameFields(draft, initial)) return null;
    return { draft, length: Object.values(draft).join('').length };
  }

  function discard() {
    if (element.current) applyFields(element.current, initial, baseField);
    drafts.discard();
    setFinding(null);
  }

  return (
    <ServerForm
      {...form}
      // What the browser itself would put back could be older than the draft.
      autoComplete="off"
      // Who has to sign in first finds the draft again afterwards.
      leaving={(href) => {
        if (!href.startsWith('/login')) drafts.finish();
      }}
    >
      <span
        hidden
        ref={(mark) => {
          element.current = mark?.closest('form') ?? null;
        }}
      />
      {finding === null ? null : (
        <p role="status" className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
          {words[finding]}
          <Button
            size="sm"
            variant="quiet"
            className="text-accent"
            onClick={isRestored(finding) ? discard : drafts.restore}
          >
            {isRestored(finding) ? words.discard : words.restore}
          </Button>
        </p>
      )}
      {children}
      <p className="-mt-2 min-h-4 text-xs text-muted">{drafts.kept && words[drafts.kept]}</p>
    </ServerForm>
  );
}
