// One sentence for each code of a problem, in English.
import type { Facts } from '#words/problem-facts.ts'
import type { Words } from '#words/words.ts'

const characters = (n: unknown): string => (n === 1 ? '1 character' : `${n} characters`)
const GIGABYTE = 1024 ** 3
/** Of what may be many files. */
const room = (bytes: unknown): string =>
  Number(bytes) < GIGABYTE ? megabytes(bytes) : `${(Number(bytes) / GIGABYTE).toFixed(1)} GB`
const megabytes = (bytes: unknown): string =>
  Number(bytes) < 1_048_576 ? `${Math.floor(Number(bytes) / 1024)} kB` : `${Math.floor(Number(bytes) / 1_048_576)} MB`

const KIND: Readonly<Record<string, string>> = {
  pdf: 'PDF',
  jpeg: 'JPEG',
  png: 'PNG',
  'application/pdf': 'a PDF',
  'image/jpeg': 'a JPEG picture',
  'image/png': 'a PNG picture',
  'image/gif': 'a GIF picture',
  'image/webp': 'a WebP picture',
  'image/heic': 'a HEIC photo',
  'image/tiff': 'a TIFF picture',
  'application/zip': 'a ZIP file',
  'application/x-rar-compressed': 'a RAR file',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'a Word document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'an Excel sheet',
  'application/x-cfb': 'an old Office document',
  'application/x-msdownload': 'a program',
  'application/x-elf': 'a program',
  'text/html': 'a web page',
  'application/xml': 'an XML file',
  'text/plain': 'a text file',
  'video/mp4': 'a video',
}
const isA = (type: unknown): string =>
  KIND[String(type)] ?? (type ? `a file of type ${type}` : 'a file of unknown type')
const list = (kinds: unknown): string =>
  String(kinds)
    .split(',')
    .map((kind) => KIND[kind] ?? kind)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1')

const typed = ({ has }: Facts): string => (Number(has) === 1 ? '1 was typed' : `${has} were typed`)

export const problems = {
  required: (w: Facts) =>
    w.label ? (w.choose ? `Answer: ${w.label}` : `Fill in the field “${w.label}”.`) : 'Fill in this field.',
  'declaration-required': (_: Facts) => 'Tick the declaration to send the request.',
  'document-required': (w: Facts) => `Attach the document “${w.document}” to send the request.`,
  'group-required': (w: Facts) => `Attach at least one of these documents: ${w.documents}.`,
  'choice-unknown': (_: Facts) => 'Choose one of the options listed.',
  'too-long': (w: Facts) => `The text may have ${characters(w.most)} at most. Shorten it.`,
  'too-short': (w: Facts) => `Write at least ${characters(w.least)}; there are ${w.has}.`,
  'ticket-id-wrong': (_: Facts) => 'The ID of a ticket is a number, such as 24 151.',
  'date-wrong': (_: Facts) => 'This date does not exist. Write day, month and year, as in 09-03-2021.',
  'date-future': (_: Facts) => 'The date may not lie after today. Check day, month and year.',
  'email-shape': (_: Facts) => 'Write a whole e-mail address, as in name@example.com.',
  'plate-length': (w: Facts) => `A plate has 7 characters and ${typed(w)}. Write it as ABC1234 or ABC1C34.`,
  'plate-shape': (_: Facts) =>
    'A plate has three letters and then digits as in ABC1234, or is a Mercosul one like ABC1C34. Check it.',
  'chassis-length': (w: Facts) =>
    `A chassis number has 17 characters and ${typed(w)}. If the vehicle was made before 1986, tick that option.`,
  'chassis-old-length': (w: Facts) =>
    `The chassis number of a vehicle made before 1986 has 5 to 21 characters and ${typed(w)}.`,
  'chassis-letter': (w: Facts) =>
    `A chassis number has no letter ${w.letter}. Check whether it is the digit ${w.instead}.`,
  'chassis-characters': (_: Facts) => 'A chassis number has only plain letters and digits. Check what was typed.',
  'chassis-repeated': (_: Facts) => 'A chassis number is never one character repeated. Copy it from the document.',
  'renavam-characters': (_: Facts) => 'A RENAVAM has digits only. Remove the letters.',
  'renavam-length': (w: Facts) => `A RENAVAM has 11 digits (9 in old ones) and ${typed(w)}.`,
  'renavam-repeated': (_: Facts) => 'A RENAVAM is never one digit repeated. Copy it from the document.',
  'renavam-digit': (_: Facts) =>
    'The check digit of the RENAVAM is not right. Check the number; if it is as on the document, tick “I confirm the RENAVAM”.',
  'cpf-characters': (_: Facts) => 'A CPF has digits only. Remove the letters.',
  'cpf-length': (w: Facts) => `A CPF has 11 digits and ${typed(w)}.`,
  'cpf-repeated': (_: Facts) => 'A CPF is never one digit repeated.',
  'cpf-digit': (_: Facts) => 'The check digits of the CPF are not right. Compare it with the document.',
  'cnpj-length': (w: Facts) => `A CNPJ has 14 characters and ${typed(w)}.`,
  'cnpj-shape': (_: Facts) => 'A CNPJ has twelve letters or digits and ends in two digits, as in 12.ABC.345/01DE-35.',
  'cnpj-repeated': (_: Facts) => 'A CNPJ is never one character repeated.',
  'cnpj-digit': (_: Facts) => 'The check digits of the CNPJ are not right. Compare it with the document.',
  'cpf-or-cnpj-length': (w: Facts) => `Give a CPF (11 digits) or a CNPJ (14 characters); ${typed(w)}.`,
  'judicial-characters': (_: Facts) => 'A case number has digits, dots and a dash only.',
  'judicial-length': (w: Facts) =>
    `A case number has 20 digits and ${typed(w)}. Write it as 0002080-25.2012.5.15.0049.`,
  'judicial-digit': (_: Facts) => 'The check digits of the case number are not right. Copy it from the decision.',
  'number-shape': (_: Facts) => 'Write the number alone, as 1.234 or 1.234,56 (comma before decimals).',
  'number-decimals': (w: Facts) =>
    w.decimals ? `The number may have ${w.decimals} decimals at most.` : 'Write a whole number, without decimals.',
  'number-least': (w: Facts) => `The least value accepted is ${w.least}.`,
  'number-most': (w: Facts) => `The greatest value accepted is ${w.most}.`,
  'phone-length': (w: Facts) =>
    `A telephone number has an area code and 8 or 9 digits; ${typed(w)}. Write it as (51) 99123-4567.`,
  'phone-area': (w: Facts) => `There is no area code ${w.area}. Check the first two digits.`,
  'phone-shape': (_: Facts) =>
    'A mobile begins with 9 and has 9 digits; a landline begins with 2 to 5 and has 8. Check it.',
  'choices-few': (w: Facts) => (w.least === 1 ? 'Tick one option at least.' : `Tick ${w.least} options at least.`),
  'choices-many': (w: Facts) => (w.most === 1 ? 'Tick one option only.' : `Tick ${w.most} options at most.`),
  'form-file-large': (_: Facts) => 'The file is larger than 1 MB. Check that it is a form exported by this editor.',
  'form-file-deep': (w: Facts) => `The file nests lists beyond the limit (${w.most}).`,
  'form-file-json': (_: Facts) => 'This is no JSON of a form. Export it again.',
  'form-file-shape': (w: Facts) => `The file does not have the shape of a form: ${w.what}.`,
  'form-code': (_: Facts) => 'Use small letters, digits and hyphens, beginning with a letter.',
  'form-code-taken': (_: Facts) => 'A form has this code already. Choose another.',
  'form-count': (w: Facts) =>
    `Write a whole number from ${w.least}${w.most ? ` to ${w.most}` : ''}, or leave it empty.`,
  'form-subject': (_: Facts) => 'The title may only have texts and questions of this form in braces, as {caso}.',
  'form-test-name': (_: Facts) => 'Give the test a name.',
  'form-tests-many': (_: Facts) => 'There are too many tests (200). Remove one before keeping another.',
  'file-empty': (w: Facts) => `The file “${w.name}” is empty (0 bytes). Check the original and send it again.`,
  'file-too-large': (w: Facts) =>
    `The file “${w.name}” is over the limit of ${megabytes(w.limit)}. Lower its resolution or split the document and send it again.`,
  'file-not-what-it-says': (w: Facts) =>
    `The file “${w.name}” says it is ${list(w.says)}, but it is ${isA(w.is)}. Save the document as ${list(w.accepted)} and send it again.`,
  'file-kind': (w: Facts) => `The file “${w.name}” is ${isA(w.is)}. This document takes ${list(w.accepted)}.`,
  'file-ending': (w: Facts) =>
    `The file “${w.name}” ends in .${w.ending}, but its content is ${isA(w.is)}. Change the end of its name to .${w.wanted} and send it again.`,
  'file-pixels': (w: Facts) =>
    `The picture “${w.name}” has ${w.millions} million pixels; the limit is ${w.most} million. Scan or save it at a lower resolution (300 dpi is enough) and send it again.`,
  'file-most': (w: Facts) =>
    `There was no room for “${w.name}”: the limit is ${w.most} files. Remove one before sending another.`,
  'file-quota': (w: Facts) =>
    `There was no room for “${w.name}”: the drafts and unsent messages of your institution already hold ${room(w.has)}, and the limit is ${room(w.limit)}. Send or discard drafts and try again.`,
  'changed-elsewhere': (w: Facts) =>
    `This field was changed in another page while this one was open. What you sent now stays; there it was: “${w.value}”.`,
  'answer-unseen': (_: Facts) =>
    'This field changed in another page while this one was open. Nothing was sent: check what stands in it now and send again.',
  'kept-elsewhere': (w: Facts) =>
    `Another page saved in this field: “${w.value}”. What stands here is not saved yet. “Save draft” keeps what stands here.`,
  'vehicle-missing': (_: Facts) => 'Every ticket is about a vehicle: give its plate or its chassis.',
  'form-changed': (w: Facts) =>
    `The form changed while this request was being filled in${w.changes ? ` (${w.changes})` : ''}. Nothing was sent: check the questions, declare again and send.`,
  'form-retired': (_: Facts) =>
    'This form is out of use: nothing was sent, and the draft stays kept. Ask DETRAN-RS or wait for the new version.',
  'files-changed': (_: Facts) =>
    'The files of this draft changed in another page while this one was open. Nothing was sent: check which stand now at each document and send again.',
  'file-not-kept': (w: Facts) =>
    `There was no room for the file “${w.name}” in what was kept when your session ended (5 files). Choose it again.`,
  'file-document-unknown': (w: Facts) => `The file “${w.name}” belongs to no document of this form. Choose it again.`,
  'file-infected': (w: Facts) =>
    `The scanner found a virus in “${w.name}” (${w.virus}). Remove the file and send another.`,
  'file-being-checked': (w: Facts) => `The file “${w.name}” is still being checked. Wait a few seconds and send again.`,
  'file-refused-opens': (w: Facts) =>
    `The file “${w.name}” does not open: it seems damaged. Check the original and send another.`,
  'file-refused-bomb': (w: Facts) =>
    `The file “${w.name}” unfolds to far more than a computer can open. Print the document to PDF and send it again.`,
  'file-refused-encrypted': (w: Facts) => `The file “${w.name}” asks for a password. Send a copy without one.`,
  'file-refused-pages': (w: Facts) =>
    `The file “${w.name}” has ${w.pages} pages; this document takes ${w.most} at most. Send only the pages asked for.`,
  'file-refused-blank': (w: Facts) =>
    `The file “${w.name}” is blank or too small to be read. Scan it again and send another.`,
  'file-refused-vehicle': (w: Facts) =>
    `The text of “${w.name}” has neither the plate nor the chassis given. Check that it is the right document and send another.`,
  'file-refused-signature': (w: Facts) =>
    `The file “${w.name}” has no digital signature. Send the digitally signed document.`,
  'text-or-file': (_: Facts) => 'Write a text or attach a file.',
  'note-needed': (_: Facts) => 'Write the note.',
  'note-without-files': (_: Facts) => 'A private note takes no files. Send them in a follow-up or with the solution.',
  'refusal-reason-needed': (_: Facts) => 'Write why you refuse. Files go with it, in this same step.',
  'assignee-needed': (_: Facts) => 'Choose who is to handle the ticket.',
  'waiting-type-needed': (_: Facts) => 'Choose the waiting type.',
  'waiting-reason-needed': (_: Facts) => 'Write the reason for waiting.',
  'question-needed': (_: Facts) => 'Write what the institution is to tell or send.',
  'outcome-needed': (_: Facts) => 'Choose the outcome: granted or denied.',
  'solution-needed': (_: Facts) => 'Write the solution.',
  'solution-too-general': (w: Facts) =>
    `A template alone decides no case (Lei RS 15.612/2021, art. 57). Write at least ${characters(w.least)} about this ticket.`,
  'criteria-part': (w: Facts) => `“${w.name}” is no part of a search.`,
  'criteria-shape': (_: Facts) => 'The search is not in the expected format.',
  'criteria-depth': (w: Facts) => `Groups may be nested ${w.most} levels at most.`,
  'criteria-rules': (w: Facts) => `A search may have ${w.most} rules at most.`,
  'criteria-link': (w: Facts) => `“${w.name}” does not join rules. Use AND, OR, AND NOT or OR NOT.`,
  'criteria-field': (w: Facts) =>
    w.name ? `There is no field “${w.name}”. Choose one of the list.` : 'Choose a field of the list.',
  'criteria-operator': (w: Facts) => `The operator does not suit the field “${w.label}”. Choose one of the list.`,
  'criteria-values': (w: Facts) =>
    `The field “${w.label}” was given too many values: the rule takes ${w.most} at most.`,
  'criteria-long': (w: Facts) => `The value may have ${characters(w.most)} at most. Shorten it.`,
  'criteria-missing': (w: Facts) => `Choose or type the value of the field “${w.label}”, or remove the rule.`,
  'criteria-ignored': (w: Facts) =>
    `“${w.name}” has only words that the search leaves out, such as “de”, “para” and “com”. Add another word.`,
  'criteria-two-dates': (_: Facts) =>
    'The rule has a day and a date told from now. Choose “Give a date”, or clear the day.',
  'criteria-several': (w: Facts) =>
    `The field “${w.label}” was given several values. To look for all of them, choose the operator “is one of”.`,
  'criteria-value': (w: Facts) => `“${w.name}” is no value of the field “${w.label}”.`,
  'list-order': (w: Facts) => `There is no order “${w.name}”. Choose a column of the table.`,
  'list-orders': (w: Facts) => `A list is sorted by up to ${w.most} columns. Take one out before you add another.`,
  'list-order-twice': (w: Facts) => `The order “${w.name}” has the same column twice. Leave it once.`,
  'list-beside': (w: Facts) => `“${w.name}” does not count beside rules of a search. Make it a rule.`,
  'address-unknown': (w: Facts) =>
    `The address has “${w.name}”, which this page does not know. Take it out of the address, or search again.`,
  'address-twice': (w: Facts) => `The address has “${w.name}” more than once. Leave one.`,
  'list-status': (w: Facts) => `There is no status “${w.name}”.`,
  'list-place': (_: Facts) => 'The place in the list is none this system wrote. Go back to the first page.',
  'search-name': (_: Facts) => 'Name the search, as “Pending, due today”.',
  'search-long': (_: Facts) => 'The search is too long to be kept. Remove rules or values.',
  'search-many': (w: Facts) => `You keep ${w.most} searches already. Remove one before you keep another.`,
  'search-above': (w: Facts) => `Give a number from 0 to ${w.most}, or leave it blank to be told nothing.`,
  'list-filter': (w: Facts) => `“${w.name}” is no filter this system knows. Take it out of the address.`,
  'list-size': (w: Facts) => `“${w.name}” rows a page is no option: choose 25, 50, 100 or 200.`,
  unknown: (_: Facts) => 'Check this field.',
  'number-range': ({ least, most }) => `Give a number from ${least} to ${most}.`,
  'days-range': ({ least, most }) => `Give a number of days from ${least} to ${most}.`,
  'megabytes-range': ({ least, most }) => `Give a size from ${least} to ${most} MB.`,
  'kind-needed': () => 'Choose the kind: holiday, optional day off or suspension.',
  'day-needed': () => 'Give the first day as a date that exists.',
  'days-there': (f) => `Already in the calendar: ${f.name}. Correct that line, or choose other days.`,
  'day-after': () => 'The last day may not come before the first nor be more than a year later.',
  'name-needed': () => 'Give a name of up to 200 characters, such as Corpus Christi.',
  'source-needed': () => 'Name the law, decree or order in up to 300 characters.',
} satisfies Words['problems']
