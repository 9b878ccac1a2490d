'use client';

import { useState, useTransition } from 'react';
import { useTranslations } from 'use-intl';
import { askJson, type JsonAnswer } from '@/components/ui/ask-json';
import type { ShareRole } from '@/lib/sharing/roles';
import type { SheetSetup } from './load-sheet';
import { addRecipients, type Recipient, splitAddresses, toShareForm } from './recipients';
import type { Shared } from './share-changes';
import type { SheetShare } from './sheet-shares';
import { namedFew } from './typed-addresses';

/**
 * What the sheet knows and does: the recipients that are not sent yet, and the shares that there are.
 * @param page the path of the page of sharing
 */
export function useShareSheet(page: string, { max, shares: first }: SheetSetup) {
  const t = useTranslations('shareSheet');
  const sharing = useTranslations('sharing');
  const composer = useTranslations('composer');
  const site = useTranslations('site');
  const [shares, setShares] = useState(first);
  const [recipients, setRecipients] = useState<Recipient[]>([]);
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  /** Of the list of shares. */
  const [listFault, setListFault] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [isBusy, startTransition] = useTransition();

  /** @returns null after a refusal, which is told */
  function take<T>(answer: JsonAnswer<T>, tell: (sentence: string | null) => void): T | null {
    if ('value' in answer) return answer.value;
    tell(answer.sentence);
    return null;
  }

  /** @param sentence null if there was no answer */
  const tellField = (sentence: string | null) => setFault(sentence ?? composer('unreachable'));
  const tellList = (sentence: string | null) => setListFault(sentence ?? site('unreachable'));

  /**
   * Changes something below the page, after which the list is loaded again.
   * @param tell shows why it was not done
   * @returns what the server answered; null if it was not done
   */
  async function change<T>(
    path: string,
    { body, tell }: { body: FormData | URLSearchParams; tell: (sentence: string | null) => void },
  ): Promise<T | null> {
    setFault(null);
    setListFault(null);
    setSaid('');
    const done = take(await askJson<T>(`${page}/${path}`, { method: 'POST', body }), tell);
    if (done === null) return null;
    const listed = take(await askJson<SheetShare[]>(`${page}/people`), tellList);
    if (listed) setShares(listed);
    return done;
  }

  const few = (names: readonly string[]) => namedFew(names, (name) => sharing('quoted', { name }));

  /** @returns null if some of them were not added */
  function add(added: readonly Recipient[], rest = ''): Recipient[] | null {
    const { recipients: next, left, known } = addRecipients(recipients, added, { shared: shares, max });
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
        const body = toShareForm(all, options);
        const shared = await change<Shared>('people', { body, tell: tellField });
        if (shared === null) return;
        setRecipients([]);
        setSaid(sharing(shared.isMailed ? 'done.mailed' : 'done.shared', { count: shared.count }));
      });
    },
    changeRole(id: string, role: ShareRole) {
      if (isBusy) return;
      startTransition(async () => {
        const body = new URLSearchParams({ role });
        const done = await change(`people/${id}`, { body, tell: tellList });
        if (done !== null) setSaid(sharing('done.changed'));
      });
    },
    revoke(id: string) {
      if (isBusy) return;
      startTransition(async () => {
        const body = new URLSearchParams();
        const done = await change(`people/${id}/revoke`, { body, tell: tellList });
        if (done !== null) setSaid(sharing('done.revoked'));
      });
    },
  };
}

export type ShareSheetState = ReturnType<typeof useShareSheet>;
