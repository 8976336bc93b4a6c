// A text of a field of one line. Pure.

/** Line breaks, and what else begins a new line somewhere, become a space: the page sends none, whoever does means one line. */
export const oneLine = (text: string): string => text.replace(/[ \t]*[\r\n\v\f\u2028\u2029]+[ \t]*/g, ' ').trim()
