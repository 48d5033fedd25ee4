import { claimsIn, proves } from './reading';

describe('a telephone number', () => {
  test.each([
    ['+44 7700 900123', '+447700900123'],
    ['+44 7700 900123', '0044 7700-900-123'],
    ['+44 (0)7700 900123', '+44 7700 900 123'],
    ['020 7946 0000', '(020) 7946/0000'],
    ['020 7946 0000', 'zero two zero seven nine four six zero zero zero zero'],
    ['020 7946 0000', 'oh two oh, seven nine four six, double oh double oh'],
    ['020 7946 0000', '0 2 0 . 7 9 4 6 . 0 0 0 0'],
    ['020 7946 0000', '０２０ ７９４６ ００００'],
  ])('%j proves %j', (fact, said) => expect(proves(fact, said)).toBe(true));

  test.each([
    ['+44 7700 900123', '+44 7700 900124'],
    ['+44 7700 900123', '7700 900123'],
    ['07700 900123', '+44 7700 900123'],
    ['88440', 'text YES to 88440'],
  ])('%j does not prove %j', (fact, said) => expect(proves(fact, said)).toBe(false));

  test('is any run of seven digits that is no list, no years and no date', () => {
    expect(claimsIn('1234567')).toEqual(['telephone:1234567']);
    expect(claimsIn('2019 - 2020')).toEqual(['number:number:2019', 'number:number:2020']);
    expect(claimsIn('12, 13, 14, 15')).toHaveLength(4);
    expect(claimsIn('REF1234567')).toEqual(['telephone:code ref1234567']);
    expect(claimsIn('12 34 56')).toHaveLength(3);
  });

  test('can be short where somebody is told to use it', () => {
    expect(claimsIn('call 999')).toEqual(['telephone:999', 'number:number:999']);
    expect(claimsIn('Text our team on 0345')).toEqual(['telephone:0345', 'number:spelling:0345']);
    expect(claimsIn('call us back about 450 hours')).toEqual(['number:number:450']);
  });
});
