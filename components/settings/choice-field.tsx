export interface ChoiceFieldProps {
  name: string;
  legend: string;
  hint?: string;
  choices: readonly { value: string; label: string; lang?: string }[];
  chosen: string;
}

/** A few alternatives, each a button that submits the form. */
export function ChoiceField({ name, legend, hint, choices, chosen }: ChoiceFieldProps) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className="inline-flex max-w-full flex-wrap gap-1 rounded-md border border-edge bg-raised p-1">
        {choices.map(({ value, label, lang }) => (
          <button
            key={value}
            type="submit"
            name={name}
            value={value}
            lang={lang}
            aria-pressed={value === chosen}
            className="h-8 rounded-sm px-3 text-sm text-muted hover:text-ink aria-pressed:bg-wash aria-pressed:font-medium aria-pressed:text-accent"
          >
            {label}
          </button>
        ))}
      </div>
      {hint === undefined ? null : <p className="mt-1.5 text-xs text-muted">{hint}</p>}
    </fieldset>
  );
}
