import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { FieldError } from '@/components/ui/field-error';
import { NativeSelect } from '@/components/ui/native-select';
import { Options } from '@/components/ui/options';
import { useHasScript } from '@/components/ui/use-has-script';
import type { ComposerSetup } from './composer-setup';
import type { Draft } from './draft';
import { LockIcon } from './icons';
import { LinkChoice } from './link-choice';

const BURN_CHOICES = [1, 2, 3, 5, 10, 20, 50, 100];

export interface ComposerBarProps {
  draft: Draft;
  setup: ComposerSetup;
  isEdit: boolean;
  isMember: boolean;
  isManager: boolean;
  isBusy: boolean;
  isSecret: boolean;
  onSecret: (on: boolean) => void;
  cancelHref: string | null;
  faults: Record<string, string>;
  focus: string | null;
}

export function ComposerBar({
  draft,
  setup,
  isEdit,
  isMember,
  isManager,
  isBusy,
  isSecret,
  onSecret,
  cancelHref,
  faults,
  focus,
}: ComposerBarProps) {
  const t = useTranslations('composer');
  const lifetimeNames = useTranslations('lifetimes');
  const visibilities = useTranslations('visibilities');
  const hasScript = useHasScript();
  const fault = (field: string) => ({
    'aria-invalid': faults[field] ? true : undefined,
    'aria-describedby': faults[field] ? `${field}-error` : undefined,
    autoFocus: focus === field,
  });
  const idle = isEdit ? t('save') : t('createLink');
  const busy = isEdit ? t('saving') : t('creating');
  return (
    <div className="composer-tools max-md:gutter">
      {isManager ? (
        <>
          <span className="inline-flex min-w-0 max-md:grow max-md:*:grow">
            <NativeSelect
              name="lifetime"
              aria-label={t('lifetime')}
              defaultValue={draft.lifetime}
              className="h-10 max-md:pl-0 md:field-sizing-content"
              {...fault('lifetime')}
            >
              {isEdit ? <option value="keep">{lifetimeNames('keep')}</option> : null}
              <Options values={setup.lifetimes} label={(choice) => lifetimeNames(choice)} />
              <option value="at">{lifetimeNames('at')}</option>
            </NativeSelect>
          </span>
          <span className="custom-date flex-wrap items-center gap-x-2">
            <label htmlFor="expires-at" className="text-xs text-muted">
              {t(hasScript ? 'expiresAtLocal' : 'expiresAt')}
            </label>
            <input
              id="expires-at"
              type="datetime-local"
              name="expires_at"
              defaultValue={draft.expiresAt}
              className="h-10 rounded-md border border-edge bg-raised px-2 text-sm aria-invalid:border-danger"
              {...fault('expires_at')}
            />
          </span>
          <span className="inline-flex min-w-0 max-md:grow max-md:*:grow">
            <NativeSelect
              name="visibility"
              aria-label={t('visibility')}
              defaultValue={draft.visibility}
              className="h-10 max-md:pl-0 md:field-sizing-content"
              {...fault('visibility')}
            >
              <option value="unlisted" title={visibilities('unlistedHint')}>
                {visibilities('unlisted')}
              </option>
              {setup.offersPublic || draft.visibility === 'public' ? (
                <option value="public" disabled={isSecret} title={visibilities('publicHint')}>
                  {visibilities('public')}
                </option>
              ) : null}
              {isMember || draft.visibility === 'private' ? (
                <option value="private" title={visibilities('privateHint')}>
                  {visibilities('private')}
                </option>
              ) : null}
            </NativeSelect>
          </span>
        </>
      ) : null}
      {isEdit ? null : (
        <span className="inline-flex min-w-0 max-md:grow max-md:*:grow">
          <NativeSelect
            name="burn_after"
            aria-label={t('burnAfter')}
            defaultValue={draft.burnAfter}
            className="h-10 max-md:pl-0 md:field-sizing-content"
            {...fault('burn_after')}
          >
            <option value="">{t('burnNever')}</option>
            <Options values={BURN_CHOICES} label={(count) => t('burnCount', { count })} />
          </NativeSelect>
        </span>
      )}
      {!isEdit && (isMember || draft.slug !== '') ? (
        <LinkChoice slug={draft.slug} linkStart={setup.linkStart} fault={faults.slug} />
      ) : null}
      {isEdit ? null : (
        <button
          type="button"
          role="switch"
          aria-checked={isSecret}
          title={t('secret.hint')}
          disabled={!hasScript || isBusy}
          className={cn(
            buttonVariants({ variant: 'quiet' }),
            'needs-script h-10 font-normal aria-checked:text-accent',
          )}
          onClick={() => onSecret(!isSecret)}
        >
          <LockIcon isOpen={!isSecret} />
          {t('secret.name')}
        </button>
      )}
      <span className="flex flex-wrap gap-2 max-md:grow md:ml-auto md:pl-1">
        {cancelHref === null ? null : (
          <a href={cancelHref} className={cn(buttonVariants({ variant: 'quiet' }), 'h-10 font-normal')}>
            {t('cancel')}
          </a>
        )}
        <Button
          type="submit"
          name="intent"
          value="save"
          variant="primary"
          size="lg"
          aria-busy={isBusy}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          className="max-md:grow"
        >
          {isBusy ? busy : idle}
          <span
            aria-hidden="true"
            className="needs-script font-mono text-2xs opacity-90 max-lg:hidden max-[84rem]:[:lang(ru)_&]:hidden"
          >
            <span className="mac:hidden">Ctrl</span>
            <span className="not-mac:hidden">⌘</span> ↵
          </span>
        </Button>
      </span>
      <div className="composer-faults">
        {['lifetime', 'expires_at', 'visibility', 'burn_after'].map((field) => (
          <FieldError key={field} id={`${field}-error`}>
            {faults[field]}
          </FieldError>
        ))}
      </div>
    </div>
  );
}
