'use client';

import { useFormState } from '@/components/actions/server-form';

/** A hidden field; after an error it keeps the posted value. */
export function HiddenField({ name, value }: { name: string; value: string }) {
  const { state } = useFormState();
  return <input type="hidden" name={name} value={state.values[name] ?? value} />;
}
