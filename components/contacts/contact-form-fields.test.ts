import { expect, it } from 'vitest';
import { readBackHref, readContactForm } from './contact-form-fields';

it('readContactForm reads empty fields as null, and normalizes line breaks', () => {
  const form = new FormData();
  form.set('first_name', ' Ada ');
  form.set('email', '  ');
  form.set('info', 'a\r\nb');
  expect(readContactForm(form)).toEqual({
    first_name: ' Ada ',
    last_name: '',
    email: null,
    phone: null,
    birthday: null,
    info: 'a\nb',
    favorite: false,
  });
  form.set('favorite', 'on');
  expect(readContactForm(form).favorite).toBe(true);
});

it.each([
  ['/contacts', '/contacts'],
  ['/contacts?q=a&cursor=b', '/contacts?q=a&cursor=b'],
  ['/contacts/new', '/contacts'],
  ['/contactsX', '/contacts'],
  ['https://example.com/contacts', '/contacts'],
  ['//contacts', '/contacts'],
  [null, '/contacts'],
])('readBackHref of %j is %s', (value, expected) => {
  expect(readBackHref(value)).toBe(expected);
});
