'use client';

import { useFormState } from '@/components/actions/server-form';
import { Button } from '@/components/ui/button';
import type { ButtonVariants } from '@/components/ui/button-variants';

interface SubmitButtonProps extends ButtonVariants {
  label: string;
  className?: string;
}

/** The one button of a form; without a `className` it is as wide as the fields. */
export function SubmitButton({ label, variant = 'primary', className = 'w-full' }: SubmitButtonProps) {
  const { isBusy } = useFormState();
  return (
    <Button type="submit" variant={variant} size="lg" aria-busy={isBusy} className={className}>
      {label}
    </Button>
  );
}
