/** The folder with exports of other programs. */
export const ADDRESS_BOOKS = 'e2e/support/address-books';

export const csv = (content: string | Buffer, name = 'contacts.csv') => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(content),
});
