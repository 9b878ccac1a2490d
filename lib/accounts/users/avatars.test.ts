import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { prisma } from '../../core/prisma';
import { blobStore } from '../../storage/blob-store';
import { removeQueuedBlobs } from '../../storage/removal';
import { avatarUrl } from './avatar-url';
import { findAvatar, queueAvatarRemoval, removeAvatar, setAvatar } from './avatars';

useTestDatabase();

afterEach(() => vi.restoreAllMocks());

let people = 0;

function addUser() {
  people += 1;
  return prisma().user.create({
    data: { email: `user${people}@example.com`, username: `user${people}` },
    select: { id: true, image: true },
  });
}

function readUser(id: string) {
  return prisma().user.findUniqueOrThrow({ where: { id }, select: { id: true, image: true } });
}

function picture(background = '#0f6b5c'): Promise<Buffer> {
  return sharp({ create: { width: 20, height: 20, channels: 3, background } })
    .png()
    .toBuffer();
}

async function imageOf(id: string): Promise<string> {
  return (await readUser(id)).image ?? 'none';
}

async function blobKeys(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of blobStore().list()) keys.push(key);
  return keys;
}

function versionIn(url: string): string {
  return url.split('/').at(-1) ?? '';
}

describe('avatarUrl', () => {
  it('is that of the default avatar until one is uploaded', async () => {
    const user = await addUser();
    expect(avatarUrl(user)).toBe(`http://localhost:3000/api/avatars/${user.id}/drawn`);
  });

  it('identifies the picture without revealing its key', async () => {
    const { id } = await addUser();
    const url = await setAvatar(id, await picture());
    const user = await readUser(id);
    expect(url).toBe(avatarUrl(user));
    expect(versionIn(url)).toMatch(/^[0-9a-f]{16}$/);
    expect(user.image).not.toContain(versionIn(url));
  });
});

describe('setAvatar', () => {
  it('stores a WebP that is found under its version only', async () => {
    const { id } = await addUser();
    const version = versionIn(await setAvatar(id, await picture()));
    const found = await findAvatar(id, version);
    expect((await sharp(found ?? Buffer.alloc(0)).metadata()).format).toBe('webp');
    expect(await findAvatar(id, 'drawn')).toBeNull();
    expect(await findAvatar(id, '0'.repeat(16))).toBeNull();
    expect(await findAvatar((await addUser()).id, version)).toBeNull();
    expect(await findAvatar(randomUUID(), version)).toBeNull();
  });

  it('replaces the previous one: the URL changes, and its blob is removed', async () => {
    const { id } = await addUser();
    const first = await setAvatar(id, await picture());
    const old = await imageOf(id);
    const second = await setAvatar(id, await picture());
    expect(second).not.toBe(first);
    expect(await findAvatar(id, versionIn(first))).toBeNull();
    expect(await findAvatar(id, versionIn(second))).not.toBeNull();
    expect(await blobKeys()).not.toContain(old);
    expect(await prisma().blobDeletion.count()).toBe(0);
  });

  it('changes nothing if the picture is rejected', async () => {
    const { id } = await addUser();
    const url = await setAvatar(id, await picture());
    const before = await blobKeys();
    await expect(setAvatar(id, Buffer.from('<svg/>'))).rejects.toMatchObject({
      code: 'unsupported_media_type',
    });
    expect(avatarUrl(await readUser(id))).toBe(url);
    expect((await blobKeys()).sort()).toEqual(before.sort());
  });

  it('leaves exactly one blob after concurrent uploads', async () => {
    const { id } = await addUser();
    const before = new Set(await blobKeys());
    const given = await Promise.all(['red', 'green', 'blue', 'white', 'black', 'grey'].map(picture));
    const urls = await Promise.all(given.map((bytes) => setAvatar(id, bytes)));
    expect(new Set(urls).size).toBe(given.length);
    expect((await blobKeys()).filter((key) => !before.has(key))).toEqual([await imageOf(id)]);
    expect(await prisma().blobDeletion.count()).toBe(0);
  });

  it('leaves the previous blob to the sweep if the store fails to remove it', async () => {
    const { id } = await addUser();
    await setAvatar(id, await picture());
    const old = await imageOf(id);
    vi.spyOn(blobStore(), 'delete').mockRejectedValueOnce(new Error('not now'));
    const url = await setAvatar(id, await picture());
    expect(await findAvatar(id, versionIn(url))).not.toBeNull();
    expect(await blobKeys()).toContain(old);
    expect(await removeQueuedBlobs()).toBe(1);
    expect(await blobKeys()).not.toContain(old);
  });

  it('fails for a user who was deleted while the picture was read', async () => {
    await expect(setAvatar(randomUUID(), await picture())).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

describe('findAvatar', () => {
  it('does not mistake a lost picture for one that never existed', async () => {
    const { id } = await addUser();
    const version = versionIn(await setAvatar(id, await picture()));
    await blobStore().delete([await imageOf(id)]);
    await expect(findAvatar(id, version)).rejects.toMatchObject({ code: 'storage_unavailable' });
  });
});

describe('removeAvatar', () => {
  it('restores the default avatar, also when repeated', async () => {
    const { id } = await addUser();
    const version = versionIn(await setAvatar(id, await picture()));
    const key = await imageOf(id);
    await removeAvatar(id);
    await removeAvatar(id);
    expect(versionIn(avatarUrl(await readUser(id)))).toBe('drawn');
    expect(await findAvatar(id, version)).toBeNull();
    expect(await blobKeys()).not.toContain(key);
  });
});

describe('queueAvatarRemoval', () => {
  it('is part of the caller’s transaction', async () => {
    const { id } = await addUser();
    await setAvatar(id, await picture());
    const key = await imageOf(id);
    const undone = prisma().$transaction(async (tx) => {
      await queueAvatarRemoval(tx, id);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await imageOf(id)).toBe(key);
    expect(await prisma().blobDeletion.count()).toBe(0);

    const queued = await prisma().$transaction(async (tx) => {
      const taken = await queueAvatarRemoval(tx, id);
      await tx.user.delete({ where: { id } });
      return taken;
    });
    expect(queued).toBe(key);
    await removeQueuedBlobs([key]);
    expect(await blobKeys()).not.toContain(key);
  });

  it('queues nothing without an avatar or for an unknown user', async () => {
    const { id } = await addUser();
    for (const userId of [id, randomUUID()]) {
      expect(await prisma().$transaction((tx) => queueAvatarRemoval(tx, userId))).toBeNull();
    }
    expect(await prisma().blobDeletion.count()).toBe(0);
  });
});
