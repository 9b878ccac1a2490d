'use client';

import { useFormState } from '@/components/actions/server-form';
import type { ChoosablePerson } from './choosable-people';
import { contactField } from './share-fields';

/** Boxes to tick; posted by the browser itself and refused, they are as they were left. */
export function PeopleChoice({ label, people }: { label: string; people: readonly ChoosablePerson[] }) {
  const { state } = useFormState();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-[14px] font-medium">{label}</legend>
      <ul className="max-h-[264px] overflow-y-auto overscroll-contain rounded-md border border-edge bg-raised py-1">
        {people.map(({ id, name, email, isChosen }) => (
          <li key={id}>
            <label className="flex min-h-9 items-center gap-2.5 px-3 py-1.5 hover:bg-wash has-checked:bg-wash max-sm:min-h-11">
              <input
                type="checkbox"
                name={contactField(id)}
                defaultChecked={state.outcome === 'refused' ? contactField(id) in state.values : isChosen}
                className="size-4 shrink-0 accent-accent"
              />
              <span className="min-w-0 leading-snug [overflow-wrap:anywhere]">
                <bdi className="mr-1 text-[14.5px]">{name}</bdi>{' '}
                <span className="text-[13px] text-muted">{email}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
