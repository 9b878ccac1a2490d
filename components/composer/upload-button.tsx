import { useTranslations } from 'next-intl';
import { FolderIcon } from './icons';

export interface UploadButtonProps {
  fault: string | undefined;
  onOpen: (files: readonly File[]) => void;
}

/** With JavaScript a quiet button; without, the browser's own field, which names the files chosen. */
export function UploadButton({ fault, onOpen }: UploadButtonProps) {
  const t = useTranslations('composer');
  return (
    <label className="relative inline-flex min-h-9 flex-wrap items-center gap-x-2 rounded-md px-2 text-sm text-muted has-focus-visible:outline-2 has-focus-visible:outline-accent scripting:hover:bg-wash scripting:hover:text-ink touch:min-h-11 scripting:max-md:min-w-9 scripting:max-md:justify-center scripting:touch:min-w-11">
      <span className="needs-script">
        <FolderIcon />
      </span>
      <span className="scripting:max-md:sr-only">{t('uploads')}</span>
      <input
        type="file"
        name="uploads"
        multiple
        title={t('uploads')}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? 'uploads-error' : undefined}
        // In WebKit its words, which are not seen, would make the page wider than a phone.
        className="max-w-full overflow-hidden font-normal scripting:absolute scripting:inset-0 scripting:w-full scripting:cursor-pointer scripting:opacity-0"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) onOpen(files);
        }}
      />
      <span className="font-normal scripting:hidden">{t('uploadsHint')}</span>
    </label>
  );
}
