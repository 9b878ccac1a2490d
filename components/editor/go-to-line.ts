/** Selects a line of a text field, counted from 1, and brings it into view. */
export function goToLine(field: HTMLTextAreaElement, line: number): void {
  const { value } = field;
  let start = 0;
  for (let at = 1; at < line; at += 1) start = value.indexOf('\n', start) + 1 || value.length;
  const end = value.indexOf('\n', start);
  field.setSelectionRange(start, end < 0 ? value.length : end);
  field.focus();
  const lines = value.split('\n').length;
  field.scrollTop = ((line - 1) / lines) * field.scrollHeight - field.clientHeight / 2;
}
