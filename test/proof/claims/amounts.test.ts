import { claimsIn, proves } from './reading';

describe('an amount', () => {
  test.each([
    ['£1,234.50', 'GBP 1234.5'],
    ['£1,234.50', '1,234.50 pounds'],
    ['1.234,50 €', '€1,234.50'],
    ['1.234,50 EUR', '1234.50 euros'],
    ['£45,000', '£45k'],
    ['£1,500,000', '£1.5m'],
    ['£1.5 million', '£1,500,000'],
    ['fifty thousand pounds', '£50,000'],
    ['USD 500', '$500'],
    ['US$500', 'USD 500'],
    ['$500', '500 dollars'],
    ['SEK 500', '500 kr'],
    ['CHF 1\'200', '1200 Franken'],
    ['₹12,50,000', 'INR 1250000'],
    ['50 pence', '50 pence'],
    ['fünfzig Euro', 'Fünfzig Euro'],
    ['0.5 BTC', '0.5 bitcoin'],
  ])('%j proves %j', (fact, said) => expect(proves(fact, said)).toBe(true));

  test.each([
    ['£45', '£45,000'],
    ['£45', '£45k'],
    ['£1.5', '£1.5m'],
    ['£45,000', '€45,000'],
    ['$500', 'USD 500'],
    ['CAD 500', 'USD 500'],
    ['£500', '500'],
    ['500', '£500'],
    ['500 hours', '500 pounds'],
    ['fünfzig Euro', 'sechzig Euro'],
    ['£5', '£'],
    ['5', '5 bucks'],
  ])('%j does not prove %j', (fact, said) => expect(proves(fact, said)).toBe(false));

  test('is read by the language where a single separator leaves two readings', () => {
    expect(proves('EUR 45000', '45.000 €', 'de-DE')).toBe(true);
    expect(proves('EUR 45000', '€45.000', 'en-GB')).toBe(false);
    expect(proves('45.000 €', '45.000 €', 'en-GB')).toBe(true);
  });

  test('in capitals that are also words is only read as a code', () => {
    expect(claimsIn('try 5')).toEqual(['number:number:5']);
    expect(claimsIn('TRY 5')).toEqual(['amount:TRY number:5']);
  });
});

describe('a percentage', () => {
  test.each([
    ['15%', 'fifteen per cent'],
    ['15 percent', '15 %'],
    ['12,5 Prozent', '12.5%'],
    ['zehn Prozent', 'zehn Prozent'],
  ])('%j proves %j', (fact, said) => {
    expect(proves(fact, said)).toBe(true);
  });

  test.each([
    ['15', '15%'],
    ['15%', '15'],
    ['15%', '1.5%'],
    ['zehn Prozent', 'neun Prozent'],
    ['15%', '-15%'],
  ])('%j does not prove %j', (fact, said) => {
    expect(proves(fact, said)).toBe(false);
  });
});
