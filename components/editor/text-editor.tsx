'use client';

import { useMessages, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useHasScript } from '@/components/ui/use-has-script';
import { fitsEditor, fitsField } from './editor-limits';
import type { MountedEditor } from './mount-editor';
import { whenIdle } from './when-idle';

export interface TextEditorProps {
  name: string;
  /** As a text field holds it. */
  text: string;
  language: string;
  isShown: boolean;
  isOnly: boolean;
  isInvalid: boolean;
  describedBy: string | undefined;
  autoFocus: boolean;
}

/**
 * A text field that works at once, and the editor that takes its place when the page is at rest. The
 * field stays the form's; a text that no editor could show without stumbling is left to it.
 */
export function TextEditor(props: TextEditorProps) {
  const { name, text, language, isShown, isOnly, isInvalid, describedBy, autoFocus } = props;
  const t = useTranslations('composer');
  const words = useEditorWords();
  const field = useRef<HTMLTextAreaElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<MountedEditor | null>(null);
  const hasScript = useHasScript();
  const [waitsForEditor] = useState(() => hasScript && fitsEditor(text) && !fitsField(text));
  const latest = useRef({ words, language, isInvalid, describedBy });

  useEffect(() => {
    latest.current = { words, language, isInvalid, describedBy };
  });

  useEffect(() => {
    const from = field.current;
    const into = host.current;
    if (!isShown || !from || !into || editor.current) return;
    return whenIdle(from, async (settle) => {
      const { mountEditor } = await import('./mount-editor');
      if (!(await settle()) || !fitsEditor(from.value)) return;
      editor.current = mountEditor({
        field: from,
        host: into,
        words: latest.current.words,
        onOverflow: () => {
          editor.current = null;
        },
      });
      editor.current.setFault(latest.current);
      void editor.current.setLanguage(latest.current.language);
    });
  }, [isShown]);

  useEffect(() => () => editor.current?.release(), []);
  useEffect(() => void editor.current?.setLanguage(language), [language]);
  useEffect(() => editor.current?.setFault({ isInvalid, describedBy }), [isInvalid, describedBy]);

  return (
    <div className="text-box" data-only={isOnly || undefined}>
      <textarea
        ref={field}
        name={name}
        aria-label={t('text')}
        aria-invalid={isInvalid ? true : undefined}
        aria-describedby={describedBy}
        placeholder={t('textPlaceholder')}
        defaultValue={text}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        // biome-ignore lint/a11y/noAutofocus: the page opens to be written on, or to be mended here
        autoFocus={autoFocus}
        spellCheck={false}
        dir={fitsField(text) ? 'auto' : undefined}
        data-replaced={waitsForEditor ? '' : undefined}
        className="text-field"
      />
      <div ref={host} className="text-host" />
    </div>
  );
}

function useEditorWords() {
  const t = useTranslations('composer');
  const messages = useMessages();
  return {
    label: t('text'),
    placeholder: t('textPlaceholder'),
    tabIndents: t('tabIndents'),
    tabLeaves: t('tabLeaves'),
    phrases: messages.composer.search,
  };
}
