import type { Metadata } from 'next';
import { notFoundMetadata } from '@/components/layout/not-found-metadata';
import { NotFoundStatement } from '@/components/layout/not-found-statement';

export function generateMetadata(): Promise<Metadata> {
  return notFoundMetadata();
}

export default function NotFound() {
  return <NotFoundStatement />;
}
