import type { SyntaxNodeRef } from '@lezer/common';
import { type Tag, tagHighlighter, tags } from '@lezer/highlight';

/** Every class the markup can carry, and what it stands for: the stylesheet's contract. */
export const tokenClasses = {
  keyword: 't-k',
  string: 't-s',
  number: 't-n',
  comment: 't-c',
  function: 't-f',
  type: 't-t',
  property: 't-p',
  meta: 't-m',
  heading: 't-h',
  emphasis: 't-e',
  strong: 't-b',
  link: 't-l',
  inserted: 't-i',
  deleted: 't-d',
} as const;

const names: readonly (string | undefined)[] = Object.values(tokenClasses);

/** Finds those classes by a token's tags; for the editor as well. */
export const tokenHighlighter = tagHighlighter([
  { tag: [tags.keyword, tags.modifier, tags.self], class: tokenClasses.keyword },
  { tag: [tags.string, tags.regexp, tags.escape, tags.monospace, tags.quote], class: tokenClasses.string },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.unit, tags.color], class: tokenClasses.number },
  { tag: tags.comment, class: tokenClasses.comment },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.propertyName),
      tags.standard(tags.variableName),
      tags.macroName,
    ],
    class: tokenClasses.function,
  },
  { tag: [tags.typeName, tags.className, tags.namespace], class: tokenClasses.type },
  { tag: [tags.propertyName, tags.special(tags.variableName), tags.labelName], class: tokenClasses.property },
  { tag: [tags.meta, tags.contentSeparator, tags.changed], class: tokenClasses.meta },
  { tag: tags.heading, class: tokenClasses.heading },
  { tag: tags.emphasis, class: tokenClasses.emphasis },
  { tag: tags.strong, class: tokenClasses.strong },
  { tag: [tags.link, tags.url], class: tokenClasses.link },
  { tag: tags.inserted, class: tokenClasses.inserted },
  { tag: [tags.deleted, tags.strikethrough], class: tokenClasses.deleted },
]);

const numbers = new WeakMap<readonly Tag[], number>();
const functionNumber = names.indexOf(tokenClasses.function) + 1;
const propertyNumber = names.indexOf(tokenClasses.property) + 1;

/** The number of a class among the names, from 1 on; 0 without one. */
export function classNumber(style: { readonly tags: readonly Tag[] }, node: SyntaxNodeRef): number {
  let number = numbers.get(style.tags);
  if (number === undefined) {
    number = names.indexOf(tokenHighlighter.style(style.tags)?.split(' ').at(-1)) + 1;
    // What a stream mode calls a definition is mostly a function, and has no tag that says so.
    if (number === 0 && node.name === 'variableName.definition') number = functionNumber;
    numbers.set(style.tags, number);
  }
  // In `a.b.c` as plain as `a`: half of all properties, in the languages that are read most.
  return number === propertyNumber && node.matchContext(['MemberExpression']) ? 0 : number;
}

/** The markup that begins a class, by number. */
export const openTags: readonly string[] = ['', ...names.map((name) => `<span class="${name}">`)];
