'use client';

import { useFormState } from '@/components/actions/server-form';
import { Button } from '@/components/ui/button';

export function ShareButton({ label }: { label: string }) {
  const { isBusy } = useFormState();
  return (
    <Button type="submit" variant="primary" size="lg" aria-busy={isBusy} className="self-start max-sm:w-full">
      {label}
    </Button>
  );
}
