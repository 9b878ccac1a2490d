interface PasteTitleProps {
  slug: string;
  title: string;
  /** With its `#`. */
  fragment?: string;
}

/** The title of a paste in a list; the whole row leads to the paste. */
export function PasteTitle({ slug, title, fragment = '' }: PasteTitleProps) {
  return (
    <h2 className="text-base font-semibold [overflow-wrap:anywhere]">
      <a href={`/${slug}${fragment}`} data-entry className="before:absolute before:inset-0 hover:text-accent">
        <bdi>{title}</bdi>
      </a>
    </h2>
  );
}
