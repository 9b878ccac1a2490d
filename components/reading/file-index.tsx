import { getTranslations } from 'next-intl/server';
import type { LoadedFile } from './loaded-file';

/** The names of many files, each leading to its place; it stays in sight while they scroll. */
export async function FileIndex({ files }: { files: readonly LoadedFile[] }) {
  const t = await getTranslations('reading');
  return (
    <nav aria-label={t('filesNav')} className="no-print file-index">
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
