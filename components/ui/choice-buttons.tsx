export interface ChoiceButtonsProps {
  name: string;
  choices: readonly { value: string; label: string; lang?: string }[];
  chosen: string;
  className: string;
}

/** A few alternatives, each a button that submits the form. */
export function ChoiceButtons({ name, choices, chosen, className }: ChoiceButtonsProps) {
  return choices.map(({ value, label, lang }) => (
    <button
      key={value}
      type="submit"
      name={name}
      value={value}
      lang={lang}
      aria-pressed={value === chosen}
      className={`h-8 rounded-sm text-muted hover:text-ink aria-pressed:bg-wash aria-pressed:font-medium aria-pressed:text-accent ${className}`}
    >
      {label}
    </button>
  ));
}
