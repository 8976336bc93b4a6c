// The code on a receipt: the ticket's number and eighty bits of its signature, in letters that are not taken for others. Pure.

/** Crockford's base 32: without I, L, O and U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const MARK_LETTERS = 16

export interface ReceiptCode {
  readonly ticketId: number
  /** Sixteen letters. */
  readonly mark: string
}

/** Ten bytes as sixteen letters. */
export function markOf(bytes: Uint8Array): string {
  const bits = [...bytes.subarray(0, 10)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits.replace(/.{5}/g, (five) => LETTERS[Number.parseInt(five, 2)] ?? '')
}

/** `24151-7K3M-9XQA-0B1C-2D3E`. */
export function showReceiptCode({ ticketId, mark }: ReceiptCode): string {
  return `${ticketId}-${mark.replace(/(.{4})(?=.)/g, '$1-')}`
}

/** Reads a code however it was typed: spaces, dots, small letters, O for 0, I or L for 1. Undefined: no code. */
export function readReceiptCode(typed: string): ReceiptCode | undefined {
  const bare = typed
    .toUpperCase()
    .replace(/[\s.–-]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const [id, mark] = [bare.slice(0, -MARK_LETTERS), bare.slice(-MARK_LETTERS)]
  if (!/^[1-9]\d{0,14}$/.test(id) || [...mark].some((letter) => !LETTERS.includes(letter))) return undefined
  return { ticketId: Number(id), mark }
}
