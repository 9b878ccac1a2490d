import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { readBackHref, readContactForm, readContactId } from './contact-form-fields';

const ID = '019aa2c4-7b5e-7c3e-9d1f-0123456789ab';

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

describe('readContactId', () => {
  it('accepts a UUID', () => {
    expect(readContactId(ID)).toBe(ID);
  });

  it.each([null, undefined, '', 'new', `${ID}0`, ID.toUpperCase()])('refuses %j', (value) => {
    expect(() => readContactId(value)).toThrow(AppError);
  });
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
