import { expect, it } from 'vitest';
import { contactField } from './contact-field';
import { addRecipients, type Recipient, splitAddresses, toShareForm } from './recipients';

const ID = '019aa2c4-7b5e-7c3e-9d1f-0123456789ab';

function recipient(email: string, given: Partial<Recipient> = {}): Recipient {
  return { contactId: null, name: email, email, role: 'reader', ...given };
}

it('splitAddresses takes the addresses of a list, with and without names, and leaves the rest', () => {
  expect(splitAddresses('a@example.com, "Bea B" <b@example.com>;\nc@пример.рф\td@x.org e@x.org')).toEqual({
    addresses: ['a@example.com', 'b@example.com', 'c@пример.рф', 'd@x.org', 'e@x.org'],
    rest: [],
  });
  expect(splitAddresses('ada, b@, @c.org a@b x@y.z <oops>')).toEqual({
    addresses: ['x@y.z'],
    rest: ['ada', 'b@', '@c.org', 'a@b', '<oops>'],
  });
  expect(splitAddresses(' ,;\n ')).toEqual({ addresses: [], rest: [] });
});

it('splitAddresses takes the words of a phrase together', () => {
  expect(splitAddresses('hello  wide world')).toEqual({ addresses: [], rest: ['hello wide world'] });
  expect(splitAddresses('Ada Lovelace a@x.org b@ Bea B, c d')).toEqual({
    addresses: ['a@x.org'],
    rest: ['Ada Lovelace', 'b@', 'Bea B', 'c d'],
  });
});

it('splitAddresses does not look at a text that is too long', () => {
  const text = 'a@example.com,'.repeat(3_000);
  expect(splitAddresses(text)).toEqual({ addresses: [], rest: [text] });
});

it('addRecipients adds each address once, up to the limit', () => {
  const [a, b, c] = [recipient('a@x.org'), recipient('b@x.org'), recipient('c@x.org')];
  const more = [recipient('A@X.org'), b, c];
  expect(addRecipients([a], more, { shared: [], max: 2 })).toEqual({
    recipients: [a, b],
    left: [c],
    known: [],
  });
});

it('addRecipients leaves out those whom the paste is shared with already', () => {
  const [a, b] = [recipient('a@x.org', { role: 'editor' }), recipient('b@x.org')];
  expect(addRecipients([], [a, b], { shared: [{ email: 'A@x.org' }], max: 9 })).toEqual({
    recipients: [b],
    left: [],
    known: [a],
  });
});

it('toShareForm names contacts and addresses with their roles', () => {
  const form = toShareForm(
    [
      recipient('a@x.org'),
      recipient('b@x.org', { role: 'editor' }),
      recipient('c@x.org', { contactId: ID, role: 'editor' }),
    ],
    { notify: true, tellTitle: false },
  );
  expect(Object.fromEntries(form)).toEqual({
    addresses: 'a@x.org',
    editors: 'b@x.org',
    role: 'reader',
    [contactField(ID)]: 'editor',
    notify: 'on',
  });
});
