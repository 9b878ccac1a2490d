import type { MetadataRoute } from 'next';
import { readSettings } from '@/components/request/current-settings';
import { PALETTE } from '@/components/ui/palette';
import { setting } from '@/lib/core/settings/stored-settings';

export const dynamic = 'force-dynamic';

export default async function manifest(): Promise<MetadataRoute.Manifest> {
  await readSettings();
  const name = setting('instance_name');
  return {
    name,
    short_name: name,
    id: '/',
    start_url: '/',
    display: 'standalone',
    background_color: PALETTE.light.paper,
    theme_color: PALETTE.light.paper,
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/apple-icon.png', sizes: '180x180', type: 'image/png' },
    ],
    // The service worker keeps it for the composer; without it lib/api/routes/composer.ts does what it can.
    share_target: {
      action: '/api/shared',
      method: 'post',
      enctype: 'multipart/form-data',
      params: {
        title: 'title',
        text: 'text',
        url: 'url',
        files: [
          { name: 'files', accept: ['text/*', 'application/json', '.md', '.log', '.csv', '.yaml', '.toml'] },
        ],
      },
    },
  };
}
