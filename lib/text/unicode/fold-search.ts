/** Normalizes text and search terms for comparison, regardless of case and of ё. */
export function foldSearch(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('ё', 'е');
}
