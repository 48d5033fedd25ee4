import { foldText, joinPieces, replaceSpanned } from '../../../src/proof/claims/folded-text';

describe('folding', () => {
  test.each([
    ['１２', '12'],
    ['٣٤', '34'],
    ['\u{1D7D9}', '1'],
    ['m²', 'm 2'],
    ['10½', '10 1/2'],
    ['5️⃣', '5'],
    ['1\u03362', '12'],
    ['a\u200Bb\u{E0041}c', 'abc'],
    ['—–−‐', '----'],
    ['’`', '\'\''],
    ['a\u00A0\u202Fb', 'a  b'],
    ['a\u2028b', 'a\nb'],
    ['★“”😀', '""""'],
    ['は5人', 'は 5 人'],
    ['5万', '5万'],
    ['é\u0301', 'é\u0301'],
    ['٪', '%'],
    ['€', '€'],
  ])('makes %j %j', (text, folded) => expect(foldText(text)).toBe(folded));

  test('changes each piece on its own and remembers where the words to prove stand', () => {
    const joined = joinPieces(
      [{ text: 'a１' }, { text: '２b', variable: 'x' }, { text: 'c' }, { text: '', variable: 'y' }],
      foldText,
    );
    expect(joined).toEqual({
      text: 'a12bc',
      spans: [
        { start: 2, end: 4, variable: 'x' },
        { start: 5, end: 5, variable: 'y' },
      ],
    });
  });
});

describe('replacing', () => {
  const from = {
    text: 'one two three',
    spans: [
      { start: 4, end: 7, variable: 'x' },
      { start: 8, end: 13, variable: 'y' },
    ],
  };

  test('moves spans along', () => {
    const replaced = replaceSpanned(from, /one|three/g, ([match]) => (match === 'one' ? '1' : '3'));
    expect(replaced).toEqual({
      text: '1 two 3',
      spans: [
        { start: 2, end: 5, variable: 'x' },
        { start: 6, end: 7, variable: 'y' },
      ],
    });
  });

  test('gives a span all of a stretch that it touches', () => {
    expect(replaceSpanned(from, /two three/g, () => '23').spans).toEqual([
      { start: 4, end: 6, variable: 'x' },
      { start: 4, end: 6, variable: 'y' },
    ]);
  });

  test('leaves a text without a match as it is', () => expect(replaceSpanned(from, /four/g, () => '4')).toBe(from));
});
