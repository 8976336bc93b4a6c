// Texts of one line: of a field, of a name. Pure.

/** Line breaks, and what else begins a new line somewhere, become a space: the page sends none, whoever does means one line. */
export const oneLine = (text: string): string => text.replace(/[ \t]*[\r\n\v\f\u2028\u2029]+[ \t]*/g, ' ').trim()

/** Names: whatever stands between two words, line breaks and control characters too, becomes one space. */
export const singleSpaced = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
