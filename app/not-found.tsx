import type { Metadata } from 'next';
import { notFoundMetadata } from '@/components/page/not-found-metadata';
import { NotFoundStatement } from '@/components/page/not-found-statement';
import { getPageText } from '@/components/request/page-text';

export function generateMetadata(): Promise<Metadata> {
  return notFoundMetadata();
}

export default async function NotFound() {
  return <NotFoundStatement text={await getPageText()} />;
}
