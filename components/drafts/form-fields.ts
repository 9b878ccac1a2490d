/** The text of each field, as it would be posted; a box that is not ticked has none. */
export type Fields = Record<string, string>;

/** All fields but those that the framework adds, and `except`. */
export function readFields(form: HTMLFormElement, except: string): Fields {
  const fields: Fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && !name.startsWith('$') && name !== except) fields[name] = value;
  }
  return fields;
}

export function applyFields(form: HTMLFormElement, fields: Fields, except: string): void {
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) continue;
    if (field.name === '' || field.name.startsWith('$') || field.name === except) continue;
    if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = field.name in fields;
    else field.value = fields[field.name] ?? '';
  }
}

export function isSameFields(one: Fields, other: Fields): boolean {
  const names = [...Object.keys(one), ...Object.keys(other)];
  return names.every((name) => asField(one[name]) === asField(other[name]));
}

function asField(text = ''): string {
  return text.replace(/\r\n?/g, '\n');
}
