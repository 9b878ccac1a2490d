import { languageLabel, languageOf } from '@/components/reading/display';
import type { PageText } from '@/lib/core/i18n/page-text';
import type { PasteRecord } from '@/lib/pastes/queries';

interface LanguageItemProps {
  paste: PasteRecord;
  text: PageText;
}

/** The language of the first file, with a dot in the colour that `app/languages.css` gives it. */
export function LanguageItem({ paste, text }: LanguageItemProps) {
  if (paste.isSecret) return null;
  const language = languageOf(paste);
  return (
    <li>
      <span data-language={language} className="language-dot" />
      {languageLabel(language, text)}
    </li>
  );
}
