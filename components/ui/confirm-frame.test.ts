import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { ConfirmFrame, type ConfirmFrameProps } from './confirm-frame';

it('marks with an ellipsis that the button asks before it acts', () => {
  const props: ConfirmFrameProps = {
    id: 'revoke',
    trigger: { label: 'Revoke', accessibleName: 'Revoke Backup', className: '' },
    words: { question: 'Revoke Backup?', explain: '' },
    children: null,
  };
  const markup = renderToStaticMarkup(createElement(ConfirmFrame, props));
  expect(markup).toContain('aria-label="Revoke Backup…"');
  expect(markup).toContain('>Revoke…</button>');
});
