import { languageLabel, sizeLabel, titleOf } from '@/components/reading/display';
import { Moment } from '@/components/reading/moment';
import { getPageText } from '@/components/request/page-text';
import type { PasteRecord } from '@/lib/pastes/queries';
import { visibleText } from '@/lib/text/unicode/display-text';

/** One paste of the feed: its title and one line about it. */
export async function FeedItem({ paste, now }: { paste: PasteRecord; now: Date }) {
  const text = await getPageText();
  const [first] = paste.files;
  const bytes = paste.files.reduce((sum, file) => sum + file.bytes, 0);
  const fileName = visibleText(first?.name ?? '');
  const title = titleOf(paste, text);
  return (
    <li className="relative border-b border-hair py-3.5 has-[a:hover]:bg-wash/60">
      <h2 className="text-base font-semibold [overflow-wrap:anywhere]">
        <a href={`/${paste.slug}`} className="before:absolute before:inset-0 hover:text-accent">
          <bdi>{title}</bdi>
        </a>
      </h2>
      <ul className="dotted mt-0.5 flex flex-wrap text-xs text-muted touch:pointer-events-none">
        {fileName === '' || fileName === title ? null : (
          <li className="max-w-full truncate font-mono text-2xs leading-[1.65]">
            <bdi>{fileName}</bdi>
          </li>
        )}
        <li>{languageLabel(first?.language ?? 'text', text)}</li>
        <li>{sizeLabel(bytes, text)}</li>
        {paste.files.length > 1 ? <li>{text.t('reading.files', { count: paste.files.length })}</li> : null}
        <li>
          <Moment event="made" at={paste.createdAt} now={now} text={text} />
        </li>
      </ul>
    </li>
  );
}
