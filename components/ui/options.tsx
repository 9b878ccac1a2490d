interface OptionsProps<T extends string | number> {
  values: readonly T[];
  label: (value: T) => string;
}

/** The options of a `select`. */
export function Options<T extends string | number>({ values, label }: OptionsProps<T>) {
  return values.map((value) => (
    <option key={value} value={value}>
      {label(value)}
    </option>
  ));
}
