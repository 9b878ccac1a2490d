import { parse } from 'parse5';
import { beforeAll, describe, expect, it } from 'vitest';
import { env } from '@/lib/core/env';
import { LOCALES } from '@/lib/core/i18n/locale';
import type { MailContent, SecurityNotice } from './content';
import { renderMail } from './render-mail';

const APP_URL = 'https://paste.example.org';

beforeAll(() => {
  process.env.APP_URL = APP_URL;
  process.env.DATABASE_URL ??= 'postgres://unused.invalid/none';
  process.env.AUTH_SECRET ??= 'x'.repeat(32);
});

const NOTICES: SecurityNotice[] = [
  'signed_in',
  'password_changed',
  'password_reset',
  'email_change_requested',
  'email_changed',
];

const USERNAME = '<script>alert(1)</script>';

const contents: MailContent[] = [
  { template: 'verify_email', username: USERNAME, token: 'to+ken&1' },
  { template: 'account_exists', username: USERNAME },
  { template: 'reset_password', username: USERNAME, token: 'to+ken&1' },
  { template: 'confirm_new_email', username: USERNAME, token: 'to+ken&1' },
  {
    template: 'paste_shared',
    username: USERNAME,
    author: 'ada',
    title: '<b>title</b>',
    slug: 'abcdefghjkmn',
    link: 'to+ken&1',
  },
  { template: 'invitation', username: USERNAME, author: 'ada', invitation: 'to+ken&1' },
  { template: 'share_code', username: USERNAME, code: '012345' },
  { template: 'new_reports', username: USERNAME, fresh: 2, open: 5 },
  { template: 'new_approvals', username: USERNAME, fresh: 2 },
  ...(['approved', 'declined'] as const).map((outcome) => ({
    template: 'approval_decided' as const,
    username: USERNAME,
    outcome,
    reason: 'It has <b>an address</b>',
  })),
  ...(['hidden', 'deleted', 'restored', 'upheld'] as const).map((outcome) => ({
    template: 'paste_decided' as const,
    username: USERNAME,
    outcome,
    slug: 'abcdefghjkmn',
    reason: 'It has <b>an address</b>',
    appeal: '0190a0a0-0000-7000-8000-000000000000',
  })),
  ...(['removed', 'dismissed', 'gone'] as const).map((outcome) => ({
    template: 'report_decided' as const,
    username: USERNAME,
    outcome,
    slug: 'abcdefghjkmn',
  })),
  ...NOTICES.map((notice) => ({
    template: 'security_notice' as const,
    username: USERNAME,
    notice,
    at: '2026-03-01T12:34:56Z',
    device: '<img src=x onerror=alert(1)>',
    address: '2001:db8::7',
    newEmail: 'new"<b>@example.org',
  })),
];

const EXPECTED_LINKS: Record<MailContent['template'], string[]> = {
  verify_email: ['/verify-email?token=to%2Bken%261'],
  account_exists: ['/login', '/forgot-password'],
  reset_password: ['/reset-password?token=to%2Bken%261'],
  confirm_new_email: ['/verify-email?token=to%2Bken%261'],
  paste_shared: ['/abcdefghjkmn?share=to%2Bken%261'],
  invitation: ['/register?invitation=to%2Bken%261'],
  share_code: [],
  new_reports: ['/admin/reports'],
  new_approvals: ['/admin/approvals'],
  approval_decided: [],
  paste_decided: ['/reports/0190a0a0-0000-7000-8000-000000000000/appeal'],
  report_decided: [],
  security_notice: ['/settings/security', '/forgot-password'],
};

interface Elements {
  names: Set<string>;
  links: Set<string>;
  languages: string[];
}

function collect(html: string): Elements {
  const found: Elements = { names: new Set(), links: new Set(), languages: [] };
  type Node = { tagName?: string; attrs?: { name: string; value: string }[]; childNodes?: Node[] };
  const visit = (node: Node) => {
    if (node.tagName) found.names.add(node.tagName);
    for (const { name, value } of node.attrs ?? []) {
      if (['href', 'src'].includes(name)) found.links.add(value);
      if (name === 'lang') found.languages.push(value);
      if (name.startsWith('on')) found.names.add(name);
    }
    for (const child of node.childNodes ?? []) visit(child);
  };
  visit(parse(html) as Node);
  return found;
}

const cases = LOCALES.flatMap((locale) =>
  contents.map((content) => {
    const name = 'notice' in content ? content.notice : content.template;
    return [locale, name, content] as const;
  }),
);

describe('renderMail', () => {
  it.each(cases)('writes the %s mail %s in full', async (locale, _name, content) => {
    const { subject, html, text } = await renderMail(content, locale);
    const written = `${subject}\n${html}\n${text}`;
    expect(written).not.toMatch(/mail\.\w+|[{}]username/);
    expect(/\p{Script=Cyrillic}/u.test(subject)).toBe(locale === 'ru');
    expect(subject).not.toContain(USERNAME);

    const { names, links, languages } = collect(html);
    expect(languages).toEqual([locale]);
    for (const forbidden of ['script', 'img', 'b', 'onerror']) expect(names).not.toContain(forbidden);
    const expected = EXPECTED_LINKS[content.template].map((path) => `${APP_URL}${path}`);
    expect([...links]).toEqual(expected);
    for (const link of expected) expect(text).toContain(link);
    for (const [url] of text.matchAll(/\w+:\/\/\S+/g)) expect(url.startsWith(APP_URL)).toBe(true);
    expect(text).toContain(USERNAME);
  });

  it('contains time, device and address in the language of the user', async () => {
    const notice: MailContent = {
      template: 'security_notice',
      username: 'ada',
      notice: 'email_change_requested',
      at: '2026-03-01T12:34:56Z',
      device: 'Firefox on Linux',
      address: '203.0.113.9',
      newEmail: 'new@example.org',
    };
    const english = await renderMail(notice, 'en');
    const russian = await renderMail(notice, 'ru');
    for (const fact of ['Firefox on Linux', '203.0.113.9', 'new@example.org']) {
      expect(english.text).toContain(fact);
      expect(russian.text).toContain(fact);
    }
    expect(english.text).toContain('March 1, 2026 at 12:34');
    expect(russian.text).toContain('1 марта 2026');
  });

  it('has the name and the accent of the instance', async () => {
    const before = { ...env() };
    Object.assign(env(), { INSTANCE_NAME: 'Acme & <Co>', ACCENT: '#7a3e9d' });
    const mails = await Promise.all(contents.map((content) => renderMail(content, 'en')));
    Object.assign(env(), before, { ACCENT: undefined });
    for (const { subject, html, text } of mails) {
      expect(`${subject}${html}${text}`).not.toMatch(/Sheaf|#0f6b5c|#5fc6b0/);
      expect(html).toContain('Acme &amp; &lt;Co&gt;');
    }
    expect(mails[0]?.subject).toBe('Confirm your email address for Acme & <Co>');
    expect(mails[0]?.html).toContain('background-color:#7a3e9d');
    expect((await renderMail({ template: 'account_exists', username: 'ada' }, 'en')).subject).toBe(
      'You already have an account on Sheaf',
    );
  });

  it('leaves out unknown values', async () => {
    const { text } = await renderMail(
      {
        template: 'security_notice',
        username: 'ada',
        notice: 'signed_in',
        at: '2026-03-01T12:00:00Z',
        device: '',
        address: '',
      },
      'en',
    );
    expect(text).not.toMatch(/Device|From:|New address/);
  });

  it('falls back to English in a language it does not know', async () => {
    const content: MailContent = { template: 'account_exists', username: 'ada' };
    expect(await renderMail(content, 'tlh')).toEqual(await renderMail(content, 'en'));
  });
});
