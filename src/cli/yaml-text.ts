import { Document, visit } from 'yaml';
import { visibleLine } from './visible-text';

/** A value as YAML, line by line. Text that the terminal could not show is written with YAML's own escapes. */
export function yamlLines(value: unknown, comment?: string): readonly string[] {
  const document = new Document(value);
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === 'string' && node.value.split('\n').some((line) => visibleLine(line) !== line)) {
        node.type = 'QUOTE_DOUBLE';
      }
    },
  });
  document.commentBefore = comment ?? null;
  // Beyond four hex digits YAML has another escape than JSON.
  const text = document.toString({ lineWidth: 0 }).replace(/[\u{e0000}-\u{e007f}]/gu, escape);
  return text.trimEnd().split('\n');
}

function escape(character: string): string {
  return `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
}
