import { createTranslator } from 'use-intl/core';
import { type AccentShades, accentShades } from '@/lib/core/accent';
import { env } from '@/lib/core/env';
import type { Locale } from '@/lib/core/i18n/locale';
import en from '@/lib/core/i18n/messages/en.json';
import ru from '@/lib/core/i18n/messages/ru.json';
import { setting } from '@/lib/core/settings/stored-settings';
import type { MailContent, SecurityNotice } from './content';

const MESSAGES = { en, ru };

export interface LetterLink {
  label: string;
  href: string;
}

/** The texts of an email, before layout. */
export interface Letter {
  locale: Locale;
  /** What the instance is called. */
  instance: string;
  shades: AccentShades;
  subject: string;
  greeting: string;
  paragraphs: string[];
  facts: { label: string; value: string }[];
  /** The main button; its URL is also shown in full. */
  action: (LetterLink & { hint: string }) | null;
  /** A secondary link. */
  other: LetterLink | null;
  closing: string;
  footer: string;
}

type Words = Pick<Letter, 'subject' | 'paragraphs' | 'action' | 'closing'> &
  Partial<Pick<Letter, 'facts' | 'other' | 'footer'>>;
type Translator = ReturnType<typeof translatorFor>;
type ContentOf<T extends MailContent['template']> = Extract<MailContent, { template: T }>;

/** Writes an email in the given language. All links start with `APP_URL`. */
export function writeLetter(content: MailContent, locale: Locale): Letter {
  const t = translatorFor(locale);
  return {
    locale,
    instance: setting('instance_name'),
    shades: accentShades(setting('accent')),
    greeting: t('greeting', { username: content.username }),
    footer: t('footer'),
    facts: [],
    other: null,
    ...wordsFor(content, { t, locale }),
  };
}

function wordsFor(content: MailContent, { t, locale }: { t: Translator; locale: Locale }): Words {
  switch (content.template) {
    case 'verify_email':
      return wordsWithToken('verifyEmail', { t, path: '/verify-email', token: content.token });
    case 'confirm_new_email':
      return wordsWithToken('confirmNewEmail', { t, path: '/verify-email', token: content.token });
    case 'reset_password':
      return wordsWithToken('resetPassword', { t, path: '/reset-password', token: content.token });
    case 'account_exists':
      return {
        subject: t('accountExists.subject'),
        paragraphs: [t('accountExists.what')],
        action: button(t, 'accountExists.action', linkTo('/login')),
        other: { label: t('resetInstead'), href: linkTo('/forgot-password') },
        closing: t('accountExists.closing'),
      };
    case 'paste_shared':
      return {
        subject: t('pasteShared.subject', { author: content.author }),
        paragraphs: [t('pasteShared.what', { author: content.author }), t('pasteShared.how')],
        facts: content.title === null ? [] : [{ label: t('facts.title'), value: content.title }],
        action: button(t, 'pasteShared.action', linkTo(`/${content.slug}`, { share: content.link })),
        closing: t('pasteShared.closing'),
        footer: t('plainFooter'),
      };
    case 'invitation':
      return {
        subject: t('invitation.subject', { author: content.author }),
        paragraphs: [t('invitation.what', { author: content.author }), t('invitation.validity')],
        action: button(t, 'invitation.action', linkTo('/register', { invitation: content.invitation })),
        closing: t('invitation.closing'),
        footer: t('plainFooter'),
      };
    case 'share_code':
      return {
        subject: t('shareCode.subject'),
        paragraphs: [t('shareCode.what')],
        facts: [{ label: t('facts.code'), value: content.code }],
        action: null,
        closing: t('shareCode.closing'),
        footer: t('plainFooter'),
      };
    case 'new_reports':
      return {
        subject: t('newReports.subject', { count: content.fresh }),
        paragraphs: [
          t('newReports.what', { count: content.fresh }),
          t('newReports.open', { count: content.open }),
        ],
        action: button(t, 'newReports.action', linkTo('/admin/reports')),
        closing: t('newReports.closing'),
      };
    case 'new_approvals':
      return {
        subject: t('newApprovals.subject', { count: content.fresh }),
        paragraphs: [t('newApprovals.what', { count: content.fresh })],
        action: button(t, 'newApprovals.action', linkTo('/admin/approvals')),
        closing: t('newApprovals.closing'),
      };
    case 'approval_decided':
      return {
        subject: t(`approvalDecided.${content.outcome}.subject`),
        paragraphs: [t(`approvalDecided.${content.outcome}.what`)],
        facts: content.reason === '' ? [] : [{ label: t('facts.reason'), value: content.reason }],
        action: null,
        closing: t('approvalDecided.closing'),
      };
    case 'paste_decided':
      return wordsOfDecision(content, t);
    case 'report_decided':
      return {
        subject: t(`reportDecided.${content.outcome}.subject`),
        paragraphs: [t(`reportDecided.${content.outcome}.what`, { slug: content.slug })],
        action: null,
        closing: t('reportDecided.closing'),
        footer: t('plainFooter'),
      };
    case 'security_notice':
      return {
        subject: t(`notices.${content.notice}.subject`),
        paragraphs: [t(`notices.${content.notice}.what`)],
        facts: listFacts(content, { t, locale }),
        action: button(t, 'notices.action', linkTo('/settings/security')),
        other: { label: t('resetInstead'), href: linkTo('/forgot-password') },
        closing: t(closingKey(content.notice)),
      };
  }
}

function wordsOfDecision(
  { outcome, slug, reason, appeal }: ContentOf<'paste_decided'>,
  t: Translator,
): Words {
  const isTaken = outcome === 'hidden' || outcome === 'deleted';
  return {
    subject: t(`pasteDecided.${outcome}.subject`),
    paragraphs: [t(`pasteDecided.${outcome}.what`, { link: linkTo(`/${slug}`) })],
    facts: reason === '' ? [] : [{ label: t('facts.reason'), value: reason }],
    action: appeal === null ? null : button(t, 'pasteDecided.action', linkTo(`/reports/${appeal}/appeal`)),
    closing: t(isTaken && appeal !== null ? 'pasteDecided.appealClosing' : 'pasteDecided.closing'),
  };
}

function wordsWithToken(
  name: 'verifyEmail' | 'confirmNewEmail' | 'resetPassword',
  { t, path, token }: { t: Translator; path: string; token: string },
): Words {
  return {
    subject: t(`${name}.subject`),
    paragraphs: [t(`${name}.what`), t(`${name}.validity`)],
    action: button(t, `${name}.action`, linkTo(path, { token })),
    closing: t(`${name}.closing`),
  };
}

function button(t: Translator, label: Parameters<Translator>[0], href: string): Letter['action'] {
  return { label: t(label), href, hint: t('addressHint') };
}

/** A requested change can still be prevented; a completed one cannot. */
function closingKey(notice: SecurityNotice) {
  return notice === 'email_change_requested' ? 'notices.requestClosing' : 'notices.closing';
}

function listFacts(
  { at, device, address, newEmail }: ContentOf<'security_notice'>,
  { t, locale }: { t: Translator; locale: Locale },
): Letter['facts'] {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return [
    { label: t('facts.newEmail'), value: newEmail ?? '' },
    { label: t('facts.at'), value: `${format.format(new Date(at))} UTC` },
    { label: t('facts.device'), value: device },
    { label: t('facts.address'), value: address },
  ].filter(({ value }) => value !== '');
}

function linkTo(path: string, parameters: Record<string, string> = {}): string {
  const query = Object.keys(parameters).length === 0 ? '' : `?${new URLSearchParams(parameters)}`;
  return `${env().APP_URL}${path}${query}`;
}

/** Messages can name the instance and its site. */
function translatorFor(locale: Locale) {
  const translate = createTranslator({ locale, messages: MESSAGES[locale], namespace: 'mail' });
  const own = { instance: setting('instance_name'), site: new URL(env().APP_URL).host };
  return (key: Parameters<typeof translate>[0], values: Record<string, string | number> = {}) =>
    translate(key, { ...own, ...values });
}
