import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Create, type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { AVATAR_SIZE, encodeAvatar, MAX_AVATAR_BYTES } from './avatar-image';

const RED = { r: 220, g: 20, b: 20 };
const GREEN = { r: 20, g: 180, b: 20 };
const BLUE = { r: 20, g: 20, b: 220 };

function plain(width: number, height: number, background: Create['background'] = RED): Sharp {
  return sharp({ create: { width, height, channels: 3, background }, limitInputPixels: false });
}

/** Squares of these colours, side by side. */
function stripe(side: number, colors: readonly (typeof RED)[]): Promise<Buffer> {
  const squares = colors.map(async (color, at) => ({
    input: await plain(side, side, color).png().toBuffer(),
    left: at * side,
    top: 0,
  }));
  return Promise.all(squares).then((inputs) =>
    plain(side * colors.length, side)
      .composite(inputs)
      .png()
      .toBuffer(),
  );
}

function noise(width: number, height: number): Sharp {
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: RED,
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });
}

async function colorAt(picture: Buffer, x: number, y: number): Promise<string> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const [r = 0, g = 0, b = 0] = data.subarray((y * info.width + x) * info.channels);
  const names: Record<string, string> = { '100': 'red', '010': 'green', '001': 'blue' };
  return names[[r, g, b].map((value) => Number(value > 128)).join('')] ?? `${r},${g},${b}`;
}

function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A few bytes that claim to be a picture of this size. */
function claimingPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(100))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

const rejection = (message: string) => ({ code: 'validation_failed', fields: [{ path: 'image', message }] });

describe('encodeAvatar', () => {
  it.each([
    ['JPEG', () => noise(50, 40).jpeg()],
    ['progressive JPEG', () => noise(50, 40).jpeg({ progressive: true })],
    ['grey JPEG', () => noise(50, 40).toColourspace('b-w').jpeg()],
    ['CMYK JPEG', () => noise(50, 40).toColourspace('cmyk').jpeg()],
    ['PNG', () => noise(400, 300).png()],
    ['PNG with a palette', () => noise(50, 40).png({ palette: true })],
    ['PNG of 16 bits', () => noise(50, 40).toColourspace('rgb16').png()],
    ['WebP', () => noise(50, 400).webp()],
    ['lossless WebP', () => noise(50, 40).ensureAlpha(0.5).webp({ lossless: true })],
    ['picture of one pixel', () => plain(1, 1).png()],
  ])('creates a square WebP from a %s', async (_name, make) => {
    const picture = await encodeAvatar(await make().toBuffer());
    const { format, width, height, pages } = await sharp(picture).metadata();
    expect({ format, width, height, pages }).toEqual({
      format: 'webp',
      width: AVATAR_SIZE,
      height: AVATAR_SIZE,
      pages: undefined,
    });
  });

  it('keeps transparency', async () => {
    const glass = { r: 20, g: 20, b: 220, alpha: 0 };
    const given = sharp({ create: { width: 9, height: 9, channels: 4, background: glass } });
    const { isOpaque } = await sharp(await encodeAvatar(await given.png().toBuffer())).stats();
    expect(isOpaque).toBe(false);
  });

  it('keeps the middle of a wide and of a tall picture', async () => {
    const wide = await stripe(40, [RED, GREEN, BLUE]);
    const tall = await sharp(wide).rotate(90).png().toBuffer();
    for (const given of [wide, tall]) {
      const picture = await encodeAvatar(given);
      for (const at of [6, 128, 249]) {
        expect([at, await colorAt(picture, at, at)]).toEqual([at, 'green']);
      }
    }
  });

  it.each([
    [1, 'red', 'blue', 'left and right'],
    [3, 'blue', 'red', 'left and right'],
    [6, 'red', 'blue', 'top and bottom'],
    [8, 'blue', 'red', 'top and bottom'],
  ])('rotates a picture of orientation %i upright', async (orientation, first, last, where) => {
    const given = sharp(await stripe(64, [RED, BLUE])).withMetadata({ orientation });
    const picture = await encodeAvatar(await given.jpeg().toBuffer());
    const isUpright = where === 'left and right';
    expect(await colorAt(picture, isUpright ? 20 : 128, isUpright ? 128 : 20)).toBe(first);
    expect(await colorAt(picture, isUpright ? 235 : 128, isUpright ? 128 : 235)).toBe(last);
  });

  it.each(['jpeg', 'png', 'webp'] as const)('removes all metadata of a %s', async (format) => {
    const given = await noise(80, 80)
      .withExif({
        IFD0: { Copyright: 'Known author', Make: 'Some camera' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret>Known author</secret></x:xmpmeta>')
      .withIccProfile('p3')
      .toFormat(format)
      .toBuffer();
    const before = await sharp(given).metadata();
    expect([before.exif, before.xmp, before.icc].every(Buffer.isBuffer)).toBe(true);
    const picture = await encodeAvatar(given);
    const { exif, xmp, icc, iptc, orientation } = await sharp(picture).metadata();
    expect({ exif, xmp, icc, iptc, orientation }).toEqual({});
    expect(picture.includes('Known author')).toBe(false);
  });

  it('uses the first frame of an animation', async () => {
    const frames = await Promise.all([GREEN, BLUE].map((color) => plain(30, 30, color).png().toBuffer()));
    const animation = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
    expect((await sharp(animation).metadata()).pages).toBe(2);
    const picture = await encodeAvatar(animation);
    expect((await sharp(picture).metadata()).pages).toBeUndefined();
    expect(await colorAt(picture, 128, 128)).toBe('green');
  });

  it.each([
    ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['GIF', () => plain(9, 9).gif().toBuffer()],
    ['TIFF', () => plain(9, 9).tiff().toBuffer()],
    ['AVIF', () => plain(9, 9).avif().toBuffer()],
    ['HTML', () => Buffer.from('<!doctype html><title>A page</title>')],
    ['RIFF that is no WebP', () => Buffer.from('RIFF\u0010\u0000\u0000\u0000WAVEfmt and more')],
    ['nothing', () => Buffer.alloc(0)],
    ['one byte', () => Buffer.from([0xff])],
  ])('rejects %s by its first bytes', async (_name, make) => {
    await expect(encodeAvatar(await make())).rejects.toMatchObject({
      code: 'unsupported_media_type',
      detail: expect.stringContaining('JPEG'),
      fields: [{ path: 'image', message: 'image_type_unknown' }],
    });
  });

  it('decodes no other format, regardless of the first bytes, except that of preview images', async () => {
    await encodeAvatar(await plain(9, 9).png().toBuffer());
    for (const given of [await plain(9, 9).gif().toBuffer(), await plain(9, 9).tiff().toBuffer()]) {
      await expect(sharp(given).metadata()).rejects.toThrow('unsupported image format');
    }
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    expect((await sharp(svg).png().toBuffer()).length).toBeGreaterThan(0);
  });

  it.each(['jpeg', 'png', 'webp'] as const)('rejects a truncated %s', async (format) => {
    const whole = await noise(300, 300).toFormat(format).toBuffer();
    for (const length of [12, 40, Math.floor(whole.length / 2), whole.length - 200]) {
      await expect(encodeAvatar(whole.subarray(0, length))).rejects.toMatchObject(
        rejection('image_unreadable'),
      );
    }
  });

  it('rejects damaged pictures, and other content after the first bytes of a picture', async () => {
    const damaged = await noise(300, 300).png().toBuffer();
    const middle = Math.floor(damaged.length / 2);
    damaged.fill(0xaa, middle, middle + 500);
    const page = Buffer.from('<!doctype html><script>1</script>');
    const starts = ['ffd8ffe0', '89504e470d0a1a0a', '524946462100000057454250'];
    const disguised = starts.map((hex) => Buffer.concat([Buffer.from(hex, 'hex'), page]));
    for (const given of [damaged, ...disguised]) {
      await expect(encodeAvatar(given)).rejects.toMatchObject(rejection('image_unreadable'));
    }
  });

  it('rejects pictures that would exhaust memory', async () => {
    const small = await plain(7_000, 6_000).png().toBuffer();
    expect(small.length).toBeLessThan(MAX_AVATAR_BYTES);
    for (const given of [claimingPng(60_000, 60_000), claimingPng(900_000, 900_000), small]) {
      await expect(encodeAvatar(given)).rejects.toMatchObject(rejection('image_too_many_pixels'));
    }
    await expect(encodeAvatar(claimingPng(0x7fffffff, 0x7fffffff))).rejects.toMatchObject(
      rejection('image_unreadable'),
    );
  });

  it('accepts fewer pixels if the picture must be held in memory as a whole', async () => {
    const flat = await plain(5_000, 5_000).jpeg().toBuffer();
    expect((await sharp(await encodeAvatar(flat)).metadata()).width).toBe(AVATAR_SIZE);
    const interlaced = [
      plain(5_000, 5_000).jpeg({ progressive: true }),
      plain(5_000, 5_000).png({ progressive: true }),
    ];
    for (const given of interlaced) {
      await expect(encodeAvatar(await given.toBuffer())).rejects.toMatchObject(
        rejection('image_too_many_pixels'),
      );
    }
  });

  it('rejects an extremely narrow picture', async () => {
    const thread = await plain(1, 200_000).png().toBuffer();
    await expect(encodeAvatar(thread)).rejects.toMatchObject(rejection('image_unreadable'));
  });

  it('accepts the maximum size, and no larger one', async () => {
    const picture = await plain(9, 9).jpeg().toBuffer();
    const padded = (length: number) => Buffer.concat([picture, Buffer.alloc(length - picture.length)]);
    for (const length of [MAX_AVATAR_BYTES - 1, MAX_AVATAR_BYTES]) {
      expect((await encodeAvatar(padded(length))).length).toBeGreaterThan(0);
    }
    await expect(encodeAvatar(padded(MAX_AVATAR_BYTES + 1))).rejects.toMatchObject({
      code: 'too_large',
      fields: [{ path: 'image', message: 'image_too_large' }],
    });
  });

  it('runs two at once, queues sixteen, rejects further ones, and recovers', async () => {
    const picture = await plain(9, 9).png().toBuffer();
    const broken = picture.subarray(0, 60);
    const given = Array.from({ length: 19 }, (_, at) => (at < 3 ? broken : picture));
    const outcomes = await Promise.allSettled(given.map(encodeAvatar));
    expect(outcomes.slice(0, 3).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
    expect(outcomes.slice(3, 18).map(({ status }) => status)).toEqual(Array(15).fill('fulfilled'));
    expect(outcomes[18]).toMatchObject({ reason: { code: 'rate_limited', retryAfter: expect.any(Number) } });
    expect((await encodeAvatar(picture)).length).toBeGreaterThan(0);
  });
});
