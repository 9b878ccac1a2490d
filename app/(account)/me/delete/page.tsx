import { DeleteChosen } from '@/components/own/delete-chosen';
import { readBackHref, readChosenSlugs } from '@/components/own/own-selection';
import { guardMemberPage } from '@/components/page/page-guard';
import { privateMetadata } from '@/components/page/page-metadata';
import type { SearchPageProps } from '@/components/page/page-props';
import { now } from '@/lib/core/clock';
import { findPaste } from '@/lib/pastes/queries';

export const generateMetadata = privateMetadata('own.deleteHeading');

/** Asks for confirmation before the chosen pastes are deleted; pastes of other users are left out. */
export default function DeleteOwnPage({ searchParams }: SearchPageProps) {
  return guardMemberPage('member', async ({ user }) => {
    const { slug, back } = await searchParams;
    const at = now();
    const slugs = readChosenSlugs([slug ?? []].flat());
    const found = await Promise.all(slugs.map((one) => findPaste(one, at)));
    const own = found.filter((paste) => paste !== null).filter((paste) => paste.ownerId === user.id);
    return <DeleteChosen pastes={own} now={at} back={readBackHref(back)} />;
  });
}
