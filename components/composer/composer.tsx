'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { FormState } from '@/components/actions/form-state';
import { Button } from '@/components/ui/button';
import { FieldError } from '@/components/ui/field-error';
import { ComposerBar } from './composer-bar';
import { ComposerFile } from './composer-file';
import { ComposerNotes } from './composer-notes';
import { ComposerTitle } from './composer-title';
import { CredentialWarning } from './credential-warning';
import { DropZone } from './drop-zone';
import { FileTabs, panelId } from './file-tabs';
import { PlusIcon } from './icons';
import { keepOffline } from './offline/keep-offline';
import { readSaveChoice } from './save-choice';
import { SecretStrip } from './secret-strip';
import { UploadButton } from './upload-button';
import { type ComposerProps, useComposer } from './use-composer';
import { useKeyboardInset } from './use-keyboard-inset';

/**
 * One form for new and changed pastes. Without JavaScript the browser posts it and gets a page back;
 * with it, files come and go at once and nothing typed leaves the page before it is saved.
 */
export function Composer(props: ComposerProps) {
  const { draft, setup, etag, cancelHref, author, isMember, isManager = true } = props;
  const t = useTranslations('composer');
  const form = useRef<HTMLFormElement>(null);
  const composer = useComposer(form, props);
  useKeyboardInset();
  useEffect(() => {
    if (setup.worksOffline && etag === null) return keepOffline();
  }, [setup.worksOffline, etag]);
  const { files, saving } = composer;
  const { cards, selected, wish } = files;
  const { state } = saving;
  const faults = state.fields;
  const isOnly = cards.length === 1;
  const focus =
    Object.keys(faults)[0] ?? (etag === null && state.outcome === 'none' ? 'files.0.content' : null);

  return (
    <form
      ref={form}
      action={saving.postAction}
      noValidate
      className="flex grow flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        const { submitter } = event.nativeEvent as SubmitEvent;
        const intent = submitter instanceof HTMLButtonElement ? submitter.value : '';
        void composer.submit(event.currentTarget, readSaveChoice(intent));
      }}
      onKeyDownCapture={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }
      }}
    >
      {/* The first submit button is the one that Enter presses. */}
      <button type="submit" name="intent" value="save" tabIndex={-1} aria-hidden="true" className="sr-only">
        {t('save')}
      </button>
      {author !== null ? <input type="hidden" name="author" value="member" /> : null}
      {etag === null ? null : (
        <input type="hidden" name="etag" value={state.etag ?? (composer.base || etag)} />
      )}
      {state.sentence === null ? null : (
        <div className="gutter border-b border-hair bg-danger-wash py-2.5 text-sm text-danger max-md:-order-1">
          <p role="alert" tabIndex={-1} data-code={state.code} className="inline">
            {state.sentence}
          </p>
          <WayOn code={state.code} cancelHref={cancelHref} />
        </div>
      )}
      {state.credentials === null ? null : (
        <CredentialWarning
          report={state.credentials}
          files={composer.tabs.map(({ key, label }) => ({ label, panelId: panelId(key) }))}
          canBePrivate={isMember && isManager}
          canBeSecret={etag === null}
          onLine={({ file, line }) => files.goTo(cards[file]?.key ?? selected, line)}
        />
      )}
      <div className="sheet" data-tabs={isOnly ? undefined : ''}>
        {isOnly ? null : (
          <FileTabs
            tabs={composer.tabs}
            selected={selected}
            wished={wish?.part === 'tab' ? wish.key : null}
            onSelect={files.select}
            onMove={composer.move}
            onRemove={composer.remove}
            isLocked={composer.isLocked}
          />
        )}
        {/* In the order they came: a panel that moved in the page would lose its place in the text. */}
        {[...cards]
          .sort((one, other) => one.key - other.key)
          .map((card) => (
            <ComposerFile
              key={card.key}
              card={card}
              index={cards.indexOf(card)}
              facts={composer.factsOf(card)}
              isOnly={isOnly}
              isShown={card.key === selected}
              isLocked={composer.isLocked}
              faults={faults}
              focus={focus}
              wish={wish?.key === card.key ? wish.part : null}
              lineWish={files.lineWish?.key === card.key ? files.lineWish : null}
              maxBytes={setup.maxBytes}
              onRefused={composer.refusePasted}
              onRemove={() => composer.remove(card.key)}
            />
          ))}
        <div
          inert={composer.isLocked}
          className="sheet-tools gutter flex flex-wrap items-center gap-x-1 py-1.5 scripting:flex-nowrap scripting:pl-1 scripting:touch:pr-[3px] scripting:touch:pl-0"
        >
          {cards.length < setup.maxFiles ? (
            <Button
              type="submit"
              name="intent"
              value="add"
              variant="quiet"
              className="max-sm:min-w-9 scripting:px-2 scripting:font-normal"
              title={t('addFile')}
              onClick={(event) => {
                event.preventDefault();
                files.addBlank();
                saving.reset();
              }}
            >
              <PlusIcon />
              <span className="scripting:max-md:sr-only">{t('addFile')}</span>
            </Button>
          ) : null}
          <UploadButton fault={faults.uploads} onOpen={(opened) => composer.open(opened, 'dropped')} />
          <FieldError id="uploads-error">{faults.uploads}</FieldError>
        </div>
        <ComposerNotes
          note={composer.note}
          sending={saving.sending}
          kept={composer.kept}
          bytes={composer.bytes}
          maxBytes={setup.maxBytes}
          waitingFor={composer.waitingFor}
          isGuest={author === null}
          onStopWaiting={composer.stopWaiting}
          onDismiss={composer.dismiss}
        />
      </div>
      {composer.isSecret ? (
        <SecretStrip
          onPassword={etag === null ? composer.typePassword : null}
          minPassword={setup.minPassword}
        />
      ) : null}
      <div inert={composer.isLocked} className="composer-bar md:gutter">
        <ComposerTitle title={draft.title} fault={faults.title} autoFocus={focus === 'title'} />
        <ComposerBar
          draft={draft}
          setup={setup}
          isEdit={etag !== null}
          isMember={isMember}
          isManager={isManager}
          isBusy={composer.isBusy}
          isSecret={composer.isSecret}
          onSecret={composer.turnSecret}
          cancelHref={cancelHref}
          faults={faults}
          focus={focus}
        />
      </div>
      <DropZone onFiles={composer.open} />
    </form>
  );
}

/** Where to regain what has ended during the writing, in a tab of its own. */
function WayOn({ code, cancelHref }: { code: FormState['code']; cancelHref: string | null }) {
  const t = useTranslations('composer');
  const isSignedOut = code === 'unauthorized';
  if (!isSignedOut && (code !== 'not_found' || cancelHref === null)) return null;
  return (
    <a
      href={isSignedOut ? '/login' : cancelHref?.replace(/(?=#|$)/, '/edit')}
      target="_blank"
      rel="noopener"
      className="ml-2 underline"
    >
      {t(isSignedOut ? 'signIn' : 'openPaste')}
    </a>
  );
}
