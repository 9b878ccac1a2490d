'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { cn } from '@/components/ui/class-names';
import { ArrowIcon } from './icons';
import { languageLabelOf } from './language-label';

const DRAGGED_TYPE = 'application/x-sheaf-file';
const TOOL =
  'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-wash hover:text-ink aria-disabled:cursor-default aria-disabled:opacity-40';

export interface FileTab {
  key: number;
  label: string;
  /** Null for a file that is not text. */
  language: string | null;
  isFaulty: boolean;
}

export interface FileTabsProps {
  tabs: readonly FileTab[];
  selected: number;
  /** Whether the paste is being sent as it is. */
  isLocked: boolean;
  /** A tab that is to have the focus. */
  wished: number | null;
  onSelect: (key: number, part: 'name' | null) => void;
  onMove: (key: number, by: number) => void;
  onRemove: (key: number) => void;
}

export function tabId(key: number): string {
  return `file-tab-${key}`;
}

export function panelId(key: number): string {
  return `file-panel-${key}`;
}

/** The files of a paste as tabs: arrows choose, Alt and arrows move, F2 renames, Delete removes. */
export function FileTabs(props: FileTabsProps) {
  const { tabs, selected, isLocked, wished, onSelect, onMove, onRemove } = props;
  const t = useTranslations('composer');
  const list = useRef<HTMLDivElement>(null);
  const [target, setTarget] = useState<number | null>(null);
  const at = tabs.findIndex(({ key }) => key === selected);

  useEffect(() => {
    list.current
      ?.querySelector(`#${tabId(selected)}`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selected]);

  useEffect(() => {
    if (wished !== null) document.getElementById(tabId(wished))?.focus();
  }, [wished]);

  function go(to: number) {
    const tab = tabs[(to + tabs.length) % tabs.length];
    if (!tab) return;
    onSelect(tab.key, null);
    document.getElementById(tabId(tab.key))?.focus();
  }

  function press(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined) {
      if (event.altKey) onMove(selected, step);
      else go(at + step);
    } else if (event.altKey) return;
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(tabs.length - 1);
    else if (event.key === 'Delete') onRemove(selected);
    else if (event.key === 'F2') onSelect(selected, 'name');
    else return;
    event.preventDefault();
  }

  return (
    <div
      inert={isLocked}
      className="sheet-tabs needs-script flex min-w-0 items-center gap-1 pl-6 max-sm:pl-4"
    >
      <div
        ref={list}
        role="tablist"
        aria-label={t('files')}
        className="tab-strip -ml-3 flex min-w-0"
        onKeyDown={press}
      >
        {tabs.map(({ key, label, language, isFaulty }, index) => (
          <button
            key={key}
            id={tabId(key)}
            type="button"
            role="tab"
            draggable
            aria-selected={key === selected}
            aria-controls={panelId(key)}
            tabIndex={key === selected ? 0 : -1}
            data-target={key === target || undefined}
            className={cn('file-tab', isFaulty && 'text-danger')}
            onClick={() => onSelect(key, null)}
            onDoubleClick={() => onSelect(key, 'name')}
            onDragStart={({ dataTransfer }) => {
              dataTransfer.setData(DRAGGED_TYPE, String(key));
              dataTransfer.effectAllowed = 'move';
            }}
            onDragOver={(event) => {
              if (!event.dataTransfer.types.includes(DRAGGED_TYPE)) return;
              event.preventDefault();
              setTarget(key);
            }}
            onDragLeave={() => setTarget(null)}
            onDragEnd={() => setTarget(null)}
            onDrop={(event) => {
              const dragged = event.dataTransfer.getData(DRAGGED_TYPE);
              setTarget(null);
              if (dragged === '') return;
              event.preventDefault();
              const from = tabs.findIndex((tab) => tab.key === Number(dragged));
              if (from >= 0) onMove(Number(dragged), index - from);
            }}
          >
            <bdi className="max-w-[16ch] truncate">{label}</bdi>
            {language === null ? null : (
              <span className="text-muted max-sm:hidden">{languageLabelOf(language, t('plainText'))}</span>
            )}
          </button>
        ))}
      </div>
      <span className="flex shrink-0 sm:self-start sm:pt-2 sm:touch:pt-3">
        {([-1, 1] as const).map((by) => (
          <button
            key={by}
            type="button"
            aria-label={t(by < 0 ? 'moveLeft' : 'moveRight')}
            title={t(by < 0 ? 'moveLeft' : 'moveRight')}
            aria-disabled={!tabs[at + by]}
            className={TOOL}
            onClick={() => onMove(selected, by)}
          >
            <ArrowIcon isBack={by < 0} />
          </button>
        ))}
      </span>
    </div>
  );
}
