import { expect, it } from 'vitest';
import { contactField } from './contact-field';
import { readAddresses, readContacts } from './share-fields';

const ID = '019aa2c4-7b5e-7c3e-9d1f-0123456789ab';

it('readAddresses accepts any separators, and removes duplicates', () => {
  const text = ' a@example.com,b@example.com;\n c@example.com\tA@Example.com ,;\r\n';
  expect(readAddresses(text)).toEqual({
    addresses: ['a@example.com', 'b@example.com', 'c@example.com'],
    invalid: [],
  });
  expect(readAddresses('"Bea B" <b@example.com>, a@example.com')).toEqual({
    addresses: ['b@example.com', 'a@example.com'],
    invalid: [],
  });
  expect(readAddresses(' \n')).toEqual({ addresses: [], invalid: [] });
});

it('readAddresses returns invalid addresses', () => {
  expect(readAddresses('a@example.com, b@ c@пример.рф d@localhost b@')).toEqual({
    addresses: ['a@example.com', 'c@xn--e1afmkfd.xn--p1ai'],
    invalid: ['b@', 'd@localhost'],
  });
});

it('readContacts finds the boxes that are ticked, and the roles that they name', () => {
  const form = new FormData();
  for (const name of [contactField(ID), contactField(ID), 'contact.', 'contact.x', `xcontact.${ID}`, 'role'])
    form.append(name, 'on');
  expect(readContacts(form)).toEqual([{ id: ID, role: null }]);
  form.set(contactField(ID), 'editor');
  expect(readContacts(form)).toEqual([{ id: ID, role: 'editor' }]);
});
