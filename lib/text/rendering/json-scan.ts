export interface JsonToken {
  readonly kind: 'open' | 'close' | 'key' | 'string' | 'literal';
  /** As written; of an opening bracket that one character. */
  readonly text: string;
}

const SPACE = /[\s,:]*/y;
const LITERAL = /[^\s,:[\]{}"]+/y;

/** The tokens of a text that is known to be JSON, without commas and colons. */
export function* scanJson(text: string): Generator<JsonToken> {
  for (let at = skip(text, 0); at < text.length; at = skip(text, at)) {
    const character = text[at] ?? '';
    if (character === '{' || character === '[') yield { kind: 'open', text: character };
    if (character === '}' || character === ']') yield { kind: 'close', text: character };
    if ('{}[]'.includes(character)) {
      at++;
    } else if (character === '"') {
      const end = endOfString(text, at);
      const isKey = text[skipSpace(text, end)] === ':';
      yield { kind: isKey ? 'key' : 'string', text: text.slice(at, end) };
      at = end;
    } else {
      LITERAL.lastIndex = at;
      const literal = LITERAL.exec(text)?.[0] ?? character;
      yield { kind: 'literal', text: literal };
      at += literal.length;
    }
  }
}

function skip(text: string, from: number): number {
  SPACE.lastIndex = from;
  SPACE.test(text);
  return SPACE.lastIndex;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) return at + 1;
  }
  return text.length;
}
