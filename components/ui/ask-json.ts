/** What was asked for; or why not, in a sentence for the reader, which is null if there was no answer at all. */
export type JsonAnswer<T> = { value: T } | { sentence: string | null; status: number };

/** Asks a path of this site, which answers as `answerJson` does. Does not reject. */
export async function askJson<T>(path: string, init?: RequestInit): Promise<JsonAnswer<T>> {
  try {
    const answer = await fetch(path, init);
    if (answer.ok) return { value: (await answer.json()) as T };
    return { sentence: await readSentence(answer), status: answer.status };
  } catch {
    return { sentence: null, status: 0 };
  }
}

/** Null for an answer that is not Sheaf's, such as that of a proxy before it. */
async function readSentence(answer: Response): Promise<string | null> {
  const body: unknown = await answer.json().catch(() => null);
  const sentence = typeof body === 'object' && body !== null && 'sentence' in body ? body.sentence : null;
  return typeof sentence === 'string' ? sentence : null;
}
