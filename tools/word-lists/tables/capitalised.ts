/**
 * Words that carry a capital inside a sentence and are not names, by language; those of English hold everywhere. In
 * small letters.
 */
export const CAPITALISED: Readonly<Record<string, string>> = {
  en: "i i'm i'll i've i'd mr mrs ms miss mx dr prof sir madam ok okay pdf id vat pin cv faq tv am pm gp christmas "
    + 'easter internet wi-fi wifi wi fi english bst gmt utc cet cest est pst et pt ref no nos rsvp asap ps nb eur '
    + 'gbp usd sms',
  de: 'sie ihr ihre ihren ihrem ihrer ihres ihnen du dein deine deinen deinem deiner dir dich herr herrn frau mwst '
    + 'ust uhr euro cent',
  fr: 'madame monsieur mme m mademoiselle mlle tva ttc ht vous votre',
  es: 'usted ustedes ud uds sr sra srta señor señora don doña iva dni nif',
  it: 'lei la le suo sua suoi sue loro sig signor signora dott dottor dottoressa iva',
  pt: 'senhor senhora sr sra você iva nif dra',
  nl: 'u uw mevrouw meneer dhr mevr btw',
  pl: 'pan pani pana panu panem państwo państwa państwu państwem ty twój twoja twoje twoją cię ci ciebie tobie '
    + 'twojego twojej vat nip',
  sv: 'ni er ert era moms',
  da: 'de dem deres i jer jeres moms',
  nb: 'de dem deres dere mva',
  ru: 'вы вас вам вами ваш ваша ваше ваши вашего вашей вашему вашу вашим ваших',
  uk: 'ви вас вам вами ваш ваша ваше ваші вашого вашої',
  tr: 'tl kdv bey hanım sayın',
  cs: 'vás vám vámi váš vaše vaši vašeho vaší dph pan paní',
  hu: 'ön önt önnek önök',
  ro: 'dumneavoastră dvs tva domnul doamna',
  el: 'κος κα',
  fi: 'te teidän',
};
