/** A denied promise is caution: "we cannot guarantee it". */
export const DENIED =
  /(?:n't|\b(?:not|cannot|never|no|unable|without|nicht|keine?[nmrs]?|pas|jamais|no|nunca|non|mai|não|niet|geen|nie|inte|inga|ikke|ingen|değil)|(?<!\p{L})не|لا|ไม่)[ -](?:\p{L}+ ){0,2}$/iu;

