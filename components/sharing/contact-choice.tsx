'use client';

import { useFormState } from '@/components/actions/server-form';
import type { ChoosableContact } from './choosable-contacts';
import { contactField } from './contact-field';

/** A checkbox for each contact; after a failed post without JavaScript they keep their state. */
export function ContactChoice({ label, contacts }: { label: string; contacts: readonly ChoosableContact[] }) {
  const { state } = useFormState();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <ul className="max-h-[264px] overflow-y-auto overscroll-contain rounded-md border border-edge bg-raised py-1">
        {contacts.map(({ id, name, email, isChosen }) => (
          <li key={id}>
            <label className="flex min-h-9 items-center gap-2.5 px-3 py-1.5 hover:bg-wash has-checked:bg-wash touch:min-h-11">
              <input
                type="checkbox"
                name={contactField(id)}
                defaultChecked={state.outcome === 'error' ? contactField(id) in state.values : isChosen}
                className="size-4 shrink-0 accent-accent"
              />
              <span className="min-w-0 leading-snug [overflow-wrap:anywhere]">
                <bdi className="mr-1 text-sm">{name}</bdi> <span className="text-xs text-muted">{email}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
