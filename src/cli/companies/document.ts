import { readFileSync } from 'node:fs';
import type { Document, Node } from 'yaml';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { StoredRecord } from '../../core/ports/company-records';
import type { RecordFinding } from '../../operations/companies/record-faults';
import { CommandError } from '../command-error';

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A finding with its place in a file. */
export type FileFinding = RecordFinding & Position;

/** A YAML or JSON file that is to become a record or a part of one. */
export interface RecordDocument {
  readonly file: string;
  readonly value: StoredRecord;
  /** Where a field is, or the nearest part of it that is there. */
  positionOf(path: string): Position;
}

export type ReadDocument =
  | { readonly readable: true; readonly document: RecordDocument }
  | { readonly readable: false; readonly findings: readonly FileFinding[] };

export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
    const why = isMissing
      ? 'there is no such file; check the name'
      : 'it cannot be read; check that it is a file and may be read';
    throw new CommandError(`Reading ${file} failed: ${why}.`, { cause: error });
  }
}

/** Reads a file's text; JSON is YAML too, so that both name the line of a fault. */
export function readDocument(file: string, text: string): ReadDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const findings = document.errors.map(({ message, pos }): FileFinding => (
    { severity: 'fault', path: '', message: plain(message), ...at(pos[0]) }
  ));
  if (findings.length > 0) return { readable: false, findings };
  const read = valueOf(document);
  if ('unreadable' in read) return { readable: false, findings: [faultOfFile(plain(read.unreadable))] };
  const { value } = read;
  if (value) return { readable: true, document: { file, value, positionOf: (path) => at(offsetOf(document, path)) } };
  return { readable: false, findings: [faultOfFile('the file must hold one mapping of fields (name: value)')] };
}

function faultOfFile(message: string): FileFinding {
  return { severity: 'fault', path: '', message, line: 1, column: 1 };
}

/** Findings with their places, in the order of the file's lines. */
export function placed(document: RecordDocument, findings: readonly RecordFinding[]): readonly FileFinding[] {
  return findings.map((found) => ({ ...found, ...document.positionOf(found.path) }))
    .sort((left, right) => left.line - right.line || left.column - right.column);
}

function plain(message: string): string {
  const [first = ''] = message.split('\n');
  return `it is not valid YAML: ${first.replace(/\.$/, '')}`;
}

/** Aliases are resolved only here: one may name nothing, and many may make a small file a very large one. */
function valueOf(document: Document): { readonly value: StoredRecord | undefined } | { readonly unreadable: string } {
  try {
    const value: unknown = document.toJS();
    return { value: typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined };
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : 'it cannot be read' };
  }
}

function offsetOf(document: Document, path: string): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const step of path === '' ? [] : path.split('.')) {
    const found = entry(node, step);
    if (!found) return offset;
    offset = startOf(found.key ?? found.value);
    node = found.value;
  }
  return offset;
}

/** Keys of YAML may be numbers; records have texts. */
function entry(node: unknown, step: string): { readonly key?: unknown; readonly value: unknown } | undefined {
  if (isMap(node)) return node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
  const item = isSeq(node) && /^\d+$/.test(step) ? node.items[Number(step)] : undefined;
  return item === undefined ? undefined : { value: item };
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

/** One line a finding, as editors and terminals link it. */
export function findingLine(file: string, { severity, path, message, line, column }: FileFinding): string {
  return `${file}:${line}:${column}: ${severity === 'warning' ? 'warning: ' : ''}${path ? `${path} ` : ''}${message}`;
}
