import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { replaceMarks } from './insert-bytes';
import { MarkReplacer } from './mark-replacer';

const [SNOW, STARS] = ['❄'.repeat(50), '★'.repeat(30)].map((text) => Buffer.from(text)) as [Buffer, Buffer];

/** A page with two marks, and what it is after they were replaced. */
function preparePage() {
  const replacer = new MarkReplacer();
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
      const written = cut(page, size).flatMap((chunk) => replacer.push(chunk));
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

async function respond(listener: RequestListener, method = 'GET'): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    return await (await fetch(`http://127.0.0.1:${port}/`, { method })).text();
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
});
