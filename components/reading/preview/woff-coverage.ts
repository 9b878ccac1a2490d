import { inflateSync } from 'node:zlib';

const SIGNATURE = 0x774f4646;
const HEADER_BYTES = 44;
const ENTRY_BYTES = 20;
const CMAP = 0x636d6170;
const SEGMENTS = 4;
const GROUPS = 12;

/**
 * The code points that a WOFF 1.0 font has a glyph for, from its `cmap` table.
 * @throws Error when the file is not such a font
 */
export function readWoffCoverage(font: Buffer): number[] {
  const cmap = readCmapTable(font);
  const covered: number[] = [];
  for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
    const subtable = cmap.subarray(cmap.readUInt32BE(4 + i * 8 + 4));
    const format = subtable.readUInt16BE(0);
    if (format === SEGMENTS) covered.push(...readSegments(subtable));
    else if (format === GROUPS) covered.push(...readGroups(subtable));
  }
  return covered;
}

function readCmapTable(font: Buffer): Buffer {
  if (font.readUInt32BE(0) !== SIGNATURE) throw new Error('This is not a WOFF 1.0 font.');
  for (let i = 0; i < font.readUInt16BE(12); i += 1) {
    const entry = HEADER_BYTES + i * ENTRY_BYTES;
    if (font.readUInt32BE(entry) !== CMAP) continue;
    const offset = font.readUInt32BE(entry + 4);
    const compressed = font.readUInt32BE(entry + 8);
    const stored = font.subarray(offset, offset + compressed);
    return compressed === font.readUInt32BE(entry + 12) ? stored : inflateSync(stored);
  }
  throw new Error('The font has no cmap table.');
}

/** Format 4: segments of the Basic Multilingual Plane, some of whose glyph ids may be 0, which is no glyph. */
function readSegments(table: Buffer): number[] {
  const doubleCount = table.readUInt16BE(6);
  const covered: number[] = [];
  for (let i = 0; i < doubleCount; i += 2) {
    const end = table.readUInt16BE(14 + i);
    const start = table.readUInt16BE(16 + doubleCount + i);
    const delta = table.readUInt16BE(16 + 2 * doubleCount + i);
    const rangeAt = 16 + 3 * doubleCount + i;
    const range = table.readUInt16BE(rangeAt);
    for (let code = start; code <= end && code < 0xffff; code += 1) {
      const listed = range === 0 ? code : table.readUInt16BE(rangeAt + range + 2 * (code - start));
      const glyph = range !== 0 && listed === 0 ? 0 : (listed + delta) & 0xffff;
      if (glyph !== 0) covered.push(code);
    }
  }
  return covered;
}

/** Format 12: groups of consecutive code points with consecutive glyphs. */
function readGroups(table: Buffer): number[] {
  const covered: number[] = [];
  for (let i = 0; i < table.readUInt32BE(12); i += 1) {
    const [start, end, glyph] = [0, 4, 8].map((part) => table.readUInt32BE(16 + i * 12 + part));
    for (let code = start ?? 0; code <= (end ?? -1); code += 1) {
      if ((glyph ?? 0) + code - (start ?? 0) !== 0) covered.push(code);
    }
  }
  return covered;
}
