'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { ComposerSetup } from './composer-setup';
import type { OpenedFiles } from './opened-files';
import { sizeValues } from './size-values';

export type OpeningWay = 'dropped' | 'pasted';

const NAMED_MAX = 3;

/** Says of opened files which could not be taken, and why. */
export function useRefusals({ maxFiles, maxBytes }: ComposerSetup) {
  const t = useTranslations('composer');
  const errors = useTranslations('errors');
  const format = useFormatter();

  function list(names: readonly string[]): string {
    const more = names.length - NAMED_MAX;
    const shown = names.slice(0, more > 0 ? NAMED_MAX : names.length);
    return format.list(more > 0 ? [...shown, t('moreFiles', { count: more })] : shown);
  }

  return {
    /** @returns an empty text where there is nothing to say */
    explain({ opened, way, left }: { opened: OpenedFiles; way: OpeningWay; left: number }): string {
      const { files, binaries, images, tooLarge } = opened;
      const sentences: string[] = [];
      if (way === 'dropped' && left + [files, binaries, images, tooLarge].flat().length === 0) {
        sentences.push(t('nothingDropped'));
      }
      if (images.length > 0) {
        sentences.push(
          way === 'pasted'
            ? t('pastedPicture')
            : t('pictures', { count: images.length, names: list(images) }),
        );
      }
      if (binaries.length === 1) sentences.push(errors('binary_file', { name: list(binaries) }));
      else if (binaries.length > 1) sentences.push(t('binaries', { names: list(binaries) }));
      if (tooLarge.length > 0) {
        sentences.push(t('tooLargeFiles', { names: list(tooLarge), ...sizeValues(maxBytes) }));
      }
      if (left > 0) sentences.push(errors('files_too_many', { maxFiles }));
      return sentences.join(' ');
    },
  };
}
