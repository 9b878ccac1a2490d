import { type OpenApiDocument, resolveReference, type Schema } from './openapi-document';

/** Chances that come out alike for the same seed. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.roll() < probability;
  }

  below(count: number): number {
    return Math.floor(this.roll() * count);
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)];
    if (one === undefined && list.length === 0) throw new Error('There is nothing to pick from.');
    return one as T;
  }
}

export const ODD_TEXTS = [
  '',
  ' ',
  '0',
  'null',
  'a\0b',
  '\ud800',
  '\u202eabc',
  '\ufeff',
  '👨‍👩‍👧‍👦',
  'é'.repeat(50),
  '../../etc/passwd',
  '%00',
  '%2e%2e',
  "' or 1=1 --",
  '<script>alert(1)</script>',
  '{{7*7}}',
  '\r\nX-Injected: 1',
  '__proto__',
  'constructor',
  'toString',
  '-1',
  '1e309',
  'NaN',
  '9'.repeat(40),
  'x'.repeat(1_001),
  'x'.repeat(5_000),
];

const ODD_VALUES: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  1e308,
  '',
  'x',
  [],
  [[]],
  [null],
  {},
  { $gt: '' },
  { toString: 'x' },
  { length: 1 },
];

/** Values that a property of this name plausibly has. */
export type Plausible = Readonly<Record<string, ((dice: Dice) => string) | undefined>>;

export interface ValueMaker {
  document: OpenApiDocument;
  dice: Dice;
  plausible: Plausible;
}

/** A value of the schema, mostly: at its bounds, and now and then just past them. */
export function makeValue(maker: ValueMaker, given: Schema, name = ''): unknown {
  const { document, dice } = maker;
  const schema = resolveReference(document, given);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return dice.pick(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return makeValue(maker, dice.pick(choices), name);
  switch (dice.pick([schema.type ?? 'string'].flat())) {
    case 'object':
      return makeObject(maker, schema);
    case 'array':
      return makeArray(maker, schema, name);
    case 'integer':
    case 'number':
      return makeNumber(dice, schema);
    case 'boolean':
      return dice.chance(0.5);
    case 'null':
      return null;
    default:
      return makeText(maker, schema, name);
  }
}

function makeObject(maker: ValueMaker, { properties = {}, required = [] }: Schema): Record<string, unknown> {
  // A read-only property has one valid value, which is not known here.
  const present = Object.entries(properties).filter(
    ([name, { readOnly }]) => required.includes(name) || maker.dice.chance(readOnly ? 0.02 : 0.35),
  );
  return Object.fromEntries(present.map(([name, schema]) => [name, makeValue(maker, schema, name)]));
}

function makeArray(maker: ValueMaker, { items = {}, minItems = 0, maxItems = 3 }: Schema, name: string) {
  const { dice } = maker;
  const few = minItems + dice.below(Math.max(1, Math.min(maxItems, 3) - minItems + 1));
  const length = dice.chance(0.05) ? dice.pick([0, minItems, maxItems, maxItems + 1]) : few;
  return Array.from({ length }, () => makeValue(maker, items, name));
}

function makeNumber(dice: Dice, { minimum = 0, maximum = 100, default: usual = minimum }: Schema): unknown {
  if (dice.chance(0.7)) return dice.pick([usual, minimum, minimum + 1, maximum]);
  return dice.pick([minimum - 1, maximum + 1, 0, -1, 1.5, 2 ** 31, 2 ** 53, 1e300]);
}

function makeText({ dice, plausible }: ValueMaker, schema: Schema, name: string): string {
  const { minLength = 0, maxLength = 200, example, default: usual } = schema;
  if (dice.chance(0.8)) {
    const known = plausible[name];
    return known ? known(dice) : String(example ?? usual ?? `word ${dice.below(1_000)}`);
  }
  if (dice.chance(0.5)) return dice.pick(ODD_TEXTS);
  const length = dice.pick([minLength, Math.max(0, minLength - 1), maxLength, maxLength + 1]);
  return 'x'.repeat(length);
}

/** The value with one part made invalid. */
export function breakValue(dice: Dice, value: unknown): unknown {
  if (Array.isArray(value) && value.length > 0 && dice.chance(0.7)) {
    const at = dice.below(value.length);
    return value.map((item: unknown, index) => (index === at ? breakValue(dice, item) : item));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || dice.chance(0.1)) {
    return dice.pick(ODD_VALUES);
  }
  const entries = Object.entries(value);
  const [name, inner] = entries.length > 0 ? dice.pick(entries) : ['', undefined];
  if (dice.chance(0.2)) return { ...value, [dice.pick(['unknown', 'role', 'constructor', 'id'])]: 'x' };
  if (dice.chance(0.2)) return Object.fromEntries(entries.filter(([other]) => other !== name));
  return { ...value, [name]: breakValue(dice, inner) };
}
