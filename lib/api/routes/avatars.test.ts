import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { drawAvatar } from '../../accounts/users/avatar-drawing';
import { setAvatar } from '../../accounts/users/avatars';
import { toAppError } from '../../core/app-error';
import { AppError } from '../../core/errors';
import { prisma } from '../../core/prisma';
import { createApp } from '../context';
import { answer } from '../middleware/answer';
import { problem } from '../problem';
import { addAvatarRoutes } from './avatars';

useTestDatabase();

const app = createApp();
app.use(answer);
addAvatarRoutes(app);
app.notFound((c) => problem(c, new AppError('not_found')));
app.onError((error, c) => problem(c, toAppError(error)));

const FOREVER = 'public, max-age=31536000, immutable';

function headersOf(response: Response, names: readonly string[]): (string | null)[] {
  return names.map((name) => response.headers.get(name));
}

async function addUser(): Promise<string> {
  const data = { email: `${randomUUID()}@example.com`, username: randomUUID() };
  return (await prisma().user.create({ data, select: { id: true } })).id;
}

function picture(): Promise<Buffer> {
  return sharp({ create: { width: 20, height: 20, channels: 3, background: '#0f6b5c' } })
    .png()
    .toBuffer();
}

describe('GET /api/avatars/{uuid}/{version}', () => {
  it('draws for unknown ids too', async () => {
    for (const id of [await addUser(), randomUUID()]) {
      const response = await app.request(`/api/avatars/${id}/drawn`);
      expect(response.status).toBe(200);
      expect(headersOf(response, ['Content-Type', 'Cache-Control', 'X-Content-Type-Options'])).toEqual([
        'image/svg+xml',
        FOREVER,
        'nosniff',
      ]);
      expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
      expect(await response.text()).toBe(drawAvatar(id));
    }
  });

  it('gives the uploaded picture at the URL it was given, until there is another', async () => {
    const id = await addUser();
    const { pathname } = new URL(await setAvatar(id, await picture()));
    const response = await app.request(pathname);
    expect(response.status).toBe(200);
    expect(headersOf(response, ['Content-Type', 'Cache-Control', 'X-Content-Type-Options'])).toEqual([
      'image/webp',
      FOREVER,
      'nosniff',
    ]);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('Content-Length')).toBe(String(bytes.length));
    expect((await sharp(bytes).metadata()).width).toBe(256);

    const next = new URL(await setAvatar(id, await picture()));
    expect((await app.request(pathname)).status).toBe(404);
    expect((await app.request(next.pathname)).status).toBe(200);
  });

  it('answers anything else with one problem that is not kept', async () => {
    const id = await addUser();
    const version = new URL(await setAvatar(id, await picture())).pathname.split('/').at(-1);
    const paths = [
      `${randomUUID()}/${version}`,
      `${id}/${'0'.repeat(16)}`,
      `${id}/${version}0`,
      `${id}/%00`,
      `${await addUser()}/${version}`,
      'not-a-uuid/drawn',
      `${id}x/drawn`,
      `%27/${version}`,
      id,
    ];
    for (const path of paths) {
      const response = await app.request(`/api/avatars/${path}`);
      expect([path, response.status]).toEqual([path, 404]);
      expect(headersOf(response, ['Content-Type', 'Cache-Control'])).toEqual([
        'application/problem+json',
        'private, no-store',
      ]);
    }
  });
});
