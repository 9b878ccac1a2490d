import type { Scale } from './options';
import type { Section } from './report';
import { createPaste, SMALL_TEXT } from './samples';
import type { SheafProcess } from './sheaf-process';
import { signUp } from './sign-up';

const FEED_LENGTH = 100;

/** What is in the instance before anything is measured. */
export interface Sample {
  /** A paste of 2 KB that belongs to the owner. */
  slug: string;
  /** `Cookie` header of its owner. */
  owner: string;
  /** `Cookie` header of another member. */
  member: string;
}

/** What every part of the benchmark gets. */
export interface Bench {
  sheaf: SheafProcess;
  sample: Sample;
  scale: Scale;
}

/** A part that can be chosen by name. */
export interface Part {
  name: string;
  measure(bench: Bench): Promise<Section>;
}

/** Two accounts, a paste to read, and a feed of public pastes. */
export async function createSample(sheaf: SheafProcess): Promise<Sample> {
  const owner = await signUp(sheaf, 'ada');
  const member = await signUp(sheaf, 'grace');
  const asOwner = { Authorization: owner.bearer };
  for (let number = 1; number <= FEED_LENGTH; number += 1) {
    const paste = { title: `Plan ${number}`, visibility: 'public', content: SMALL_TEXT } as const;
    await createPaste(sheaf.url, paste, asOwner);
  }
  const slug = await createPaste(sheaf.url, { content: SMALL_TEXT }, asOwner);
  return { slug, owner: owner.cookie, member: member.cookie };
}
