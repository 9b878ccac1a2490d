'use client';

import { useFormState } from '@/components/actions/server-form';
import { Button } from '@/components/ui/button';
import type { ButtonVariants } from '@/components/ui/button-variants';

/** The one button of a narrow form, as wide as its fields. */
export function SubmitButton({ label, variant = 'primary' }: { label: string } & ButtonVariants) {
  const { isBusy } = useFormState();
  return (
    <Button type="submit" variant={variant} size="lg" aria-busy={isBusy} className="w-full">
      {label}
    </Button>
  );
}
