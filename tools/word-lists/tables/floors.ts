/** Ordinals from the first to the twelfth, and words for floors, by language: patterns in small letters. */
export const FLOORS: Readonly<Record<string, readonly [ordinals: string, floors: string]>> = {
  de: ['erste[nrs]? zweite[nrs]? dritte[nrs]? vierte[nrs]? fünfte[nrs]? sechste[nrs]? siebte[nrs]? achte[nrs]? neunte[nrs]? zehnte[nrs]? elfte[nrs]? zwölfte[nrs]?', 'stock|stockwerk|etage|obergeschoss|og'],
  fr: ['premier deuxième|second troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième', 'étage'],
  es: ['primer[ao]? segund[ao] tercer[ao]? cuart[ao] quint[ao] sext[ao] séptim[ao] octav[ao] noven[ao] décim[ao] undécim[ao] duodécim[ao]', 'piso|planta'],
  it: ['primo secondo terzo quarto quinto sesto settimo ottavo nono decimo undicesimo dodicesimo', 'piano'],
  pt: ['primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo décimo-primeiro décimo-segundo', 'andar|piso'],
  nl: ['eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde', 'verdieping|etage'],
  pl: ['pierwsz[ey]m? drugi(?:m|ego)? trzeci(?:m|ego)? czwart[ey]m? piąt[ey]m? szóst[ey]m? siódm[ey]m? ósm[ey]m? dziewiąt[ey]m? dziesiąt[ey]m? jedenast[ey]m? dwunast[ey]m?', 'piętr[oeaz]+'],
  sv: ['första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte', 'våningen|våning|planet'],
  da: ['første anden|andet tredje fjerde femte sjette syvende ottende niende tiende elvte tolvte', 'sal|etage'],
  nb: ['første andre tredje fjerde femte sjette sjuende åttende niende tiende ellevte tolvte', 'etasje'],
  tr: ['birinci ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu on ?birinci on ?ikinci', 'kat(?:ta|a|tadır)?'],
  ru: ['перв(?:ый|ом) втор(?:ой|ом) трет(?:ий|ьем) четв[её]рт(?:ый|ом) пят(?:ый|ом) шест(?:ой|ом) седьм(?:ой|ом) восьм(?:ой|ом) девят(?:ый|ом) десят(?:ый|ом) одиннадцат(?:ый|ом) двенадцат(?:ый|ом)', 'этаже?'],
};
