import { Fragment } from 'react';
import { visibleText } from './visible-text';

/** A dotted path, which breaks behind its dots and underscores where a line has no room for it. */
export function FactPath({ path }: { readonly path: string }) {
  return visibleText(path).split(/(?<=[._])/).map((part, index) => (
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));
}
