'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState, useTransition } from 'react';
import { type FormState, NOT_POSTED } from '@/components/actions/form-state';
import { revokeShareAction, sharePasteAction, updateShareAction } from './actions';
import { addRecipients, type Recipient, type ShareRole, splitAddresses, toShareForm } from './recipients';
import { listSharesAction, type SheetAnswer } from './sheet-actions';
import type { SheetShare } from './sheet-shares';

interface ShareSheetOptions {
  slug: string;
  max: number;
}

/** What the sheet knows and does: the recipients that are not sent yet, and the shares that there are. */
export function useShareSheet({ slug, max }: ShareSheetOptions) {
  const t = useTranslations('shareSheet');
  const done = useTranslations('sharing.done');
  const unreachable = useTranslations('composer')('unreachable');
  const [shares, setShares] = useState<SheetShare[] | null>(null);
  const [recipients, setRecipients] = useState<Recipient[]>([]);
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [isBusy, startTransition] = useTransition();

  /** @returns null after an answer that is no value, which is told */
  function take<T>(answer: SheetAnswer<T> | null): T | null {
    if (answer && 'value' in answer) return answer.value;
    if (answer && 'href' in answer) window.location.assign(answer.href);
    else setFault(answer?.sentence ?? unreachable);
    return null;
  }

  async function load(): Promise<void> {
    const listed = take(await listSharesAction(slug).catch(() => null));
    if (listed) setShares(listed);
  }

  const loadFirst = useEffectEvent(() => void load());
  useEffect(() => loadFirst(), []);

  /** Runs an action of the page, which leads there; here the list follows it. @returns whether it was done */
  async function run(action: () => Promise<FormState>): Promise<boolean> {
    setFault(null);
    setSaid('');
    const state = await action().catch(() => null);
    if (state?.outcome === 'saved') {
      if (state.href !== null && !state.href.startsWith(`/${slug}/share`)) window.location.assign(state.href);
      await load();
      return true;
    }
    setFault(state ? (Object.values(state.fields)[0] ?? state.sentence) : unreachable);
    return false;
  }

  function add(added: readonly Recipient[], rest = ''): Recipient[] {
    const { recipients: next, left } = addRecipients(recipients, added, max);
    setRecipients(next);
    setSaid('');
    setTyped([rest, ...left.map(({ email }) => email)].filter((text) => text !== '').join(', '));
    setFault(left.length > 0 ? t('tooMany', { max }) : null);
    return next;
  }

  /** Adds the addresses of a text, and leaves the rest of it in the field. @returns null if there is any */
  function addText(text: string): Recipient[] | null {
    const { addresses, rest } = splitAddresses(text);
    const added = addresses.map(
      (email): Recipient => ({ contactId: null, name: email, email, role: 'reader' }),
    );
    const next = add(added, rest.join(', '));
    if (rest.length === 0) return next;
    setFault(t('notAddresses', { count: rest.length }));
    return null;
  }

  return {
    shares,
    recipients,
    typed,
    fault,
    said,
    isBusy,
    hasUnsent: recipients.length > 0 || typed.trim() !== '',
    addText,
    add,
    type(text: string) {
      setTyped(text);
      setFault(null);
    },
    remove(email: string) {
      setRecipients(recipients.filter((one) => one.email !== email));
      setFault(null);
    },
    setRole(email: string, role: ShareRole) {
      setRecipients(recipients.map((one) => (one.email === email ? { ...one, role } : one)));
    },
    send(options: { notify: boolean; tellTitle: boolean }) {
      if (isBusy) return;
      const all = addText(typed);
      if (all === null) return;
      if (all.length === 0) {
        setFault(t('noOne'));
        return;
      }
      startTransition(async () => {
        const form = toShareForm(all, options);
        if (!(await run(() => sharePasteAction(slug, NOT_POSTED, form)))) return;
        setRecipients([]);
        setSaid(done(options.notify ? 'mailed' : 'shared', { count: all.length }));
      });
    },
    changeRole(id: string, role: ShareRole) {
      const form = new FormData();
      form.set('role', role);
      startTransition(async () => {
        if (await run(() => updateShareAction(slug, id, NOT_POSTED, form))) setSaid(done('changed'));
      });
    },
    revoke(id: string) {
      startTransition(async () => {
        if (await run(() => revokeShareAction(slug, id, NOT_POSTED, new FormData())))
          setSaid(done('revoked'));
      });
    },
  };
}

export type ShareSheetState = ReturnType<typeof useShareSheet>;
