import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawAvatar } from './avatar-drawing';

const ADA = '0198d1a2-7c3e-7b5f-8a11-4f2c9d3e6b70';

describe('drawAvatar', () => {
  it('draws the same for the same id in any notation', () => {
    expect(drawAvatar(ADA)).toBe(drawAvatar(ADA));
    expect(drawAvatar(ADA.toUpperCase())).toBe(drawAvatar(ADA));
  });

  it('mostly draws differently for different ids', () => {
    const drawn = new Set(Array.from({ length: 100 }, () => drawAvatar(randomUUID())));
    expect(drawn.size).toBeGreaterThan(60);
  });

  it('draws only shapes', () => {
    for (let at = 0; at < 300; at += 1) {
      const svg = drawAvatar(randomUUID());
      const elements = new Set(Array.from(svg.matchAll(/<([a-zA-Z]+)/g), ([, name]) => name));
      expect(
        [...elements].filter((name) => !['svg', 'g', 'rect', 'path', 'circle'].includes(name ?? '')),
      ).toEqual([]);
      expect(svg).not.toMatch(/style=|href|url\(|NaN|undefined|Infinity|\bon\w+=/);
      expect(svg.length).toBeLessThan(4_000);
    }
  });

  it('has at least two colours at icon size', async () => {
    for (let at = 0; at < 30; at += 1) {
      const svg = Buffer.from(drawAvatar(randomUUID()));
      const { width, height } = await sharp(svg).metadata();
      expect([width, height]).toEqual([256, 256]);
      const { channels } = await sharp(await sharp(svg).resize(24, 24).png().toBuffer()).stats();
      expect(Math.max(...channels.slice(0, 3).map(({ stdev }) => stdev))).toBeGreaterThan(15);
    }
  });
});
