// Names of files as people see them: cleaned when received, quoted when sent. Never used as a path.

const LONGEST = 255
/** Control characters, and marks that turn the reading direction around (`fdp.exe` shown as `exe.pdf`). */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** A file's name without folders and unseen characters, 1–255 characters; its extension survives shortening. */
export function cleanName(given: string): string {
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const name = last.replace(UNSEEN, '').replace(/\s+/gu, ' ').trim().replace(/^\.+/, '')
  if (name === '') return 'arquivo'
  const characters = [...name]
  if (name.length <= LONGEST) return name
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? ''
  let kept = characters.slice(0, LONGEST - extension.length).join('')
  while (kept.length + extension.length > LONGEST) kept = [...kept].slice(0, -1).join('')
  return kept + extension
}

/** The extension in small letters, without its dot; '' when there is none: a number (`v1.2`) is no extension. */
export function extensionOf(name: string): string {
  return /\.([A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** Content-Disposition with the name for old and new readers (RFC 6266, RFC 8187). */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]|["\\%;]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
