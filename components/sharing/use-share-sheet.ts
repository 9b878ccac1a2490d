'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState, useTransition } from 'react';
import { type FormState, NOT_POSTED } from '@/components/actions/form-state';
import type { ShareRole } from '@/lib/sharing/roles';
import { revokeShareAction, sharePasteAction, updateShareAction } from './actions';
import { addRecipients, type Recipient, splitAddresses, toShareForm } from './recipients';
import { listSharesAction, type SheetAnswer } from './sheet-actions';
import { readOutcome } from './sheet-outcome';
import type { SheetShare } from './sheet-shares';
import { namedFew } from './typed-addresses';

interface ShareSheetOptions {
  slug: string;
  max: number;
}

/** What the sheet knows and does: the recipients that are not sent yet, and the shares that there are. */
export function useShareSheet({ slug, max }: ShareSheetOptions) {
  const t = useTranslations('shareSheet');
  const sharing = useTranslations('sharing');
  const composer = useTranslations('composer');
  const [shares, setShares] = useState<SheetShare[] | null>(null);
  const [recipients, setRecipients] = useState<Recipient[]>([]);
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  /** Of the list of shares. */
  const [listFault, setListFault] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [isBusy, startTransition] = useTransition();

  /** @returns null after an answer that is no value, which is told */
  function take<T>(answer: SheetAnswer<T> | null): T | null {
    if (answer && 'value' in answer) return answer.value;
    if (answer && 'href' in answer) window.location.assign(answer.href);
    else setListFault(answer?.sentence ?? composer('unreachable'));
    return null;
  }

  async function load(): Promise<void> {
    const listed = take(await listSharesAction(slug).catch(() => null));
    if (listed) setShares(listed);
  }

  const loadFirst = useEffectEvent(() => void load());
  useEffect(() => loadFirst(), []);

  /**
   * Runs an action of the page, after which the list is loaded again.
   * @param tell shows why it was not done
   * @returns how many people were added; null if it was not done
   */
  async function run(
    action: () => Promise<FormState>,
    tell: (sentence: string) => void,
  ): Promise<number | null> {
    setFault(null);
    setListFault(null);
    setSaid('');
    const outcome = readOutcome(slug, await action().catch(() => null));
    if (outcome.is === 'done') {
      await load();
      return outcome.count;
    }
    // Not to the sign-in page: what was entered would be lost.
    if (outcome.is === 'signed-out') tell(composer('signedOut'));
    else tell(outcome.sentence ?? composer('unreachable'));
    return null;
  }

  const few = (names: readonly string[]) => namedFew(names, (name) => sharing('quoted', { name }));

  /** @returns null if some of them were not added */
  function add(added: readonly Recipient[], rest = ''): Recipient[] | null {
    const { recipients: next, left, known } = addRecipients(recipients, added, { shared: shares ?? [], max });
    setRecipients(next);
    setSaid('');
    setTyped([rest, ...left.map(({ email }) => email)].filter((text) => text !== '').join(', '));
    if (left.length > 0) setFault(t('tooMany', { max }));
    else if (known.length > 0)
      setFault(t('known', { count: known.length, ...few(known.map(({ name }) => name)) }));
    else setFault(null);
    return left.length + known.length === 0 ? next : null;
  }

  /** As `add`, for the addresses of a text; leaves the rest of it in the field. */
  function addText(text: string): Recipient[] | null {
    const { addresses, rest } = splitAddresses(text);
    const added = addresses.map(
      (email): Recipient => ({ contactId: null, name: email, email, role: 'reader' }),
    );
    const next = add(added, rest.join(', '));
    if (rest.length === 0) return next;
    setFault(t('notAddresses', { count: rest.length, ...few(rest) }));
    return null;
  }

  return {
    shares,
    recipients,
    typed,
    fault,
    listFault,
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
        const count = await run(() => sharePasteAction(slug, NOT_POSTED, form), setFault);
        if (count === null) return;
        setRecipients([]);
        setSaid(sharing(options.notify ? 'done.mailed' : 'done.shared', { count }));
      });
    },
    changeRole(id: string, role: ShareRole) {
      const form = new FormData();
      form.set('role', role);
      if (isBusy) return;
      startTransition(async () => {
        const count = await run(() => updateShareAction(slug, id, NOT_POSTED, form), setListFault);
        if (count !== null) setSaid(sharing('done.changed'));
      });
    },
    revoke(id: string) {
      if (isBusy) return;
      startTransition(async () => {
        const form = new FormData();
        const count = await run(() => revokeShareAction(slug, id, NOT_POSTED, form), setListFault);
        if (count !== null) setSaid(sharing('done.revoked'));
      });
    },
  };
}

export type ShareSheetState = ReturnType<typeof useShareSheet>;
