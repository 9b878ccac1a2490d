import { writeFile } from 'node:fs/promises';
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;

interface Image {
  width: number;
  height: number;
  /** Bytes of a pixel: red, green, blue and perhaps alpha. */
  depth: number;
  pixels: Buffer;
}

/** Writes a screenshot with 256 colours; each other becomes the one nearest to it. */
export async function reducePalette(png: Buffer, file: string): Promise<void> {
  const { width, height, depth, pixels } = decode(png);
  const counts = new Map<number, number>();
  const colours = new Uint32Array(width * height);
  for (let at = 0; at < colours.length; at += 1) {
    const colour = pixels.readUIntBE(at * depth, 3);
    colours[at] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = choosePalette([...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour));
  const indices = new Map(palette.map((colour, index) => [colour, index]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < colours.length; at += 1) {
    const colour = colours[at] ?? 0;
    let index = indices.get(colour);
    if (index === undefined) {
      index = nearest(palette, colour);
      indices.set(colour, index);
    }
    rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = index;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const table = Buffer.alloc(palette.length * 3);
  palette.forEach((colour, index) => {
    table.writeUIntBE(colour, index * 3, 3);
  });
  const parts = [
    chunk('IHDR', header),
    chunk('PLTE', table),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ];
  await writeFile(file, Buffer.concat([SIGNATURE, ...parts]));
}

/** The most frequent first, but none that is hardly to be told from one already chosen. */
function choosePalette(colours: readonly number[]): number[] {
  for (let apart = 0; ; apart += 4) {
    const chosen: number[] = [];
    for (const colour of colours) {
      if (chosen.every((other) => distance(colour, other) > apart * apart)) chosen.push(colour);
      if (chosen.length > COLOURS) break;
    }
    if (chosen.length <= COLOURS) return chosen;
  }
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  palette.forEach((other, index) => {
    if (distance(other, colour) < distance(palette[best] ?? 0, colour)) best = index;
  });
  return best;
}

function distance(one: number, other: number): number {
  const red = (one >> 16) - (other >> 16);
  const green = ((one >> 8) & 255) - ((other >> 8) & 255);
  const blue = (one & 255) - (other & 255);
  return red * red + green * green + blue * blue;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** Of PNG only what Chromium writes: eight bits, colours without a palette, not interlaced. */
function decode(png: Buffer): Image {
  const data: Buffer[] = [];
  let [width, height, depth] = [0, 0, 0];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      width = body.readUInt32BE(0);
      height = body.readUInt32BE(4);
      depth = body[9] === 6 ? 4 : 3;
    } else if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * depth;
  const pixels = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row += 1) unfilter({ raw, pixels, row, stride, depth });
  return { width, height, depth, pixels };
}

interface Row {
  raw: Buffer;
  pixels: Buffer;
  row: number;
  stride: number;
  depth: number;
}

function unfilter({ raw, pixels, row, stride, depth }: Row): void {
  const filter = raw[row * (stride + 1)];
  const from = row * (stride + 1) + 1;
  const into = row * stride;
  for (let at = 0; at < stride; at += 1) {
    const left = at < depth ? 0 : (pixels[into + at - depth] ?? 0);
    const up = row === 0 ? 0 : (pixels[into + at - stride] ?? 0);
    const corner = at < depth || row === 0 ? 0 : (pixels[into + at - stride - depth] ?? 0);
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0;
    pixels[into + at] = (raw[from + at] ?? 0) + guess;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
