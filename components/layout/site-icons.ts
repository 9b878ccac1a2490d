/** Files in `public/`. */
export const ICON = { url: '/icon.svg', sizes: 'any', type: 'image/svg+xml' } as const;
export const APPLE_ICON = { url: '/apple-icon.png', sizes: '180x180', type: 'image/png' } as const;
