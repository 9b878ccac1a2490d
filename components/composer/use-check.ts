'use client';

import { useEffect, useRef, useState } from 'react';
import type { CredentialReport } from '@/lib/text/credentials/report-credentials';
import { type Draft, type FileDraft, isSame } from './draft';
import type { SaveChoice } from './save-choice';

/** Fetched once there is a text to check, so that the page does not wait for it; null where it cannot be had. */
const loadCheck = () => import('./credential-check').catch(() => null);
const LOADED_WITHIN_MS = 3_000;

export interface Checked {
  /** What the author is to be asked about. */
  credentials: CredentialReport | null;
  /** The files as they are to be saved, if the author chose to mask them. */
  masked: readonly FileDraft[] | null;
}

/** Where the browser cannot check, the server asks. */
const UNCHECKED: Checked = { credentials: null, masked: null };

interface Checkable {
  now: Draft;
  /** The texts that others can read already. */
  published: readonly string[];
}

/**
 * Looks for credentials in the form before it is sent.
 *
 * @param initial the draft as it was loaded
 * @param read the form as it stands
 */
export function useCheck(initial: Draft, read: (form: HTMLFormElement) => Checkable) {
  const [isChecking, setIsChecking] = useState(false);
  const isPrepared = useRef(false);
  /** What the author was last asked about, if they were: by the browser or, once it was sent, by the server. */
  const asked = useRef(initial);
  // The check takes time; by then there may be other cards to read.
  const latestRead = useRef(read);
  useEffect(() => {
    latestRead.current = read;
  });

  /** Checks the form as the choice requires, until it has not changed during the check. */
  async function checkUntilSame(form: HTMLFormElement, choice: SaveChoice | null): Promise<Checked> {
    const late = new Promise<null>((resolve) => setTimeout(resolve, LOADED_WITHIN_MS, null));
    const check = await Promise.race([loadCheck(), late]);
    if (!check) return UNCHECKED;
    const report = (now: Draft, published: readonly string[]) => {
      if (choice === null) return check.reportDraft(now, published);
      return choice === 'keep' ? check.reportAdded(now, { published, asked: asked.current }) : null;
    };
    for (;;) {
      const { now, published } = latestRead.current(form);
      const credentials = await report(now, published);
      const masked = choice === 'mask' ? await check.maskFiles(now.files, published) : null;
      if (isSame(now, latestRead.current(form).now)) return { credentials, masked };
    }
  }

  return {
    isChecking,
    /** Loads the check, so that it is there when the form is sent. */
    prepare() {
      if (isPrepared.current) return;
      isPrepared.current = true;
      void loadCheck();
    },
    async check(form: HTMLFormElement, choice: SaveChoice | null): Promise<Checked> {
      setIsChecking(true);
      return checkUntilSame(form, choice)
        .catch(() => UNCHECKED)
        .finally(() => setIsChecking(false));
    },
    /** What the author has seen the question about, or what the server asks about if this page did not. */
    remember(draft: Draft) {
      asked.current = draft;
    },
    /** What the server has found in a draft that this page could not check. */
    async find(draft: Draft): Promise<CredentialReport | null> {
      const check = await loadCheck();
      return check === null ? null : check.reportDraft(draft, []);
    },
  };
}
