import { signInHrefFrom } from '@/components/layout/sign-in-href';
import { buttonVariants } from '@/components/ui/button-variants';
import type { ErrorCode } from '@/lib/core/errors';
import type { PageText } from '@/lib/core/i18n/page-text';
import { Statement } from './statement';

const RULES = [
  'members_only',
  'create_disabled',
  'feed_disabled',
  'invitation_required',
  'registration_closed',
] as const;

/** An error that says what the operator does not allow on this instance. */
export type RuleCode = (typeof RULES)[number];

export function isRuleCode(code: ErrorCode): code is RuleCode {
  return RULES.some((rule) => rule === code);
}

interface RuleStatementProps {
  code: RuleCode;
  /** Path and query of the page, to return to after signing in. */
  path: string;
  text: PageText;
}

/** In place of a page that this instance does not offer to the reader. */
export function RuleStatement({ code, path, text: { t } }: RuleStatementProps) {
  return (
    <Statement title={t(`problems.${code}.title`)} detail={t(`problems.${code}.detail`)}>
      {code === 'members_only' ? (
        <a href={signInHrefFrom(path)} className={buttonVariants({ variant: 'primary', size: 'lg' })}>
          {t('account.signIn')}
        </a>
      ) : null}
    </Statement>
  );
}
