import { getTranslations } from 'next-intl/server';
import { fileLabel } from './display';
import type { LoadedFile } from './loaded-file';

/** The names of many files, each leading to its place on the page. */
export async function FileIndex({ files }: { files: readonly LoadedFile[] }) {
  const t = await getTranslations('reading');
  const labels = await Promise.all(files.map(({ name, number }) => fileLabel(name, number)));
  return (
    <nav aria-label={t('filesNav')} className="no-print gutter overflow-x-auto pb-4">
      <ol className="-ml-2 flex font-mono sm:flex-wrap text-[13px] text-muted">
        {files.map(({ number }, index) => (
          <li key={number} className="shrink-0">
            <a
              href={`#file-${number}`}
              className="block max-w-[32ch] truncate rounded-md px-2 py-1 hover:bg-wash hover:text-ink"
            >
              <bdi>{labels[index]}</bdi>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
