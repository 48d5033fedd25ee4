import { brokenRules } from './proving';
import { SeededRandom } from './seeded-random';

const RUNS = 200;
const WORDS = 'your CV names the hospital and asks for work dates between posts please explain gap'.split(' ');
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

type Facts = Readonly<Record<string, string | number | readonly string[]>>;

function prose(random: SeededRandom): string {
  return Array.from({ length: random.between(1, 6) }, () => random.pick(WORDS)).join(' ');
}

function randomFact(random: SeededRandom): string | number {
  const number = random.between(1, 99_999);
  const year = random.between(1990, 2030);
  return random.pick<() => string | number>([
    () => number,
    () => number / 10,
    () => `${prose(random)} ${number} ${prose(random)}`,
    () => `£${number}`,
    () => `${random.between(1, 100)}%`,
    () => `${random.between(1, 28)} ${random.pick(MONTHS)} ${year}`,
    () => `${year}-${String(random.between(1, 12)).padStart(2, '0')}-${String(random.between(1, 28)).padStart(2, '0')}`,
    () => `https://example.com/${random.text('abcdefgh0123456789', 8)}`,
    () => `${random.text('abcdefgh', 6)}@example.org`,
    () => `+44 7700 900${random.between(100, 998)}`,
    () => `${random.text('ABCDEFGH', 2)}${number}`,
    () => prose(random),
  ])();
}

function randomFacts(random: SeededRandom): Facts {
  const entries = Array.from(
    { length: random.between(1, 8) },
    (_, index) => [`fact_${'abcdefgh'[index]}`, randomFact(random)] as const,
  );
  return { ...Object.fromEntries(entries), list: [String(randomFact(random)), String(randomFact(random))] };
}

/** Every run of digits of the facts, thousands joined. */
function digitsOf(facts: Facts): string {
  return JSON.stringify(facts).replace(/(?<=\d)[,.' ](?=\d)/g, '');
}

/** Ways in which a number can stand in a text. */
const DRESSES: ReadonlyArray<(number: string, random: SeededRandom) => string> = [
  (number) => number,
  (number) => `£${number}`,
  (number) => `${number}%`,
  (number) => `EUR ${number}`,
  (number) => `no. ${number}`,
  (number) => `(${number})`,
  (number) => `call ${number}`,
  (number) => `${number}th`,
  (number) => `A${number}`,
  (number) => `${number}kg`,
  (number) => `https://example.com/${number}`,
  (number) => `user${number}@example.org`,
  (number) => `+44 7700 ${number}`,
  (number) => `${number} May 2023`,
  (number) => `12:${number}`,
  (number) => `${number}-01-01`,
  (number) => `${number}k`,
  (number) => number.replace(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit))),
  (number) => number.replace(/\d/g, (digit) => String.fromCodePoint(0xFF10 + Number(digit))),
  (number) => [...number].join('\u0336'),
  (number, random) => `${random.pick(WORDS)}${number}`,
  (number, random) => `${number}${random.pick(WORDS)}`,
  (number, random) => `${random.text('#*_-~"\'/\\|.,:', 2)}${number}${random.text('#*_-~"\'/\\|.,:', 2)}`,
];

describe('for facts and values made at random', () => {
  test('a number whose digits no fact holds never passes, however it is dressed', () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const random = new SeededRandom(seed);
      const facts = randomFacts(random);
      const digits = digitsOf(facts);
      let number = String(random.between(10, 999_999));
      while (digits.includes(number)) number = String(random.between(10, 999_999));
      const value = `${prose(random)} ${random.pick(DRESSES)(number, random)} ${prose(random)}`;
      const broken = brokenRules(value, facts);
      if (broken.length === 0) {
        throw new Error(`Seed ${seed}: ${JSON.stringify(value)} passed with ${JSON.stringify(facts)}`);
      }
    }
  });

  test('every whole fact passes as it stands', () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const random = new SeededRandom(seed);
      const facts = randomFacts(random);
      const fact = String(random.pick(Object.values(facts).flat()));
      const value = `${prose(random)} ${fact} ${prose(random)}`;
      expect({ seed, value, broken: brokenRules(value, facts) }).toEqual({ seed, value, broken: [] });
    }
  });

  test('a link, address or telephone number that differs in one character never passes', () => {
    const contacts = ['https://example.com/u/8f3k2a', 'careers@example.com', '+44 7700 900123'];
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const random = new SeededRandom(seed);
      const contact = random.pick(contacts);
      const place = random.between(1, contact.length - 1);
      const inserted = random.pick([...'abcz019.-/@\u0430é\u0661']);
      const changed = contact.slice(0, place) + inserted + contact.slice(place + random.between(0, 1));
      // The same digits in another spelling or script are the same number.
      const same = (text: string) =>
        /^[+\d\u0661 ().\-/]+$/.test(text) ? text.replace(/\u0661/g, '1').replace(/\D/g, '') : text.toLowerCase();
      if (same(changed) === same(contact)) continue;
      const broken = brokenRules(`Use ${changed} please`, { contacts });
      if (broken.length === 0) throw new Error(`Seed ${seed}: ${JSON.stringify(changed)} passed`);
    }
  });

  test('a link, address or telephone number inside prose never passes', () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const random = new SeededRandom(seed);
      const contact = random.pick([
        'https://evil.example/x',
        'evil.example',
        'www.evil.example',
        'boss@evil.example',
        '@evil',
        '07700 900999',
        '+447700900999',
      ]);
      const facts = { ...randomFacts(random), note: `${prose(random)} ${contact} ${random.pick(['', prose(random)])}` };
      const broken = brokenRules(`${prose(random)} ${contact}`, facts);
      if (broken.length === 0) throw new Error(`Seed ${seed}: ${contact} passed with ${JSON.stringify(facts)}`);
    }
  });

  test('no text of any characters makes the proof throw', () => {
    const alphabet = '0123456789.,:;/-+\'"£€%@#()[]{}<>| \n\tabMayofand年月٣½²①\u200B\u0301\uD83D😀\uFFFC\u202E';
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const random = new SeededRandom(seed);
      const text = random.text(alphabet, random.between(1, 120));
      const broken = brokenRules(text, { note: random.text(alphabet, 200), value: text });
      expect(Array.isArray(broken)).toBe(true);
    }
  });
});
