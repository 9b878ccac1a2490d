'use client';

import { Fragment } from 'react';
import { Keys } from './keys';
import { SHORTCUT_GROUPS } from './shortcut-groups';

type Group = (typeof SHORTCUT_GROUPS)[number];

export type ShortcutNames = Record<Group['name'] | Group['rows'][number]['does'], string>;

/** A client component, because Next sends the markup of others a second time, as data. */
export function ShortcutList({ names }: { names: ShortcutNames }) {
  return SHORTCUT_GROUPS.map(({ name, rows }) => (
    <Fragment key={name}>
      <h3 className="mt-4 mb-1 text-xs text-muted">{names[name]}</h3>
      <dl className="shortcut-list text-sm">
        {rows.map(({ does, ...keys }) => (
          <div key={does}>
            <dt>{names[does]}</dt>
            <dd>
              <Keys {...keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Fragment>
  ));
}
