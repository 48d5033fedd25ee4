export interface Bar {
  readonly label: string;
  readonly parts: ReadonlyArray<{ readonly name: string; readonly value: number }>;
}

const WIDTH = 760;
const LEFT = 210;
const ROW = 34;
const TOP = 48;
const COLOURS = ['#33658a', '#f26419', '#55a630', '#8d6a9f', '#f6ae2d', '#2f4858', '#86bbd8'];

/** Horizontal bars made of parts, with a legend: plain SVG that a page of documentation shows as it is. */
export function stackedBars(title: string, unit: string, bars: readonly Bar[]): string {
  const names = [...new Set(bars.flatMap(({ parts }) => parts.map(({ name }) => name)))];
  const longest = Math.max(...bars.map(totalOf), Number.MIN_VALUE);
  const scale = (WIDTH - LEFT - 110) / longest;
  const height = TOP + bars.length * ROW + 30 + Math.ceil(names.length / 3) * 20;
  const colour = (name: string) => COLOURS[names.indexOf(name) % COLOURS.length] ?? '#000000';
  const rows = bars.flatMap((bar, index) => row(bar, TOP + index * ROW, scale, unit, colour));
  const legend = names.map((name, index) => {
    const x = 16 + (index % 3) * 245;
    const y = TOP + bars.length * ROW + 20 + Math.floor(index / 3) * 20;
    return `<rect x="${x}" y="${y}" width="12" height="12" fill="${colour(name)}"/><text x="${x + 18}" `
      + `y="${y + 11}">${escape(name)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" `
      + 'font-family="sans-serif" font-size="13">',
    `<title>${escape(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="16" y="26" font-size="16" font-weight="bold">${escape(title)}</text>`,
    ...rows,
    ...legend,
    '</svg>',
    '',
  ].join('\n');
}

function row(bar: Bar, y: number, scale: number, unit: string, colour: (name: string) => string): readonly string[] {
  let x = LEFT;
  const parts = bar.parts.map(({ name, value }) => {
    const width = value * scale;
    const drawn = `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="22" fill="${colour(name)}"/>`;
    x += width;
    return drawn;
  });
  return [
    `<text x="${LEFT - 8}" y="${y + 16}" text-anchor="end">${escape(bar.label)}</text>`,
    ...parts,
    `<text x="${(x + 8).toFixed(1)}" y="${y + 16}">${totalOf(bar).toFixed(2)} ${escape(unit)}</text>`,
  ];
}

function totalOf({ parts }: Bar): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
