import { Socket as UdpSocket } from 'node:dgram';
import { Socket } from 'node:net';
import { ImageResponse } from 'next/og';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type PreviewFonts, previewFonts } from './preview-fonts';
import { drawPreview, PREVIEW_SIZE } from './preview-image';
import { previewText } from './preview-text';

const BRAND = { instance: 'Sheaf', accent: '#0f6b5c' };

// No request to a third party: every connection of this process is rejected and counted.
const connect = vi.spyOn(Socket.prototype, 'connect').mockImplementation(() => {
  throw new Error('outgoing connections are rejected here');
});
const send = vi.spyOn(UdpSocket.prototype, 'send').mockImplementation(() => {
  throw new Error('outgoing datagrams are rejected here');
});
const realFetch = globalThis.fetch;
const asked: string[] = [];
vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
  // The renderer has its layout engine in a data URL.
  if (String(input).startsWith('data:')) return realFetch(input, init);
  asked.push(String(input));
  throw new Error('outgoing requests are rejected here');
});

const LAST_CODE_POINT = 0x10ffff;
const SURROGATES = [0xd800, 0xdfff] as const;
const PER_IMAGE = 100;
const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

let fonts: PreviewFonts;

beforeAll(async () => {
  fonts = await previewFonts();
});

afterAll(() => vi.restoreAllMocks());

async function draw(title: string): Promise<void> {
  const element = drawPreview({ shown: { title, language: 'Plain text' }, fonts, ...BRAND });
  const image = new ImageResponse(element, { ...PREVIEW_SIZE, fonts: fonts.fonts });
  const bytes = Buffer.from(await image.arrayBuffer());
  expect(bytes.subarray(0, 8)).toEqual(PNG_SIGNATURE);
}

function expectNothingAsked(): void {
  expect(connect).not.toHaveBeenCalled();
  expect(send).not.toHaveBeenCalled();
  expect(asked).toEqual([]);
}

it('makes no request for a glyph of any code point of Unicode', async () => {
  const outcomes = new Set<string>();
  const blockSamples: string[] = [];
  for (let code = 0; code <= LAST_CODE_POINT; code += 1) {
    if (code >= SURROGATES[0] && code <= SURROGATES[1]) continue;
    const letter = String.fromCodePoint(code);
    // With a letter beside it, so that the text is not replaced by the picture for an empty title.
    for (const shown of previewText(`x${letter}`, fonts.coverage)) outcomes.add(shown);
    if (code % 128 === 1 && code < 0x20000) blockSamples.push(letter);
  }
  const titles = [...inChunks([...outcomes]), ...inChunks(blockSamples)];
  expect(outcomes.size).toBeGreaterThan(500);
  for (const title of titles) await draw(title);
  expectNothingAsked();
}, 120_000);

it.each([
  ['the five characters of the report', 'Ѐ Ѝ ѐ ѝ ‛'],
  ['emoji', '😀 ☺ ☺️ ❤️ © ® ™ ℹ️ 1️⃣ #️⃣ ⌚ ▶ 🀄'],
  ['skin tones, families and flags', '👍🏽 👨‍👩‍👧‍👦 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇫🇷 🇺'],
  ['combining marks', `e\u0301 a${'\u0300\u0323'.repeat(200)} Z͑ͫ̓ͪ̂ͫ`],
  ['right-to-left', 'مرحبا بالعالم שלום עולם \u202egnp\u202c \u2067אבג\u2069'],
  ['East Asian', '日本語のタイトル 한국어 中文標題 ㍿ ｶﾅ Ｆｕｌｌ'],
  ['Indic and others', 'हिन्दी বাংলা தமிழ் ไทย ქართული አማርኛ ᏣᎳᎩ ᠮᠣᠩᠭᠣᠯ'],
  ['mathematics and ligatures', '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ﬁ ½ ∑ ≠ → ⠿ █'],
  ['lone surrogates, controls and private use', '\ud83d x \ude00 \u0000\u0007\ufffe\ue000\u{f0000}'],
  ['separators and joiners', 'a\u2028b\u2029c\u200bd\u2060e\ufefff\u00adg\u3164h\u180e'],
])('makes no request when a title has %s', async (_what, title) => {
  await draw(title);
  expectNothingAsked();
});

it('detects a request', async () => {
  const claimed = { ...fonts, coverage: new Set([0x400]) };
  const element = drawPreview({ shown: { title: '\u0400', language: '' }, fonts: claimed, ...BRAND });
  await new ImageResponse(element, { ...PREVIEW_SIZE, fonts: fonts.fonts }).arrayBuffer();
  expect(asked.splice(0)).not.toEqual([]);
});

it.each([
  ['Ѐ Ѝ ѐ ѝ ‛', 'Е И е и …'],
  ['отчёт — draft №3', 'отчёт — draft №3'],
  ['Ελληνικά, Tiếng Việt, čeština', 'Ελληνικά, Tiếng Việt, čeština'],
  ['日本語 report 👩‍💻', '… report …'],
  ['ﬁn\u0301 \u202etxt', 'fiń txt'],
  ['日本語', ''],
])('shows the title %j as %j', (title, shown) => {
  expect(previewText(title, fonts.coverage)).toBe(shown);
});

function inChunks(letters: string[]): string[] {
  const chunks: string[] = [];
  for (let at = 0; at < letters.length; at += PER_IMAGE)
    chunks.push(letters.slice(at, at + PER_IMAGE).join(''));
  return chunks;
}
