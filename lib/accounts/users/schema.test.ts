import { describe, expect, it } from 'vitest';
import { MAX_EMAIL_LENGTH } from '../../core/email';
import { displayEmail } from '../../core/email-display';
import { emailSchema } from '../../core/email-schema';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, passwordSchema } from '../passwords/schema';
import {
  displayNameSchema,
  loginSchema,
  MAX_DISPLAY_NAME_LENGTH,
  MAX_USERNAME_LENGTH,
  MIN_USERNAME_LENGTH,
  registerSchema,
  usernameSchema,
} from './schema';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe('emailSchema', () => {
  it('normalizes spellings of one address', () => {
    for (const text of ['ada@example.com', 'ADA@Example.COM', '  ada@example.com ']) {
      expect(emailSchema.parse(text)).toBe('ada@example.com');
    }
  });

  it('rejects invalid addresses, also those that look valid', () => {
    const bad = [
      '',
      'ada',
      'ada@',
      '@example.com',
      'ada@example',
      'a da@example.com',
      'ada@example.com\r\nBcc: eve@example.com',
      'ada@example.com\n',
      '\tada@example.com',
      'ada@example.com\0',
      'аda@example.com',
      'ada@exаmple.com',
      'ada＠example.com',
      '\u212aelvin@example.com',
      'ada@example.com, eve@example.com',
      'Ada <ada@example.com>',
      ['ada@example.com'],
      { toString: 'ada@example.com' },
      null,
      7,
    ];
    expect(bad.filter((value) => accepts(emailSchema, value))).toEqual([]);
  });

  it('accepts what HTML accepts before the @ sign, up to 64 characters', () => {
    const good = ['r&d@example.org', 'a/b=c@example.org', "o'neil.{x}|~?^`@example.org", 'a..b@example.org'];
    expect(good.filter((text) => !accepts(emailSchema, text))).toEqual([]);
    expect(accepts(emailSchema, `${'a'.repeat(64)}@example.org`)).toBe(true);
    expect(accepts(emailSchema, `${'a'.repeat(65)}@example.org`)).toBe(false);
  });

  it('keeps international domains in ASCII, and shows them in Unicode unless they mislead', () => {
    for (const text of ['mira@пример.рф', 'Mira@ПРИМЕР.рф', 'mira@xn--e1afmkfd.xn--p1ai']) {
      expect(emailSchema.parse(text)).toBe('mira@xn--e1afmkfd.xn--p1ai');
    }
    expect(displayEmail('mira@xn--e1afmkfd.xn--p1ai')).toBe('mira@пример.рф');
    expect(displayEmail(emailSchema.parse('mira@bücher.example'))).toBe('mira@bücher.example');
    expect(displayEmail('ada@example.com')).toBe('ada@example.com');
    const lookalike = emailSchema.parse('ada@сосо.com');
    expect(displayEmail(lookalike)).toBe(lookalike);
    const bad = ['мира@пример.рф', 'a@пример', 'a@127.0.0.1', 'a@127.1', 'a@b/c.рф', 'a@b@c.рф'];
    expect(bad.filter((text) => accepts(emailSchema, text))).toEqual([]);
  });

  it('accepts the longest address and nothing longer', () => {
    const ofLength = (length: number) => `a@${'b'.repeat(length - 6)}.com`;
    const labels = (length: number) => {
      const text = `a@${`${'b'.repeat(60)}.`.repeat(4)}com`;
      return 'a'.repeat(length - text.length) + text;
    };
    expect(accepts(emailSchema, ofLength(MAX_EMAIL_LENGTH + 1))).toBe(false);
    expect(labels(MAX_EMAIL_LENGTH + 1)).toHaveLength(255);
    expect(accepts(emailSchema, labels(MAX_EMAIL_LENGTH + 1))).toBe(false);
    expect(accepts(emailSchema, labels(MAX_EMAIL_LENGTH))).toBe(true);
  });
});

describe('usernameSchema', () => {
  it('accepts both length limits and nothing beyond', () => {
    const lengths = [
      MIN_USERNAME_LENGTH - 1,
      MIN_USERNAME_LENGTH,
      MAX_USERNAME_LENGTH,
      MAX_USERNAME_LENGTH + 1,
    ];
    expect(lengths.map((length) => accepts(usernameSchema, 'a'.repeat(length)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('converts to lower case, and accepts hyphens and underscores between', () => {
    expect(['Ada', 'a-b_c', '007'].map((name) => usernameSchema.parse(name))).toEqual([
      'ada',
      'a-b_c',
      '007',
    ]);
  });

  it('rejects reserved words, look-alikes and characters that would break a link or a mail', () => {
    const bad = [
      'аdmin',
      'adа',
      'ａdmin',
      '\u212aelvin',
      'ad min',
      'ada\r\nx',
      'ada\n',
      'ada\0',
      '-ada',
      'ada-',
      'a--b',
      'a_-b',
      'ada.b',
      'ada/b',
      '../ada',
      'ada@b',
      ['ada'],
      null,
    ];
    expect(bad.filter((value) => accepts(usernameSchema, value))).toEqual([]);
    const reserved = [
      'admin',
      'ADMIN',
      'me',
      'login',
      'Moderator',
      'administrator',
      'root',
      'support',
      'ad-min',
    ];
    const register = (username: string) => ({ username, email: 'ada@example.com', password: 'a long walk' });
    expect(accepts(registerSchema, register('ada'))).toBe(true);
    expect(reserved.filter((username) => accepts(registerSchema, register(username)))).toEqual([]);
  });
});

describe('passwordSchema', () => {
  it('counts characters, not bytes, and accepts both length limits and nothing beyond', () => {
    const lengths = [
      MIN_PASSWORD_LENGTH - 1,
      MIN_PASSWORD_LENGTH,
      MAX_PASSWORD_LENGTH,
      MAX_PASSWORD_LENGTH + 1,
    ];
    for (const character of ['a', 'ж', '\u{1f4dc}', ' ']) {
      expect(lengths.map((length) => accepts(passwordSchema, character.repeat(length)))).toEqual([
        false,
        true,
        true,
        false,
      ]);
    }
  });

  it('does not change the password', () => {
    const text = '  Ünïcode \u{1f4dc} with spaces  ';
    expect(passwordSchema.parse(text)).toBe(text);
    expect(accepts(passwordSchema, `${'a'.repeat(12)}\ud800`)).toBe(false);
  });
});

describe('displayNameSchema', () => {
  it('is one line of bounded length', () => {
    expect(displayNameSchema.parse('  Ада Лавлейс ')).toBe('Ада Лавлейс');
    const name = (length: number) => '\u{1f4dc}'.repeat(length);
    expect(accepts(displayNameSchema, name(MAX_DISPLAY_NAME_LENGTH))).toBe(true);
    expect(accepts(displayNameSchema, name(MAX_DISPLAY_NAME_LENGTH + 1))).toBe(false);
    for (const bad of ['a\r\nb', 'a\0', 'a\u2028b', 'a\u0085b', '\ud800']) {
      expect(accepts(displayNameSchema, bad)).toBe(false);
    }
  });
});

describe('loginSchema', () => {
  it('accepts exactly one of email address and username', () => {
    const password = 'x';
    expect(accepts(loginSchema, { email: 'ada@example.com', password })).toBe(true);
    expect(accepts(loginSchema, { username: 'ada', password })).toBe(true);
    expect(accepts(loginSchema, { password })).toBe(false);
    expect(accepts(loginSchema, { email: 'ada@example.com', username: 'ada', password })).toBe(false);
    expect(accepts(loginSchema, { email: { $ne: null }, password: { $ne: null } })).toBe(false);
  });
});
