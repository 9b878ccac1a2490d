'use client';

import { useFormState } from '@/components/actions/server-form';

/** What a form carries along; given back, it is as it was posted. */
export function HiddenField({ name, value }: { name: string; value: string }) {
  const { state } = useFormState();
  return <input type="hidden" name={name} value={state.values[name] ?? value} />;
}
