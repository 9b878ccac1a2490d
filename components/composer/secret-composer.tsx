'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { buttonVariants } from '@/components/ui/button-variants';
import { PasswordInput } from '@/components/ui/password-input';
import { formatFragment } from '@/lib/encryption/fragment';
import { Composer } from './composer';
import { findLinkFault, type Opening, type OpeningFault, openSecret, type SecretSource } from './open-secret';
import type { ComposerProps } from './use-composer';

export interface SecretComposerProps extends ComposerProps {
  source: SecretSource;
}

type Phase =
  | { name: 'opening' }
  | { name: 'locked'; isBusy: boolean; fault: OpeningFault | null }
  | { name: 'closed'; fault: OpeningFault }
  | { name: 'open'; opening: Extract<Opening, { kind: 'opened' }> };

/** The composer with the content of a secret paste, which is decrypted in this browser. */
export function SecretComposer({ source, ...props }: SecretComposerProps) {
  const { draft, etag, cancelHref } = props;
  const [phase, setPhase] = useState<Phase>({ name: 'opening' });
  const latest = useRef(0);

  async function open(password: string) {
    latest.current += 1;
    const turn = latest.current;
    const opening = await openSecret(source, password);
    if (turn !== latest.current) return;
    if (opening.kind === 'opened') setPhase({ name: 'open', opening });
    else if (source.hasLock && opening.fault === 'wrong_password') {
      setPhase({ name: 'locked', isBusy: false, fault: opening.fault });
    } else setPhase({ name: 'closed', fault: opening.fault });
  }

  /** Only where the link is right: else the password would be typed in vain. */
  async function askForPassword() {
    latest.current += 1;
    const turn = latest.current;
    const fault = await findLinkFault(source.slug);
    if (turn !== latest.current) return;
    setPhase(fault === null ? { name: 'locked', isBusy: false, fault } : { name: 'closed', fault });
  }

  const begin = useEffectEvent(() => {
    if (phase.name === 'open') return;
    if (source.hasLock) void askForPassword();
    else void open('');
  });

  useEffect(() => {
    const again = () => begin();
    again();
    window.addEventListener('hashchange', again);
    return () => window.removeEventListener('hashchange', again);
  }, []);

  if (phase.name === 'open') {
    const { linkKey, opened, title, files } = phase.opening;
    const isEdit = etag !== null;
    const written = files.map((file, index) => ({ ...file, source: isEdit ? index : null }));
    return (
      <Composer
        {...props}
        draft={{ ...draft, title, files: written, isSecret: true }}
        cancelHref={cancelHref && `${cancelHref}${formatFragment({ key: linkKey, place: '' })}`}
        {...(isEdit ? { secret: { slug: source.slug, linkKey, opened } } : {})}
      />
    );
  }
  return (
    <div className="gutter flex grow flex-col py-8">
      <div className="page-column">
        {phase.name === 'opening' ? <Decrypting /> : null}
        {phase.name === 'closed' ? <Closed fault={phase.fault} slug={source.slug} /> : null}
        {phase.name === 'locked' ? (
          <Unlock
            {...phase}
            onPassword={(password) => {
              setPhase({ ...phase, isBusy: true });
              void open(password);
            }}
          />
        ) : null}
      </div>
    </div>
  );
}

function Decrypting() {
  const t = useTranslations('composer.secret');
  return (
    <>
      <p role="status" className="needs-script text-muted">
        {t('opening')}
      </p>
      <p className="scripting:hidden">{t('needsScript')}</p>
    </>
  );
}

function Closed({ fault, slug }: { fault: OpeningFault; slug: string }) {
  const t = useTranslations('composer.secret');
  const faults = useTranslations('secretPage.faults');
  return (
    <>
      <h2 className="text-xl leading-[1.25] font-[620] tracking-[-0.015em]">{t('closedHeading')}</h2>
      <p role="alert" className="mt-3 mb-6 text-lg text-muted">
        {fault === 'key_missing' ? t('keyMissing') : faults(fault)}
      </p>
      <a href={`/${slug}`} className={buttonVariants()}>
        {t('back')}
      </a>
    </>
  );
}

interface UnlockProps {
  isBusy: boolean;
  fault: OpeningFault | null;
  onPassword: (password: string) => void;
}

function Unlock({ isBusy, fault, onPassword }: UnlockProps) {
  const t = useTranslations('composer.secret');
  const words = useTranslations('auth.password');
  const faults = useTranslations('secretPage.faults');
  const password = useRef('');
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (!isBusy) form.current?.querySelector('input')?.focus();
  }, [isBusy]);

  return (
    <>
      <h2 className="text-xl leading-[1.25] font-[620] tracking-[-0.015em]">{t('unlockHeading')}</h2>
      <p className="mt-3 mb-6 text-lg text-muted">{t('unlockExplain')}</p>
      <form
        ref={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) onPassword(password.current);
        }}
      >
        {fault === null ? null : (
          <p role="alert" className="text-sm text-danger">
            {faults(fault)}
          </p>
        )}
        <PasswordInput
          name=""
          label={t('unlockLabel')}
          autoComplete="current-password"
          words={{
            show: words('show'),
            hide: words('hide'),
            showName: words('showName'),
            hideName: words('hideName'),
          }}
          meter={null}
          onPassword={(typed) => {
            password.current = typed;
          }}
        />
        <Button type="submit" variant="primary" size="lg" aria-busy={isBusy} className="self-start">
          {isBusy ? t('opening') : t('unlock')}
        </Button>
      </form>
    </>
  );
}
