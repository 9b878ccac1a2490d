import type { PasteMetadata } from '@/components/reading/paste-metadata';

interface PasteMetaProps extends PasteMetadata {
  /** Scheme, host and port of this site. */
  origin: string;
  slug: string;
  isIndexed: boolean;
}

/** What unfurlers and search engines read of a paste's page, as `generateMetadata` of app/[slug] gives it. */
export function PasteMeta({ origin, slug, isIndexed, title, description, image }: PasteMetaProps) {
  const imageUrl = `${origin}${image.url}`;
  return (
    <>
      {isIndexed ? null : <meta name="robots" content="noindex, nofollow" />}
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={`${origin}/${slug}`} />
      <meta property="og:image" content={imageUrl} />
      <meta property="og:image:width" content={String(image.width)} />
      <meta property="og:image:height" content={String(image.height)} />
      <meta property="og:image:alt" content={image.alt} />
      <meta property="og:type" content="article" />
      <meta name="twitter:card" content="summary_large_image" />
      <meta name="twitter:title" content={title} />
      <meta name="twitter:description" content={description} />
      <meta name="twitter:image" content={imageUrl} />
      <meta name="twitter:image:alt" content={image.alt} />
      <meta name="twitter:image:width" content={String(image.width)} />
      <meta name="twitter:image:height" content={String(image.height)} />
    </>
  );
}
