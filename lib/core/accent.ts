import { type Colour, contrast, fromOklch, type Oklch, toOklch } from './colour';

/** The colours of `app/theme.css` that follow from the accent. */
interface Shades {
  /** Text, and the ground of buttons. */
  accent: Colour;
  /** The same under the pointer. */
  'accent-strong': Colour;
  /** Text on buttons. */
  'accent-ink': Colour;
  /** The ground of marked lines. */
  wash: Colour;
  /** The ground of selected text. */
  selection: Colour;
}

export interface AccentShades {
  light: Shades;
  dark: Shades;
}

/** As WCAG 2.2 asks for text (1.4.3). */
export const MIN_CONTRAST = 4.5;
export const PAPER = { light: '#fbfaf7', dark: '#141413' } as const;

/** Where no accent is set. */
export const DEFAULT_SHADES: AccentShades = {
  light: {
    accent: '#0f6b5c',
    'accent-strong': '#0b574b',
    'accent-ink': '#ffffff',
    wash: '#edf4f0',
    selection: '#cfe6df',
  },
  dark: {
    accent: '#5fc6b0',
    'accent-strong': '#7ad6c2',
    'accent-ink': '#0c1f1b',
    wash: '#182420',
    selection: '#2a4a43',
  },
};

/** What is wrong with an accent: that it is no `#rrggbb`, or that text in it is too pale on the light page. */
export function accentFault(text: string): 'form' | 'contrast' | null {
  if (!/^#[\da-f]{6}$/.test(text)) return 'form';
  return contrast(text, PAPER.light) < MIN_CONTRAST ? 'contrast' : null;
}

/**
 * The shades for an accent without fault, or those of Sheaf. The light theme has the accent itself, the dark one the
 * same hue at the lightness of Sheaf's own.
 */
export function accentShades(accent: Colour | null): AccentShades {
  if (accent === null) return DEFAULT_SHADES;
  const { light, dark } = DEFAULT_SHADES;
  const { hue, chroma, lightness } = toOklch(accent);
  const onDark = (like: Colour) => fromOklch({ lightness: toOklch(like).lightness, chroma, hue });
  const shade = (like: Colour) => {
    const model = toOklch(like);
    // The shades of a grey are greys.
    return fromOklch({ lightness: model.lightness, chroma: Math.min(chroma, model.chroma), hue });
  };
  return {
    light: {
      accent,
      'accent-strong': fromOklch({ lightness: Math.max(0, lightness - 0.07), chroma, hue }),
      'accent-ink': light['accent-ink'],
      wash: readableGround(toOklch(shade(light.wash)), accent),
      selection: shade(light.selection),
    },
    dark: {
      accent: onDark(dark.accent),
      'accent-strong': onDark(dark['accent-strong']),
      'accent-ink': shade(dark['accent-ink']),
      wash: shade(dark.wash),
      selection: shade(dark.selection),
    },
  };
}

/** The ground, lighter where text in this colour would be too pale on it. */
function readableGround(ground: Oklch, text: Colour): Colour {
  const paper = toOklch(PAPER.light).lightness;
  let { lightness } = ground;
  while (lightness < paper && contrast(fromOklch({ ...ground, lightness }), text) < MIN_CONTRAST) {
    lightness += 0.005;
  }
  const colour = fromOklch({ ...ground, lightness });
  return contrast(colour, text) < MIN_CONTRAST ? PAPER.light : colour;
}

/** The rule that puts these shades in place of those of `app/theme.css`, wherever it is in the page. */
export function accentStyle(accent: Colour): string {
  const { light, dark } = accentShades(accent);
  const names = Object.keys(light) as (keyof Shades)[];
  const values = names.map((name) => `--${name}:light-dark(${light[name]},${dark[name]})`);
  return `:root:root{${values.join(';')}}`;
}
