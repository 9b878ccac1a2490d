const MAX_LENGTH = 300;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced here
const CONTROL = /(?!\r?\n|\t)[\u0000-\u001f\u007f-\u009f]/g;
const SYMBOLS = 0x2400;
const DELETE = 0x7f;

/** Text of a server or a file for a message: one line of limited length, without control characters. */
export function printable(text: string): string {
  const shown = text.slice(0, MAX_LENGTH + 1).replace(/[\p{C}\u2028\u2029]/gu, '\ufffd');
  return shown.length > MAX_LENGTH ? `${shown.slice(0, MAX_LENGTH)}…` : shown;
}

/** A text as a terminal may show it: control characters become symbols, so that none is obeyed. */
export function withoutControls(text: string): string {
  return text.replace(CONTROL, (character) => {
    const code = character.charCodeAt(0);
    if (code === DELETE) return '\u2421';
    return code < DELETE ? String.fromCharCode(SYMBOLS + code) : '\ufffd';
  });
}
