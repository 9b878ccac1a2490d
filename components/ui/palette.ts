/** Colours of `app/theme.css` where no stylesheet applies: images, the manifest, the browser's toolbar. */
export const PALETTE = {
  light: { paper: '#fbfaf7', ink: '#1c1b19', muted: '#69655d', hair: '#e4e0d8', accent: '#0f6b5c' },
  dark: { paper: '#141413', ink: '#e9e6df', muted: '#9f9a8f', hair: '#2b2a27', accent: '#5fc6b0' },
} as const;
