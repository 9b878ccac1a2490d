'use client';

import { type ReactNode, useEffect, useRef, useState, useTransition } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';
import { rememberTimeZone } from './time-zone-cookie';

const PAUSE_MS = 180;

/** The result of a search: the list to show, or an error message in its place. */
export interface ContactSearchResult {
  list: ReactNode;
  /** Announced to screen readers. */
  status: string;
  /** Whether the search was refused, for example by a rate limit; the same search may then be sent again. */
  isRefused: boolean;
  /** The URL of the list for the address bar; with `isElsewhere`, the URL to go to, such as the sign-in page. */
  href: string;
  isElsewhere: boolean;
}

export interface ContactSearchProps {
  q: string;
  search(q: string): Promise<ContactSearchResult>;
  words: { label: string; submit: string; unreachable: string };
  /** Shown until the first search. */
  children: ReactNode;
}

/** A plain form; with JavaScript the list and the URL are updated while typing. */
export function ContactSearch({ q, search, words, children }: ContactSearchProps) {
  const [found, setFound] = useState<ContactSearchResult | null>(null);
  const [problem, setProblem] = useState('');
  const [isPending, startTransition] = useTransition();
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef<string | null>(q);
  const input = useRef<HTMLInputElement>(null);

  function ask(text: string) {
    clearTimeout(pause.current);
    if (text.trim() === asked.current?.trim()) return;
    asked.current = text;
    startTransition(async () => {
      const answer = await search(text).catch(() => null);
      // Only the answer to the latest search counts.
      if (asked.current !== text) return;
      if (answer?.isElsewhere) return window.location.assign(answer.href);
      if (answer) window.history.replaceState(window.history.state, '', answer.href);
      if (!answer || answer.isRefused) asked.current = null;
      startTransition(() => {
        setProblem(answer ? '' : words.unreachable);
        if (answer) setFound(answer);
      });
    });
  }

  useEffect(rememberTimeZone, []);

  // Text typed before hydration, or restored by the browser on reload.
  useEffect(() => {
    const typed = input.current?.value ?? q;
    if (typed !== q) input.current?.dispatchEvent(new Event('input', { bubbles: true }));
    return () => clearTimeout(pause.current);
  }, [q]);

  return (
    <>
      <search className="mt-5">
        <form
          action="/contacts"
          className="flex flex-wrap gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            ask(input.current?.value ?? '');
          }}
        >
          <input
            ref={input}
            type="search"
            name="q"
            defaultValue={q}
            maxLength={200}
            autoComplete="off"
            aria-label={words.label}
            placeholder={words.label}
            data-shortcut="/"
            className="h-10 min-w-0 grow basis-[8rem] rounded-md border border-edge bg-raised px-3"
            onInput={(event) => {
              const { value } = event.currentTarget;
              clearTimeout(pause.current);
              pause.current = setTimeout(() => ask(value), PAUSE_MS);
            }}
          />
          <button type="submit" className={buttonVariants({ size: 'lg' })}>
            {words.submit}
          </button>
        </form>
      </search>
      <p role="status" className="sr-only">
        {found?.status}
      </p>
      {problem === '' ? null : (
        <p role="alert" className="mt-3 text-sm text-danger">
          {problem}
        </p>
      )}
      <div aria-busy={isPending} className="flex grow flex-col">
        {found ? found.list : children}
      </div>
    </>
  );
}
