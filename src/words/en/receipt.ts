// The receipt of a filed ticket, and the page that says whether one is authentic, in English.
import type { Words } from '#words/words.ts'

export const receipt = {
  pageTitle: (number: string) => `Receipt of ticket ${number}`,
  heading: 'Receipt of opening',
  link: 'Receipt of opening',
  pdf: 'Download as PDF',
  file: (id: number) => `receipt-${id}.pdf`,
  ticket: 'Ticket',
  files: 'Files sent at opening',
  authentic: 'Authenticity',
  checkAt: 'Anybody can check this receipt, without entering EPROD, by the QR code or at the address:',
  code: 'Code:',
  qrLabel: 'QR code: check this receipt',
  offline: 'Check without EPROD',
  offlineHint:
    'The message holds the SHA-256 of the facts, which come with the PDF as the attachment fatos.json. The signature (Ed25519, RFC 8032) is of the message.',
  message: 'Signed message',
  signature: 'Ed25519 signature (base64)',
  publicKey: 'Public key',
  facts: 'Facts',
  verify: {
    title: 'Check a receipt',
    intro: 'Type the code printed on the receipt of opening. The answer says only whether it is authentic.',
    label: 'Code of the receipt',
    hint: 'As 24151-7K3M-9XQA-0B1C-2D3E. Dashes, spaces and capitals do not matter.',
    check: 'Check',
    yes: 'Authentic receipt',
    yesText:
      'EPROD issued a receipt with this code. Only the code was checked: if in doubt about the paper, check the signature of its PDF with the public key below.',
    no: 'This is not the code of a receipt of EPROD',
    noText: 'Check each letter of the code. If it is right, EPROD issued no receipt with it.',
    key: 'EPROD’s public key',
    keyHint:
      'With it the Ed25519 signature of any receipt can be checked without EPROD. The key printed on the receipt must be this one.',
  },
} satisfies Words['receipt']
