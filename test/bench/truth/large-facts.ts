type Facts = Readonly<Record<string, unknown>>;

const SIZE = 100_000;

/** As many entries as make facts of 100 KB. */
function listOf(entry: (index: number) => unknown): readonly unknown[] {
  const entries: unknown[] = [];
  for (let size = 0; size < SIZE; size += JSON.stringify(entries.at(-1)).length + 1) {
    entries.push(entry(entries.length));
  }
  return entries;
}

/** Facts of 100 KB, in the shapes that clients send and in those that an attacker would. */
export const LARGE_FACTS: Readonly<Record<string, () => Facts>> = {
  'one text': () => ({ note: 'The fee of £35 is due on 1 May. '.repeat(SIZE / 32) }),
  'one text without a figure': () => ({ note: 'She worked in several homes of the region and liked it. '.repeat(SIZE / 56) }),
  'a CV of many posts': () => ({
    posts: listOf((index) => ({
      employer: `Northfield Home ${index}`, from: `20${10 + (index % 15)}-0${1 + (index % 9)}`, hours: 37.5,
      text: 'Responsible for 12 residents, medication and rotas; led a team of four from March to June.',
    })),
  }),
  'prices of a list': () => ({ currency: 'GBP', lines: listOf((index) => ({ item: `Item ${index}`, qty: index % 7, unit_price: 3 + index })) }),
  'numbers of a list': () => ({ values: listOf((index) => index * 7) }),
  'many fields': () => ({ fields: Object.assign({}, ...listOf((index) => ({ [`field_number_${index}`]: `word ${index}` }))) }),
  'short texts of figures': () => ({ notes: listOf((index) => `£${index} on ${1 + (index % 28)} May 2027 at 1${index % 10}:30`) }),
  'lists in lists': () => ({ lists: listOf((index) => [[[index]], [['1 May']]]) }),
};
