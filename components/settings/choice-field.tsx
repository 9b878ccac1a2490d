import { ChoiceButtons, type ChoiceButtonsProps } from '@/components/ui/choice-buttons';

export interface ChoiceFieldProps extends Omit<ChoiceButtonsProps, 'className'> {
  legend: string;
  hint?: string;
}

export function ChoiceField({ legend, hint, ...choice }: ChoiceFieldProps) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className="inline-flex max-w-full flex-wrap gap-1 rounded-md border border-edge bg-raised p-1">
        <ChoiceButtons {...choice} className="px-3 text-sm" />
      </div>
      {hint === undefined ? null : <p className="mt-1.5 text-xs text-muted">{hint}</p>}
    </fieldset>
  );
}
