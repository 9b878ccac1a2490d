'use client';

import { useDeferredValue, useEffect, useState } from 'react';

type Measure = typeof import('./password-strength')['measureStrength'];

const STEPS = [1, 2, 3, 4] as const;
const COLOURS = ['', 'bg-danger', 'bg-muted', 'bg-accent', 'bg-accent'] as const;
/** Screen readers announce the result after typing has paused. */
const REST_MS = 1_000;

export interface StrengthMeterProps {
  /** From too short to strong. */
  levels: readonly [string, string, string, string, string];
  minLength: number;
  password: string;
  /** Texts that make a password weak when it holds them. */
  known: readonly string[];
  /** Whether to load the estimator, which is large. */
  isWanted: boolean;
}

/** Four steps and a word. */
export function StrengthMeter({ levels, minLength, password, known, isWanted }: StrengthMeterProps) {
  const [measure, setMeasure] = useState<Measure | null>(null);
  const measured = useDeferredValue(password);
  const isLong = [...measured].length >= minLength;
  const level = isLong && measure ? measure(measured, known) : 0;
  const isTold = measured !== '' && (measure !== null || !isLong);
  const word = isTold ? levels[level] : '';

  useEffect(() => {
    if (!isWanted) return;
    let isHere = true;
    import('./password-strength').then(
      ({ measureStrength }) => isHere && setMeasure(() => measureStrength),
      // Without it there is no hint; the server checks in any case.
      () => {},
    );
    return () => {
      isHere = false;
    };
  }, [isWanted]);

  return (
    <div className="needs-script flex h-5 items-center gap-3">
      <div aria-hidden="true" className="grid grow grid-cols-4 gap-1">
        {STEPS.map((step) => (
          <span
            key={step}
            className={`h-[3px] rounded-full transition-colors ${step <= level ? COLOURS[level] : 'bg-hair'}`}
          />
        ))}
      </div>
      <span aria-hidden="true" className="min-w-[9ch] text-right text-xs text-muted">
        {word}
      </span>
      <RestedWord word={word} />
    </div>
  );
}

function RestedWord({ word }: { word: string }) {
  const [said, setSaid] = useState('');

  useEffect(() => {
    const timer = setTimeout(() => setSaid(word), REST_MS);
    return () => clearTimeout(timer);
  }, [word]);

  return (
    <span role="status" className="sr-only">
      {said}
    </span>
  );
}
