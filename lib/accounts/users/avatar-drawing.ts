import { createHash } from 'node:crypto';

interface Palette {
  ground: string;
  main: string;
  second: string;
  light: string;
}

/** The next choice derived from the user's id: an integer from 0 to `count`, exclusive. */
type Pick = (count: number) => number;

const PALETTES: readonly Palette[] = [
  { ground: '#0f6b5c', main: '#f6ead2', second: '#e6a855', light: '#7fd0bd' },
  { ground: '#ecdfc4', main: '#0f6b5c', second: '#c2643c', light: '#fbf6ea' },
  { ground: '#b4553a', main: '#fae6cd', second: '#f0b27a', light: '#5d2418' },
  { ground: '#dba548', main: '#0b4f44', second: '#fbf0d6', light: '#8f4f1f' },
  { ground: '#a9c8b8', main: '#0b574b', second: '#fbf6ea', light: '#bf5f3b' },
  { ground: '#123d37', main: '#5fc6b0', second: '#e9d6ae', light: '#d9804f' },
  { ground: '#e8bfa6', main: '#8c3b2a', second: '#0f6b5c', light: '#fdf1e4' },
  { ground: '#5a3434', main: '#eec3a4', second: '#dba548', light: '#f8ebd8' },
  { ground: '#2b5763', main: '#f3e4c6', second: '#e08e5b', light: '#8fc7c0' },
  { ground: '#d5c7ac', main: '#5f4028', second: '#0f6b5c', light: '#fbf6ea' },
];

const MOTIFS = [drawRosette, drawSheaf, drawArches, drawStar, drawBranch, drawSheets];

/**
 * The default avatar of a user: an SVG picture, always the same for the same id. It reveals only the id,
 * contains no text, script or style, and refers to nothing outside itself. Everything important is within the
 * circle inscribed in the square.
 */
export function drawAvatar(userId: string): string {
  const pick = choicesOf(userId);
  const chosen = pickFrom(PALETTES, pick);
  const isSwapped = pick(2) === 1;
  const palette = isSwapped ? { ...chosen, main: chosen.second, second: chosen.main } : chosen;
  const draw = pickFrom(MOTIFS, pick);
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="256" height="256">',
    `<rect width="64" height="64" fill="${palette.ground}"/>`,
    draw(palette, pick),
    '</svg>',
  ].join('');
}

function choicesOf(userId: string): Pick {
  const digest = createHash('sha256').update(`avatar:${userId.toLowerCase()}`).digest();
  let at = 0;
  return (count) => {
    const choice = digest.readUInt16BE(at % (digest.length - 1)) % count;
    at += 2;
    return choice;
  };
}

function pickFrom<T>(items: readonly T[], pick: Pick): T {
  const item = items[pick(items.length)];
  if (item === undefined) throw new RangeError('Nothing to pick from');
  return item;
}

/** Two rings of petals around a center, like a seal. */
function drawRosette({ main, second, light }: Palette, pick: Pick): string {
  const count = 5 + pick(4);
  const step = 360 / count;
  const turn = pick(2) * (step / 2);
  const width = (pick(2) === 0 ? 62 : 48) / count;
  const outer = ring(count, turn, (angle) => petal({ length: 25, width, fill: main, angle }));
  const inner = ring(count, turn + step / 2, (angle) =>
    petal({ length: 15, width: width * 0.62, fill: second, angle }),
  );
  return `<g transform="translate(32 32)">${outer}${inner}<circle r="3.6" fill="${light}"/></g>`;
}

/** A bound sheaf: blades that spread above the band that holds them, and below it. */
function drawSheaf({ main, second, light }: Palette, pick: Pick): string {
  const pairs = 2 + pick(2);
  const spread = (47 + pick(3) * 6) / pairs;
  const blades: string[] = [];
  for (let at = pairs; at >= 0; at -= 1) {
    const fill = at % 2 === 0 ? main : second;
    const length = 35 - at * 2.5;
    for (const angle of at === 0 ? [0] : [-at * spread, at * spread]) {
      blades.push(petal({ length, width: pairs === 2 ? 6.4 : 5, fill, angle }));
      blades.push(petal({ length: 13, width: 3.4, fill, angle: 180 + angle * 0.7 }));
    }
  }
  const band = `<rect x="-6.5" y="-2.4" width="13" height="4.8" rx="2.4" fill="${light}"/>`;
  return `<g transform="translate(32 43)">${blades.join('')}${band}</g>`;
}

/** Arches inside each other, and the door they lead to; or, upside down, a nest of bowls. */
function drawArches({ main, second, light }: Palette, pick: Pick): string {
  const door = ['<circle cy="7.6" r="6" fill="', '<path d="M-6 13.6V0A6 6 0 0 1 6 0V13.6Z" fill="'][pick(2)];
  const turn = pick(3) === 0 ? 180 : 0;
  return `<g transform="translate(32 32) rotate(${turn}) translate(0 4.4)">${arch(20, main)}${arch(12.6, second)}${door}${light}"/></g>`;
}

function arch(radius: number, color: string): string {
  return `<path d="M${-radius} 13.6V0A${radius} ${radius} 0 0 1 ${radius} 0V13.6" fill="none" stroke="${color}" stroke-width="4.6"/>`;
}

/** A star of folded paper, each ray with a bright and a shaded side. */
function drawStar({ main, second, light }: Palette, pick: Pick): string {
  const count = 4 + pick(4);
  const waist = 8.5 + pick(3) * 1.5;
  const turn = pick(2) * (180 / count);
  const x = round(Math.sin(Math.PI / count) * waist);
  const y = round(-Math.cos(Math.PI / count) * waist);
  const ray = (angle: number) =>
    `<g transform="rotate(${round(angle)})"><path d="M0 0L${-x} ${y}L0 -27Z" fill="${main}"/><path d="M0 0L${x} ${y}L0 -27Z" fill="${second}"/></g>`;
  const shadow = (angle: number) =>
    `<path d="M0 0L${-x} ${y}L0 -20L${x} ${y}Z" fill="${light}" transform="rotate(${round(angle)})"/>`;
  const behind = ring(count, turn + 180 / count, shadow);
  const front = ring(count, turn, ray);
  return `<g transform="translate(32 32)">${behind}${front}</g>`;
}

/** A twig with leaves on both sides. */
function drawBranch({ main, second, light }: Palette, pick: Pick): string {
  const pairs = 2 + pick(2);
  const gap = pairs === 2 ? 14 : 10.5;
  const size = pairs === 2 ? { length: 20, width: 8 } : { length: 17.5, width: 6 };
  const tilt = (pick(5) - 2) * 14;
  const leaves: string[] = [];
  for (let at = 0; at < pairs; at += 1) {
    const y = round(17 - at * gap);
    leaves.push(
      `<g transform="translate(0 ${y})">${petal({ ...size, fill: main, angle: -54 })}${petal({ ...size, fill: second, angle: 54 })}</g>`,
    );
  }
  const top = round(17 - (pairs - 1) * gap - 4);
  const tip = `<g transform="translate(0 ${top})">${petal({ ...size, fill: light, angle: 0 })}</g>`;
  const stem = `<path d="M0 25V${top}" stroke="${light}" stroke-width="2.4" stroke-linecap="round"/>`;
  return `<g transform="rotate(${tilt} 32 32) translate(32 32)">${stem}${leaves.join('')}${tip}</g>`;
}

/** Three sheets of paper, fanned out, the topmost ruled. */
function drawSheets({ ground, main, second, light }: Palette, pick: Pick): string {
  const fan = 14 + pick(3) * 5;
  const lean = (pick(3) - 1) * 8;
  const sheet = (angle: number, fill: string) =>
    `<rect x="-12" y="-35" width="24" height="34" rx="1.8" fill="${fill}" transform="rotate(${angle})"/>`;
  const lines = [15, 9 + pick(3) * 3, 12].map(
    (length, at) => `<path d="M-7.5 ${-27 + at * 7.5}H${-7.5 + length}"/>`,
  );
  const ruled = `<g stroke="${ground}" stroke-width="2.4" stroke-linecap="round" transform="rotate(${lean})">${lines.join('')}</g>`;
  return `<g transform="translate(32 51)">${sheet(lean - fan, second)}${sheet(lean + fan, light)}${sheet(lean, main)}${ruled}</g>`;
}

function ring(count: number, turn: number, draw: (angle: number) => string): string {
  return Array.from({ length: count }, (_, at) => draw(turn + (at * 360) / count)).join('');
}

/** A pointed petal that grows upwards from the origin; `width` is about half its breadth. */
function petal(shape: { length: number; width: number; fill: string; angle: number }): string {
  const { length, fill } = shape;
  const width = round(shape.width);
  const low = round(-length * 0.3);
  const high = round(-length * 0.78);
  return `<path d="M0 0C${width} ${low} ${width} ${high} 0 ${-length}C${-width} ${high} ${-width} ${low} 0 0Z" fill="${fill}" transform="rotate(${round(shape.angle)})"/>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
