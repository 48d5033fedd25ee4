/** What stands between the two ends of a range or a list: `12 to 15`, `9-17`, `22. und 25.`, `del 3 al 5`. */
export const RANGE_LINK =
  '(?: ?[-~/] ?| ?(?:から|到|至|에서|부터|と|和) ?| '
    + '(?:to|until|till|and|or|bis|auf|und|oder|à|au|et|ou|a|al|e|y|o|hasta|até|ao|às|alle|tot|naar|en|of|do|i|lub|till|och|eller|til|og|до|по|и|ile|ve|în|la|إلى|و) )';
