/** By primary language: the words that reach a person where one of them is the whole message. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ['person', 'human'],
  de: ['mensch', 'person'],
  fr: ['humain', 'conseiller'],
  es: ['persona', 'humano'],
  it: ['persona', 'umano'],
  pt: ['pessoa', 'humano'],
  nl: ['mens', 'persoon'],
  pl: ['człowiek', 'osoba'],
  sv: ['människa', 'person'],
  tr: ['insan', 'kişi'],
  ru: ['человек'],
  ro: ['persoană', 'persoana', 'om'],
  ar: ['شخص', 'موظف'],
};

const ALL: ReadonlySet<string> = new Set(Object.values(WORDS).flat());

/** Whether these words, folded to small letters, ask for a person by themselves. Every language's count everywhere. */
export function isPersonWord(words: string): boolean {
  // A Turkish İ becomes an i with a dot of its own.
  return ALL.has(words.normalize('NFC').replaceAll('i\u0307', 'i'));
}

/** The words that reach a person in a language, in capitals, as a recipient is told them; English ones always do. */
export function personWords(language: string): readonly string[] {
  const primary = language.toLowerCase().split('-')[0] ?? '';
  const own = Object.hasOwn(WORDS, primary) ? WORDS[primary] ?? [] : [];
  return [...new Set([...own, ...(WORDS.en ?? [])])].map((word) => word.toLocaleUpperCase(language));
}
