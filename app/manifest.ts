import type { MetadataRoute } from 'next';
import { PALETTE } from '@/components/ui/palette';

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Sheaf',
    short_name: 'Sheaf',
    start_url: '/',
    display: 'standalone',
    background_color: PALETTE.light.paper,
    theme_color: PALETTE.light.paper,
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/apple-icon.png', sizes: '180x180', type: 'image/png' },
    ],
  };
}
