import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { type ApiDocument, exampleOf } from './api-document';
import { type ListedOperation, readSecurity } from './api-operations';
import { CodeSample } from './code-sample';
import { InlineCode } from './inline-code';
import { MethodName } from './method-name';
import { answerSample, requestSample } from './operation-samples';
import { OperationStatuses } from './operation-statuses';
import { SchemaList } from './schema-list';
import { listSchemaRows } from './schema-rows';
import { TryIt } from './try-it';

interface OperationProps {
  document: ApiDocument;
  operation: ListedOperation;
}

export async function OperationArticle({ document, operation }: OperationProps) {
  const t = await getTranslations('docs');
  const { operationId, method, shortPath, path, summary, description, parameters = [] } = operation;
  const content = operation.requestBody?.content ?? {};
  const json = content['application/json'];
  const answer = answerSample(document, operation);
  const label = `${method} ${shortPath}`;
  return (
    <article
      id={operationId}
      aria-labelledby={`${operationId}-name`}
      className="-scroll-mt-14 gap-x-10 border-t border-hair pt-6 pb-10 lg:grid lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]"
    >
      <div className="flex flex-col gap-4">
        <header>
          <h2 id={`${operationId}-name`} className="flex items-baseline">
            <MethodName method={method} />
            <a
              href={`#${operationId}`}
              title={t('api.linkTo')}
              className="tap font-mono text-sm font-semibold wrap-anywhere hover:underline hover:underline-offset-3"
            >
              {shortPath}
            </a>
          </h2>
          <p className="mt-2 text-base touch:mt-0" lang="en">
            <InlineCode text={summary} />
          </p>
          <p className="mt-0.5 text-xs text-muted">
            <InlineCode text={await describeAccess(operation)} />
          </p>
        </header>
        {description === undefined ? null : (
          <p className="text-sm text-muted" lang="en">
            <InlineCode text={description} />
          </p>
        )}
        {parameters.length === 0 ? null : (
          <Part title={t('api.parameters')}>
            <SchemaList
              values={parameters.map(({ name, in: place, required = false, schema = {}, description }) => ({
                name: place === 'header' ? name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()) : name,
                type: [schema.type ?? ''].flat().join(' | '),
                isRequired: required && place !== 'path',
                place: t(`api.in.${place}`),
                schema: description === undefined ? schema : { ...schema, description },
              }))}
            />
          </Part>
        )}
        {Object.keys(content).length === 0 ? null : (
          <Part title={t('api.bodyTypes', { types: Object.keys(content).join(', ') })}>
            <SchemaList
              values={listSchemaRows(document, json?.schema ?? {}).map(({ path: name, ...row }) => ({
                name,
                ...row,
              }))}
            />
          </Part>
        )}
        <Part title={t('api.answers')}>
          <OperationStatuses operation={operation} />
        </Part>
      </div>
      <div className="flex flex-col gap-3 max-lg:mt-3 lg:-mt-1">
        <CodeSample
          caption={t('api.request')}
          text={requestSample(document, operation)}
          language="shell"
          label={`${t('api.request')}: ${label}`}
        />
        {answer === null ? null : (
          <CodeSample
            caption={t('api.answerOf', { status: answer.status })}
            text={answer.text}
            language={answer.language}
            label={`${t('api.answer')}: ${label}`}
            canCopy={false}
          />
        )}
        <TryIt
          name={label}
          method={method}
          path={path}
          takesToken={readSecurity(operation).takesToken}
          parameters={parameters.map(({ name, in: place, required = false }) => ({ name, place, required }))}
          body={bodyFor(document, operation)}
        />
      </div>
    </article>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 text-xs font-[620] text-muted">{title}</h3>
      {children}
    </section>
  );
}

async function describeAccess(operation: ListedOperation): Promise<string> {
  const t = await getTranslations('docs');
  const { audience, takesToken, scope } = readSecurity(operation);
  const parts: string[] = [t(`api.who.${audience}`)];
  if (takesToken && scope !== null) parts.push(t('api.scope', { scope: `\`${scope}\`` }));
  else if (takesToken && audience !== 'anyone') parts.push(t('api.noPersonal'));
  return parts.join(' · ');
}

function bodyFor(document: ApiDocument, { requestBody }: ListedOperation) {
  if (!requestBody) return null;
  const json = requestBody.content['application/json'];
  if (!json) return { kind: 'file' } as const;
  return { kind: 'json', text: JSON.stringify(exampleOf(document, json) ?? {}, null, 2) } as const;
}
