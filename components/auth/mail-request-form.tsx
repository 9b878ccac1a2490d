import { getTranslations } from 'next-intl/server';
import type { FormAction } from '@/components/actions/use-server-form';
import type { ButtonVariants } from '@/components/ui/button-variants';
import { PageForm } from '@/components/ui/page-form';
import { TextField } from '@/components/ui/text-field';
import { OutboxHint } from './outbox-hint';
import { SubmitButton } from './submit-button';

/** Requests an email to an address. @param props.email what the field has at first */
export async function MailRequestForm({
  action,
  email,
  submit,
  variant,
}: { action: FormAction; email?: string; submit: string } & Pick<ButtonVariants, 'variant'>) {
  const t = await getTranslations('auth');
  return (
    <>
      <PageForm action={action} className="flex flex-col gap-4">
        <TextField
          name="email"
          type="email"
          label={t('email')}
          defaultValue={email}
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
        <SubmitButton label={submit} variant={variant} />
      </PageForm>
      <OutboxHint />
    </>
  );
}
