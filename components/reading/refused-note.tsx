import type { FormRefusal } from '@/lib/api/form-refusal';
import { refusalSentence } from '@/lib/api/refusal-sentence';
import type { PageText } from '@/lib/core/i18n/page-text';
import { translatorIn } from '@/lib/core/i18n/translator';

/** Why a form of this page was refused, where the browser posted it without a script. */
export function RefusedNote({ refusal, text }: { refusal: FormRefusal; text: PageText }) {
  return (
    <p role="alert" className="gutter border-b border-hair bg-danger-wash py-2.5 text-sm">
      {refusalSentence(refusal, translatorIn(text.locale))}
    </p>
  );
}
