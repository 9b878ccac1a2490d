import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { replaceMarks } from './insert-bytes';
import { type LateBytes, MarkReplacer } from './mark-replacer';

const [SNOW, STARS] = ['❄'.repeat(50), '★'.repeat(30)].map((text) => Buffer.from(text)) as [Buffer, Buffer];

/** A page with two marks, and what it is after they were replaced. */
function preparePage() {
  const replacer = new MarkReplacer<LateBytes>();
  const [snow, stars] = [replacer.add(SNOW), replacer.add(STARS)];
  const page = `<p>é ${snow}</p><!--sheaf-none--><<!<!--${stars}<!-- end <!--sheaf-`;
  const expected = `<p>é ${SNOW}</p><!--sheaf-none--><<!<!--${STARS}<!-- end <!--sheaf-`;
  return { replacer, page: Buffer.from(page), expected };
}

function cut(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

describe('marks in a stream', () => {
  it('are replaced wherever the stream is cut', () => {
    for (let size = 1; size <= preparePage().page.length; size += 1) {
      const { replacer, page, expected } = preparePage();
      const written = cut(page, size).flatMap((chunk) => replacer.push(chunk) as Uint8Array[]);
      expect(Buffer.concat([...written, replacer.flush()]).toString()).toBe(expected);
    }
  });

  it('are replaced once, by the same bytes and not a copy', () => {
    const replacer = new MarkReplacer();
    const mark = replacer.add(SNOW);
    expect(replacer.push(Buffer.from(mark))[0]).toBe(SNOW);
    expect(Buffer.concat(replacer.push(Buffer.from(mark))).toString()).toBe(mark);
  });
});

function respond(listener: RequestListener, method = 'GET'): Promise<string> {
  return withServer(listener, async (url) => (await fetch(url, { method })).text());
}

async function withServer<T>(listener: RequestListener, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    return await use(`http://127.0.0.1:${port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('marks in a response', () => {
  it('are replaced in what is written, whatever the form, and every callback is called', async () => {
    const { replacer, page, expected } = preparePage();
    let called = 0;
    const count = () => {
      called += 1;
    };
    const text = await respond((_, response) => {
      replaceMarks(response, replacer);
      const [first, second, third, fourth, ...rest] = cut(page, 11);
      response.write(first);
      response.write(second, count);
      response.write(third?.toString('latin1') ?? '', 'latin1', count);
      response.write(fourth?.toString() ?? '', count);
      response.end(Buffer.concat(rest), count);
    });
    expect(text).toBe(expected);
    expect(called).toBe(4);
  });

  it('are replaced in a response that only ends', async () => {
    const { replacer, page, expected } = preparePage();
    const text = await respond((_, response) => {
      replaceMarks(response, replacer);
      response.end(page.toString());
    });
    expect(text).toBe(expected);
  });

  it('send nothing for HEAD', async () => {
    const { replacer, page } = preparePage();
    const text = await respond((_, response) => {
      replaceMarks(response, replacer);
      response.write(page);
      response.end();
    }, 'HEAD');
    expect(text).toBe('');
  });

  it('are replaced by late bytes: their start at once, what follows after their rest', async () => {
    const { replacer, page, expected } = preparePage();
    const rests = [createDeferred(), createDeferred()];
    const marks = rests.map(({ promise }, index) =>
      replacer.add({ start: Buffer.from(`start ${index} `), rest: promise }),
    );
    let written = '';
    let hasEnded = false;
    await respondInParts(
      (_, response) => {
        replaceMarks(response, replacer);
        response.write(`a ${marks[0]} b `);
        response.write(Buffer.from(`c ${marks[1]} d `), () => {
          hasEnded = true;
        });
        response.end(page);
      },
      async (read) => {
        written += await read();
        expect(written).toBe('a start 0 ');
        rests[1]?.resolve(Buffer.from('rest 1'));
        rests[0]?.resolve(Buffer.from('rest 0'));
        for (let part = await read(); part !== ''; part = await read()) written += part;
      },
    );
    expect(written).toBe(`a start 0 rest 0 b c start 1 rest 1 d ${expected}`);
    expect(hasEnded).toBe(true);
  });

  it('close the connection if the rest of late bytes fails', async () => {
    const replacer = new MarkReplacer<LateBytes>();
    const rest = createDeferred();
    const mark = replacer.add({ start: Buffer.from('start'), rest: rest.promise });
    const reading = respond((_, response) => {
      replaceMarks(response, replacer);
      response.write(`a ${mark} b`);
      response.end();
      rest.reject(new Error('gone'));
    });
    await expect(reading).rejects.toThrow('terminated');
  });
});

function createDeferred() {
  let [resolve, reject] = [(_: Uint8Array) => {}, (_: Error) => {}];
  const promise = new Promise<Uint8Array>((onValue, onError) => {
    [resolve, reject] = [onValue, onError];
  });
  return { promise, resolve, reject };
}

/** @param use gets what reads the next part of the response, which is empty at its end */
async function respondInParts(
  listener: RequestListener,
  use: (read: () => Promise<string>) => Promise<void>,
): Promise<void> {
  await withServer(listener, async (url) => {
    const reader = (await fetch(url)).body?.getReader();
    await use(async () => Buffer.from((await reader?.read())?.value ?? []).toString());
  });
}
