// What scripts say while files are on their way, as data: `{name}` stands where a figure goes that only the browser knows.
import type { Guest } from '#shared/web/site.ts'

/** The words of the rows of files; `fileBytes`: the limit told for a file that is too large. */
export function uploadWords({ words, lang }: Pick<Guest, 'words' | 'lang'>, fileBytes: number): Record<string, string> {
  const text = words.forms.draft
  return {
    uploading: text.uploading('{size}', '{percent}', '{left}'),
    leftSecond: text.leftSeconds(1),
    leftSeconds: text.leftSeconds(mark('n')),
    leftMinute: text.leftMinutes(1),
    leftMinutes: text.leftMinutes(mark('n')),
    uploadFailed: text.uploadFailed,
    uploadWaiting: text.uploadWaiting,
    uploadRefused: text.uploadRefused,
    uploadingNow: text.uploadingNow,
    tooLarge: words.problems['file-too-large']({ name: '{name}', limit: fileBytes }),
    empty: words.problems['file-empty']({ name: '{name}' }),
    oneFile: text.oneFile('{name}'),
    chooseFile: text.chooseFile,
    replaceFile: text.replaceFile,
    decimal: lang === 'en' ? '.' : ',',
  }
}

/** A place for a figure in a text that takes a number. */
export const mark = (name: string): number => `{${name}}` as unknown as number

/** A data block: the policy for scripts does not run it. `<` must not end it, and JSON may write it as an escape. */
export const blockOf = (data: unknown): string => JSON.stringify(data).replaceAll('<', '\\u003c')
