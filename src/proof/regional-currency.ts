const EURO = 'AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK';
const OTHERS: Readonly<Record<string, string>> = {
  AE: 'AED', AU: 'AUD', BR: 'BRL', CA: 'CAD', CH: 'CHF', CN: 'CNY', CZ: 'CZK', DK: 'DKK', GB: 'GBP', HK: 'HKD',
  HU: 'HUF', IL: 'ILS', IN: 'INR', JP: 'JPY', KR: 'KRW', MX: 'MXN', NG: 'NGN', NO: 'NOK', NZ: 'NZD', PL: 'PLN',
  RO: 'RON', RU: 'RUB', SA: 'SAR', SE: 'SEK', SG: 'SGD', TR: 'TRY', TW: 'TWD', UA: 'UAH', US: 'USD', ZA: 'ZAR',
};
/** By languages that are spoken in one region above all. */
const REGION_OF: Readonly<Record<string, string>> = {
  cs: 'CZ', da: 'DK', de: 'DE', el: 'GR', fi: 'FI', he: 'IL', hu: 'HU', it: 'IT', ja: 'JP', ko: 'KR', nb: 'NO', nl: 'NL',
  no: 'NO', pl: 'PL', ro: 'RO', ru: 'RU', sv: 'SE', tr: 'TR', uk: 'UA',
};

/**
 * What money is in where a template is read, for facts that name no currency at all: a price of `38.5` in a message to
 * Britain is in pounds. Undefined where the language's tag does not tell.
 */
export function regionalCurrency(language: string): string | undefined {
  const [primary = '', ...parts] = language.split('-');
  const region = parts.find((part) => /^[a-z]{2}$/i.test(part))?.toUpperCase() ?? REGION_OF[primary.toLowerCase()] ?? '';
  return EURO.includes(region) && region !== '' ? 'EUR' : OTHERS[region];
}
