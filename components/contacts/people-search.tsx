'use client';

import { type ReactNode, useEffect, useRef, useState, useTransition } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';
import { rememberZone } from './zone-cookie';

const PAUSE_MS = 180;

/** What a search came to: the list to show, or a sentence about why there is none. */
export interface FoundPeople {
  list: ReactNode;
  /** For those who do not see the list change. */
  status: string;
  /** Whether the sentence says why it was not searched; asking again may then help. */
  isRefused: boolean;
  /** Of the list, for the address bar; elsewhere, when one has to go there first. */
  href: string;
  isElsewhere: boolean;
}

export interface PeopleSearchProps {
  q: string;
  search(q: string): Promise<FoundPeople>;
  words: { label: string; submit: string; unreachable: string };
  /** What stands there before anything is typed. */
  children: ReactNode;
}

/** A plain form; with JavaScript the list follows what is typed, and the address too. */
export function PeopleSearch({ q, search, words, children }: PeopleSearchProps) {
  const [found, setFound] = useState<FoundPeople | null>(null);
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
      // Of several on their way, only the last one counts.
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

  useEffect(rememberZone, []);

  // Typed before the page came to life, or kept by the browser over a reload.
  useEffect(() => {
    const typed = input.current?.value ?? q;
    if (typed !== q) input.current?.dispatchEvent(new Event('input', { bubbles: true }));
    return () => clearTimeout(pause.current);
  }, [q]);

  return (
    <>
      <search className="mt-5">
        <form
          action="/people"
          className="flex gap-2"
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
            className="h-10 min-w-0 grow rounded-md border border-edge bg-raised px-3 max-sm:text-[16px]"
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
        <p role="alert" className="mt-3 text-[14px] text-danger">
          {problem}
        </p>
      )}
      <div aria-busy={isPending} className="flex grow flex-col">
        {found ? found.list : children}
      </div>
    </>
  );
}
