/** Set by the browser; `on` or `off` for every file, else prose alone wraps. */
export const WRAP_COOKIE = 'sheaf_wrap';

export type WrapChoice = 'on' | 'off' | undefined;

export function readWrapChoice(text: string | undefined): WrapChoice {
  return text === 'on' || text === 'off' ? text : undefined;
}
