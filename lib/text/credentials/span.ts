/** A part of a text, in UTF-16 code units; `to` is the first one after it. */
export interface Span {
  from: number;
  to: number;
}
