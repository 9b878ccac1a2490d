import 'server-only';
import pLimit from 'p-limit';
import type { Sharp } from 'sharp';
import { AppError } from '../../core/errors';
import { perProcess } from '../../core/per-process';

export const MAX_AVATAR_BYTES = 4 * 1024 * 1024;
/** Width and height of the stored picture. */
export const AVATAR_SIZE = 256;

const MAX_PIXELS = 40_000_000;
/** An interlaced picture is held in memory as a whole, and may have thousands of passes. */
const MAX_INTERLACED_PIXELS = 24_000_000;
const DECODE_WITHIN_SECONDS = 5;
const MAX_DECODES = 2;
const MAX_WAITING = 16;
const QUALITY = 82;

type Open = (bytes: Uint8Array, limitInputPixels: number) => Sharp;

// Each decode takes memory and a thread.
const decodes = perProcess('avatar-decodes', () => pLimit(MAX_DECODES));
const decoder = perProcess('avatar-decoder', loadDecoder);

/**
 * Encodes the middle square of a JPEG, PNG or WebP picture as an upright WebP of `AVATAR_SIZE` without
 * metadata; of an animation, the first frame.
 * @throws AppError unsupported_media_type, too_large, validation_failed (`image`), and rate_limited when too
 * many pictures are waiting
 */
export async function encodeAvatar(bytes: Uint8Array): Promise<Buffer> {
  if (bytes.length > MAX_AVATAR_BYTES) {
    throw new AppError('too_large', {
      detail: 'A picture may be 4 MiB at most.',
      fields: [{ path: 'image', message: 'image_too_large' }],
    });
  }
  if (!isKnownPicture(bytes)) {
    throw new AppError('unsupported_media_type', {
      detail: 'A picture must be a JPEG, a PNG or a WebP.',
      fields: [{ path: 'image', message: 'image_type_unknown' }],
    });
  }
  if (decodes.get().pendingCount >= MAX_WAITING) throw new AppError('rate_limited', { retryAfter: 5 });
  return await decodes.get()(() => reencode(bytes));
}

function isKnownPicture(bytes: Uint8Array): boolean {
  const hex = Buffer.from(bytes.subarray(0, 12)).toString('hex');
  return /^(ffd8ff|89504e470d0a1a0a|52494646.{8}57454250$)/.test(hex);
}

async function reencode(bytes: Uint8Array): Promise<Buffer> {
  // Once: the set-up blocks decoders for a moment, which would fail a decode in progress.
  const open = await decoder.get().catch((error: unknown) => {
    decoder.clear();
    throw error;
  });
  try {
    const { width, height, isProgressive } = await open(bytes, Number.MAX_SAFE_INTEGER).metadata();
    const limit = isProgressive ? MAX_INTERLACED_PIXELS : MAX_PIXELS;
    if (width * height > limit) throw imageError('image_too_many_pixels');
    return await open(bytes, limit)
      .timeout({ seconds: DECODE_WITHIN_SECONDS })
      .autoOrient()
      .resize(AVATAR_SIZE, AVATAR_SIZE, { fit: 'cover', position: 'centre' })
      .webp({ quality: QUALITY })
      .toBuffer();
  } catch (error) {
    // The decoder depends on nothing but the picture, so any error is due to the picture.
    throw error instanceof AppError ? error : imageError('image_unreadable', error);
  }
}

function imageError(message: string, cause?: unknown): AppError {
  return new AppError('validation_failed', { fields: [{ path: 'image', message }], cause });
}

/** Loaded on first use: it is native code that most processes never need. */
async function loadDecoder(): Promise<Open> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpegBuffer',
      'VipsForeignLoadPngBuffer',
      'VipsForeignLoadWebpBuffer',
      // Blocking applies to the whole process, where preview images are drawn from our own SVG.
      'VipsForeignLoadSvgBuffer',
    ],
  });
  return (bytes, limitInputPixels) =>
    sharp(bytes, { limitInputPixels, failOn: 'error', sequentialRead: true, animated: false });
}
