import { getTranslations } from 'next-intl/server';
import { ACCESS_SECONDS } from '@/lib/accounts/tokens/access';
import { CodeSample } from './code-sample';
import { DocsSection } from './docs-section';
import { Example } from './example';

export async function AccountSection({ url, transcript }: { url: string; transcript: string }) {
  const t = await getTranslations('docs');
  const post = (path: string, body: string) =>
    `curl ${url}/api/v1/auth/${path} \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`;
  return (
    <DocsSection id="account" title={t('sections.account')}>
      <p>{t('account.intro')}</p>
      <Example
        says={t('account.register')}
        command={post(
          'register',
          '{"email": "ada@example.com", "username": "ada", "password": "a long walk by the sea"}',
        )}
      />
      <Example
        says={t('account.verify')}
        command={post('verify-email', '{"token": "dGhlIHRva2Vu…", "password": "a long walk by the sea"}')}
      />
      <Example
        says={t('account.login')}
        command={post('login', '{"username": "ada", "password": "a long walk by the sea"}')}
      />
      <p>{t('account.token', { minutes: ACCESS_SECONDS / 60 })}</p>
      <Example
        says={t('account.own')}
        command={`curl -H "Authorization: Bearer $TOKEN" ${url}/api/v1/users/me/pastes`}
      />
      <details>
        <summary className="tap text-link w-fit list-none">{t('account.session')}</summary>
        <div className="mt-2">
          <CodeSample
            caption={t('account.sessionExplain')}
            text={transcript}
            language="shell"
            label={t('account.session')}
            canCopy={false}
          />
        </div>
      </details>
    </DocsSection>
  );
}
