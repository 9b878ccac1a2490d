import type { PageText } from '@/lib/core/i18n/page-text';
import type { LoadedFile } from './loaded-file';

/** Links to the files of a paste with many; stays in view while they scroll. */
export function FileIndex({ files, text: { t } }: { files: readonly LoadedFile[]; text: PageText }) {
  return (
    <nav aria-label={t('reading.filesNav')} className="no-print file-index">
      <ol>
        {files.map(({ number, label }) => (
          <li key={number}>
            <a href={`#file-${number}`} title={label}>
              <bdi>{label}</bdi>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
