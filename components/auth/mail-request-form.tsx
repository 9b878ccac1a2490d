import { getTranslations } from 'next-intl/server';
import { ServerForm } from '@/components/actions/server-form';
import type { FormAction } from '@/components/actions/use-server-form';
import type { ButtonVariants } from '@/components/ui/button-variants';
import { TextField } from '@/components/ui/text-field';
import { OutboxHint } from './outbox-hint';
import { SubmitButton } from './submit-button';

/** Requests an email to an address. */
export async function MailRequestForm({
  action,
  submit,
  variant,
}: { action: FormAction; submit: string } & Pick<ButtonVariants, 'variant'>) {
  const t = await getTranslations('auth');
  return (
    <>
      <ServerForm action={action} unreachable={t('unreachable')} className="flex flex-col gap-4">
        <TextField
          name="email"
          type="email"
          label={t('email')}
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
        <SubmitButton label={submit} variant={variant} />
      </ServerForm>
      <OutboxHint />
    </>
  );
}
