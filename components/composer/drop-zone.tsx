'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState } from 'react';
import { droppedFiles } from './opened-files';

const DRAG_ENDS_AFTER_MS = 200;

export interface DropZoneProps {
  onFiles: (files: readonly File[], way: 'dropped' | 'pasted') => void;
}

/** Takes files that are dropped or pasted anywhere on the page, and shows that it would. */
export function DropZone({ onFiles }: DropZoneProps) {
  const t = useTranslations('composer');
  const [isOver, setIsOver] = useState(false);
  const take = useEffectEvent(onFiles);

  useEffect(() => {
    const stopped = new AbortController();
    // Before the editor, which would read the files into the text.
    const listening = { capture: true, signal: stopped.signal };
    let timer: ReturnType<typeof setTimeout> | undefined;

    function hover(event: DragEvent) {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setIsOver(true);
      clearTimeout(timer);
      timer = setTimeout(() => setIsOver(false), DRAG_ENDS_AFTER_MS);
    }

    function drop(event: DragEvent) {
      setIsOver(false);
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.stopPropagation();
      void droppedFiles(event.dataTransfer).then((files) => take(files, 'dropped'));
    }

    function paste(event: ClipboardEvent) {
      const data = event.clipboardData;
      if (!data || data.files.length === 0 || data.getData('text/plain') !== '') return;
      event.preventDefault();
      event.stopPropagation();
      take([...data.files], 'pasted');
    }

    document.addEventListener('dragover', hover, listening);
    document.addEventListener('drop', drop, listening);
    document.addEventListener('paste', paste, listening);
    return () => {
      clearTimeout(timer);
      stopped.abort();
    };
  }, []);

  if (!isOver) return null;
  return (
    <div className="drop-target">
      <p className="rounded-md border border-accent bg-raised px-4 py-2.5 text-base text-accent">
        {t('dropHere')}
      </p>
    </div>
  );
}
