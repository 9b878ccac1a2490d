import { expect } from './fixtures';
import { ContactsPage } from './pages/contacts-page';
import { expectCommonHeaders } from './support/checks';
import { ADDRESS_BOOKS, csv } from './support/contact-files';
import { test } from './support/member';
import { query } from './support/storage';

for (const format of ['vcf', 'csv'] as const) {
  test(`an export as ${format} is imported unchanged`, async ({ api, context, newMember, page, sheaf }) => {
    const { id } = await newMember(context);
    const contacts = new ContactsPage(page);
    await contacts.import(`${ADDRESS_BOOKS}/google.csv`);
    await contacts.expectReport({ added: 2 });
    await contacts.import(csv('First name,Last name\n=1+1,"@SUM(A1)"\nЁжик,\n'));
    await contacts.expectReport({ added: 2 });
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const answer = await api.get(`/contacts/export.${format}`, { cookie });
    expect(answer.status).toBe(200);
    expectCommonHeaders(answer);
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename=sheaf-contacts-[\d-]+\.(vcf|csv)$/,
    );
    const buffer = answer.bytes;
    if (format === 'csv') {
      expect(buffer.subarray(0, 3)).toEqual(Buffer.from('\uFEFF'));
      expect(buffer.toString()).toContain("'=1+1,'@SUM(A1)");
      expect(buffer.toString()).toContain("'+442079460958");
    }
    const contents =
      'select first_name, last_name, email, phone, birthday, info, favorite from contacts where owner_id = $1::uuid order by sort_name';
    const before = await query(sheaf.databaseUrl, contents, [id]);
    await query(sheaf.databaseUrl, 'delete from contacts where owner_id = $1::uuid', [id]);
    for (const figures of [{ added: 4 }, { existed: 4 }]) {
      await contacts.import({ name: `export.${format}`, mimeType: 'text/plain', buffer });
      await contacts.expectReport(figures);
      expect(await query(sheaf.databaseUrl, contents, [id])).toEqual(before);
    }
  });
}
