import type { Metadata } from 'next';
import { notFoundMetadata } from '@/components/page/not-found-metadata';
import { NotFoundStatement } from '@/components/page/not-found-statement';

export function generateMetadata(): Promise<Metadata> {
  return notFoundMetadata();
}

export default function NotFound() {
  return <NotFoundStatement />;
}
