'use client';

import { Button } from '@/components/ui/button';
import { useFormState } from '@/components/ui/server-form';

export function ShareButton({ label }: { label: string }) {
  const { isBusy } = useFormState();
  return (
    <Button type="submit" variant="primary" size="lg" aria-busy={isBusy} className="self-start max-sm:w-full">
      {label}
    </Button>
  );
}
