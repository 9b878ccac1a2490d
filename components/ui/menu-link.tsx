import type { ReactNode } from 'react';

interface MenuLinkProps {
  href: string;
  className?: string;
  children: ReactNode;
}

/** An item of a menu that leads to a page. */
export function MenuLink({ href, className, children }: MenuLinkProps) {
  return (
    <li className={className}>
      <a href={href} className="menu-item">
        {children}
      </a>
    </li>
  );
}
