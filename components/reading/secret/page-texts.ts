import type { Messages } from '@/lib/core/i18n/create-page-text';
import type { Locale } from '@/lib/core/i18n/locale';
import { messagesIn } from '@/lib/core/i18n/page-text';

type PageTexts = Pick<Messages, 'rendered' | 'textWarnings'> & {
  history: Partial<Messages['history']>;
  reading: Partial<Messages['reading']>;
  secretPage: Partial<Messages['secretPage']>;
};

/** The messages that the script of a secret paste shows, for its page to contain. */
export function pageTexts(locale: Locale): PageTexts {
  const { rendered, textWarnings, history, reading, secretPage } = messagesIn(locale);
  return {
    rendered,
    textWarnings,
    history: {
      filesChanged: history.filesChanged,
      lineCounts: history.lineCounts,
      lineCountsLabel: history.lineCountsLabel,
    },
    reading: {
      untitled: reading.untitled,
      bytes: reading.bytes,
      lines: reading.lines,
      files: reading.files,
      fileNumber: reading.fileNumber,
      fileNumbered: reading.fileNumbered,
      filesNav: reading.filesNav,
      textOf: reading.textOf,
      empty: reading.empty,
      plainRest: reading.plainRest,
      plainText: reading.plainText,
      copy: reading.copy,
      copied: reading.copied,
      notCopied: reading.notCopied,
      copyFile: reading.copyFile,
      raw: reading.raw,
      rawOf: reading.rawOf,
      download: reading.download,
    },
    secretPage: {
      opening: secretPage.opening,
      passwordMissing: secretPage.passwordMissing,
      keep: secretPage.keep,
      binary: secretPage.binary,
      save: secretPage.save,
      expires_later: secretPage.expires_later,
      more_reads: secretPage.more_reads,
      faults: secretPage.faults,
    },
  };
}
