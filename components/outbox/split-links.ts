export interface TextPart {
  /** Where in the text it begins. */
  start: number;
  text: string;
  isLink: boolean;
}

/** The web addresses of a text, and the text between them. */
export function splitLinks(text: string): TextPart[] {
  let start = 0;
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => {
      const found = { start, text: part, isLink: index % 2 === 1 };
      start += part.length;
      return found;
    })
    .filter((part) => part.text !== '');
}
