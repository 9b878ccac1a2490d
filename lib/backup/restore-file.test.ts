import { readFile, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { createTarPacker, type TarHeader, unpackTar } from 'modern-tar';
import { beforeEach, describe, expect, it } from 'vitest';
import { useInstances } from '@/test/backup-instances';
import { fillTables } from '@/test/fill-tables';
// By which vitest.config.ts knows that these tests need the database.
import '@/test/test-env';
import { newBlobKey } from '../storage/blob-key';
import { bodyName, ENTRIES_PER_SUM, HEADER, rowsName } from './format';

const instances = useInstances();

beforeEach(() => fillTables(instances.source.client, instances.source.store));

describe('a file', () => {
  beforeEach(() => instances.backUp());

  it('of a newer release is refused', async () => {
    const earlier = instances.migrations.slice(0, -1);
    await instances.expectRefusal(/^The backup is of a newer release of Sheaf \(1\.2\.3, migration/, {
      migrations: earlier,
    });
  });

  it('of another format is refused', async () => {
    await instances.rewrite((contents) => {
      contents.set(HEADER, Buffer.from(String(contents.get(HEADER)).replace('"format": 1', '"format": 2')));
    });
    await instances.expectRefusal(/^The backup has format 2, and this release reads format 1\./);
  });

  it('with an unknown table is refused', async () => {
    await instances.rewrite((contents, manifest) => {
      manifest.tables.passwords = { columns: ['id'], rows: 1 };
      contents.set(rowsName('passwords', 1), Buffer.from('{"id":"1"}\n'));
    });
    await instances.expectRefusal(/^The backup has a table that this release does not know: "passwords"\./);
  });

  it('with other columns is refused', async () => {
    await instances.rewrite((_, { tables }) => tables.users?.columns.push('password'));
    await instances.expectRefusal(/^The backup does not have the columns of the table users/);
  });

  it('with other rows than its manifest says is refused', async () => {
    await instances.rewrite((contents) => contents.delete(rowsName('contacts', 1)));
    await instances.expectRefusal(/^The backup is damaged: its manifest does not describe its contacts\.$/);
  });

  it('with a body that its manifest does not count is refused', async () => {
    await instances.rewrite((contents) => contents.set(bodyName(newBlobKey()), Buffer.from('more')));
    await instances.expectRefusal(/^The backup is damaged: its manifest does not describe its bodies\.$/);
  });

  it('with a row that the database does not accept is refused', async () => {
    const name = rowsName('users', 1);
    await instances.rewrite((contents) => {
      contents.set(name, Buffer.from(String(contents.get(name)).replace('00000000-', 'zzzzzzzz-')));
    });
    await instances.expectRefusal(/^The database does not accept rows\/users\/000001\.ndjson: invalid input/);
  });

  it('with a row that names a missing one is refused', async () => {
    await instances.rewrite((contents, { tables }) => {
      contents.delete(rowsName('users', 1));
      if (tables.users) tables.users.rows = 0;
    });
    await instances.expectRefusal(/^The backup is damaged: rows of \w+ name rows that it does not have\.$/);
  });

  it.each<[string, TarHeader]>([
    ['a symbolic link', { name: bodyName(newBlobKey()), size: 0, type: 'symlink', linkname: '/etc/passwd' }],
    ['a link', { name: HEADER, size: 0, type: 'link', linkname: 'x' }],
    ['a name with ..', { name: '../../etc/cron.d/x', size: 1 }],
    ['an absolute name', { name: '/etc/passwd', size: 1 }],
    ['a long name', { name: `rows/${'x'.repeat(300)}/000001.ndjson`, size: 1 }],
    ['attributes', { name: HEADER, size: 1, pax: { comment: 'x' } }],
    ['a huge length', { name: HEADER, size: 8_000_000_000 }],
  ])('that begins with %s is refused', async (_, header) => {
    const { readable, controller } = createTarPacker();
    controller.add(header);
    const beginning: Uint8Array[] = [];
    const reader = readable.getReader();
    // The name of a long entry, and attributes, are blocks before its own.
    do beginning.push((await reader.read()).value ?? new Uint8Array());
    while (beginning.length < (header.pax || header.name.length > 200 ? 4 : 1));
    await writeFile(instances.file, Buffer.concat([...beginning, Buffer.alloc(200_000, 'x')]));
    await instances.expectRefusal(/not a backup|damaged/);
  });

  it('with more entries than one list of checksums names is refused at the next entry', async () => {
    const { readable, controller } = createTarPacker();
    const packed = buffer(readable);
    const [header] = await unpackTar(await readFile(instances.file));
    const names = [HEADER, ...Array.from({ length: ENTRIES_PER_SUM }, () => bodyName(newBlobKey()))];
    for (const name of names) {
      const data = (name === HEADER && header?.data) || new Uint8Array();
      const writer = controller.add({ name, size: data.length }).getWriter();
      await writer.write(data);
      await writer.close();
    }
    controller.finalize();
    await writeFile(instances.file, await packed);
    const last = names.at(-1);
    await instances.expectRefusal(new RegExp(`^This is not a backup of Sheaf: "${last}" is not expected`));
  });

  it('that is no backup is refused', async () => {
    for (const content of ['', 'text', 'x'.repeat(5_000), Buffer.alloc(5_000)]) {
      await writeFile(instances.file, content);
      await instances.expectRefusal(/not a backup|cut off/);
    }
    await expect(instances.restore({ source: { file: '/none/x.tar', identities: null } })).rejects.toThrow(
      '/none/x.tar does not exist.',
    );
  });
});
