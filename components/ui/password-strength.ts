import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

export type StrengthLevel = 1 | 2 | 3 | 4;

let factory: ZxcvbnFactory | undefined;

/** How easily a password is guessed, from 1 (at once) to 4. Large: load it only when it is needed. */
export function measureStrength(password: string, known: readonly string[]): StrengthLevel {
  factory ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const { score } = factory.check(password, [...known]);
  return score === 0 ? 1 : score;
}
