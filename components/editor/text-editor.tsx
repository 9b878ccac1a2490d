'use client';

import { useMessages, useTranslations } from 'next-intl';
import { type ClipboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useHasScript } from '@/components/ui/use-has-script';
import { useKeptText } from '@/components/ui/use-kept-text';
import { fitsField } from './editor-limits';
import { goToLine } from './go-to-line';
import type { MountedEditor } from './mount-editor';
import { utf8Length } from './text-size';
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
  /** A line to go to; each object once. */
  lineWish: { line: number } | null;
  /** The most bytes that the text can have as UTF-8. */
  maxBytes: number;
  /** A text was not inserted, because it is too large. */
  onRefused: () => void;
}

/**
 * A text field that works at once, and the editor that takes its place when the page is at rest. The field
 * stays the form's, but its text is then that of the editor. A text that would make the field stumble is
 * held here until the editor has come.
 */
export function TextEditor(props: TextEditorProps) {
  const { name, text, language, isShown, isOnly, isInvalid, describedBy, autoFocus, maxBytes } = props;
  const { lineWish, onRefused } = props;
  const t = useTranslations('composer');
  const words = useEditorWords();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<MountedEditor | null>(null);
  useKeptText(id, field);
  const hasScript = useHasScript();
  const [isLarge, setIsLarge] = useState(() => !fitsField(text));
  const [isHeldFirst] = useState(() => hasScript && isLarge);
  const [held, setHeld] = useState(isHeldFirst ? text : null);
  const wantsFocus = useRef(autoFocus && isLarge);
  const hasNoEditor = useRef(false);
  const wantedLine = useRef<number | null>(null);
  const latest = useRef({ words, language, isInvalid, describedBy, text, held, maxBytes, onRefused });

  useEffect(() => {
    latest.current = { words, language, isInvalid, describedBy, text, held, maxBytes, onRefused };
  });

  useEffect(() => {
    const from = field.current;
    const into = host.current;
    if (!isShown || !from || !into || editor.current) return;
    return whenIdle(from, async (settle) => {
      const editing = await import('./mount-editor').catch(() => null);
      if (!(await settle())) return;
      const { words, text, held, maxBytes } = latest.current;
      if (!editing) {
        hasNoEditor.current = true;
        if (held !== null) from.value = held;
        setHeld(null);
        setIsLarge(false);
        return;
      }
      editor.current = editing.mountEditor({
        field: from,
        host: into,
        words,
        before: text,
        text: held ?? from.value,
        isFocused: document.activeElement === from || wantsFocus.current,
        maxBytes,
        onRefused: () => latest.current.onRefused(),
      });
      if (wantedLine.current !== null) editor.current.goToLine(wantedLine.current);
      wantedLine.current = null;
      editor.current.setFault(latest.current);
      void editor.current.setLanguage(latest.current.language);
    });
  }, [isShown]);

  useEffect(() => {
    const into = field.current;
    const stopped = new AbortController();
    const supply = ({ formData }: FormDataEvent) => {
      const now = editor.current?.text() ?? latest.current.held;
      if (into && now !== null) formData.set(into.name, now);
    };
    into?.form?.addEventListener('formdata', supply, { signal: stopped.signal });
    return () => stopped.abort();
  }, []);

  useEffect(() => () => editor.current?.destroy(), []);
  useEffect(() => void editor.current?.setLanguage(language), [language]);
  useEffect(() => editor.current?.setFault({ isInvalid, describedBy }), [isInvalid, describedBy]);

  useEffect(() => {
    if (lineWish === null || !field.current) return;
    if (editor.current) {
      editor.current.goToLine(lineWish.line);
      return;
    }
    // The field has the focus until the editor takes its place.
    wantedLine.current = lineWish.line;
    goToLine(field.current, lineWish.line);
  }, [lineWish]);

  function holdPasted(event: ClipboardEvent<HTMLTextAreaElement>) {
    const pasted = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n');
    if (hasNoEditor.current || fitsField(pasted)) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = event.currentTarget;
    const whole = value.slice(0, selectionStart) + pasted + value.slice(selectionEnd);
    if (utf8Length(whole) > maxBytes) {
      onRefused();
      return;
    }
    wantsFocus.current = true;
    setHeld(whole);
    event.currentTarget.dispatchEvent(new Event('input', { bubbles: true }));
  }

  return (
    <div className="text-box" data-only={isOnly || undefined}>
      <textarea
        ref={field}
        id={id}
        name={name}
        aria-label={t('text')}
        aria-invalid={isInvalid ? true : undefined}
        aria-describedby={describedBy}
        placeholder={t('textPlaceholder')}
        defaultValue={isHeldFirst ? '' : text}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        // biome-ignore lint/a11y/noAutofocus: the page opens to be written on, or to be mended here
        autoFocus={autoFocus}
        spellCheck={false}
        dir={isLarge ? undefined : 'auto'}
        data-replaced={held === null ? undefined : ''}
        className={isLarge ? 'text-field scripting:hidden' : 'text-field'}
        onPaste={holdPasted}
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
