// One entry for each code of shared/refusals.ts, in English.
import type { Words } from '#words/words.ts'

export const refusals = {
  'not-found': {
    title: 'Page not found',
    sentence: 'The address does not exist, or the ticket does not belong to your institution.',
    mend: 'Check the ticket number, or go home and search by plate, chassis or ID.',
  },
  'search-gone': {
    title: 'Search not found',
    sentence: 'The saved search was removed, or is not shared with you.',
    mend: 'Ask whoever saved it to share it, or see yours in List tickets, Saved searches.',
  },
  'sign-in-first': {
    title: 'Sign in to continue',
    sentence: 'Your session has ended or has not begun.',
    mend: 'Sign in through Login SOE; what you sent in the last hour is taken up again afterwards.',
  },
  'needs-include-class': {
    title: 'Class 151 is missing',
    sentence:
      'Opening, answering, approving and refusing tickets needs access class 151 (SNG: INCLUSÃO CONTRATO WEBSERVI).',
    mend: 'Ask the master user of your institution to give you the class in SOE/WEB, then sign in again.',
  },
  'needs-staff-class': {
    title: 'Reserved for another function',
    sentence: 'Your DETRAN-RS user does not hold the class this action needs.',
    mend: 'Ask an administrator to give you the class in SOE/WEB, then sign in again.',
  },
  'not-for-your-side': {
    title: 'Action not available',
    sentence: 'This action belongs to the other side of the service.',
    mend: 'Go back to the ticket: the page shows what you can do now.',
  },
  'closed-stays-closed': {
    title: 'Closed ticket',
    sentence: 'A closed ticket can be neither reopened nor changed.',
    mend: 'If it is still needed, open a new one from this: the answers are copied and both are linked.',
  },
  'not-in-this-status': {
    title: 'The status does not allow this',
    sentence: 'In the present status of the ticket this action does not exist.',
    mend: 'Go back to the ticket: the page shows what can be done now.',
  },
  'changed-meanwhile': {
    title: 'The ticket has changed meanwhile',
    sentence: 'Somebody else changed the ticket after you opened the page. Nothing was written.',
    mend: 'Open the ticket again, see what changed, and repeat the action if it still applies.',
  },
  'refuse-instead': {
    title: 'The ticket is solved',
    sentence: 'A solved ticket takes no follow-up.',
    mend: 'Refuse the solution, with the reason and the files, or approve it.',
  },
  'deadline-over': {
    title: 'The deadline has passed',
    sentence:
      'The deadline of this ticket passed before this action, and its status changes within a minute. Nothing was saved.',
    mend: 'Open the ticket again in a minute: a solution given for want of an answer can still be refused, and a closed ticket can be the start of a new one.',
  },
  'no-space': {
    title: 'The server cannot save now',
    sentence: 'The disk of the server is full or takes no writing. What was already saved is still saved.',
    mend: 'Try again in a few minutes. If it goes on, tell the support of DETRAN-RS.',
  },
  'draft-already-filed': {
    title: 'Request already sent',
    sentence: 'This draft has already become a ticket; it was not sent a second time.',
    mend: 'Look for the ticket on the home page.',
  },
  'form-version-retired': {
    title: 'The form has changed',
    sentence: 'The version of the form this draft began with is no longer in use.',
    mend: 'Begin a new request in Service > Open a ticket.',
  },
  'form-changed-meanwhile': {
    title: 'The form changed meanwhile',
    sentence: 'Somebody else changed or published this version after you had opened the page. Nothing was written.',
    mend: 'Open the version again, look at what changed, and repeat the action if it still applies.',
  },
  'form-draft-exists': {
    title: 'A version is being drafted already',
    sentence: 'A form has one version in draft at a time.',
    mend: 'Go on with the version in draft, or discard it before starting another.',
  },
  'upload-out-of-step': {
    title: 'The upload is elsewhere',
    sentence: 'The part that was sent does not go on where the file had stopped.',
    mend: 'Ask again where the file stopped and go on from there; on the page, choose the same file once more.',
  },
  'upload-longer': {
    title: 'More came than was announced',
    sentence: 'The file is larger than the size announced when the upload began.',
    mend: 'Cancel the upload and begin another with the right size.',
  },
  'file-infected': {
    title: 'File with a virus',
    sentence: 'The scanner found a virus in this file. It is neither opened nor downloaded.',
    mend: 'Ask for the document again, or send it again, saved on a computer without viruses.',
  },
  'file-in-quarantine': {
    title: 'File in quarantine',
    sentence:
      'The scanner has not checked this file yet; until then it is not opened. The check is tried again by itself.',
    mend: 'Try again in a few minutes.',
  },
  'upload-version': {
    title: 'Unknown upload protocol',
    sentence: 'Files in parts are received by the tus protocol, version 1.0.0.',
    mend: 'Send the header Tus-Resumable: 1.0.0, or choose the file on the page of the draft.',
  },
  'needs-master': {
    title: 'A page for master users',
    sentence: 'Only the master user of an institution registers operators and grants classes.',
    mend: 'Talk to the master user of your institution.',
  },
  'institution-suspended': {
    title: 'Institution suspended',
    sentence: 'Your institution is suspended in SOE/WEB: operators and classes cannot be changed.',
    mend: 'DETRAN-RS can mend it: write to reconet@detran.rs.gov.br.',
  },
  'foreign-origin': {
    title: 'Refused for safety',
    sentence: 'What was sent did not come from a page of EPROD.',
    mend: 'Open EPROD at its official address and repeat the action.',
  },
  'too-many-tries': {
    title: 'Too many tries',
    sentence: 'There were too many requests in a short time from your access.',
    mend: 'Wait a minute and try again.',
  },
  'too-many-at-once': {
    title: 'Too many searches at once',
    sentence: 'Several searches or exports of yours, or of your institution, are still being carried out.',
    mend: 'Wait a few seconds for them to end, then reload the page.',
  },
  'too-large': {
    title: 'Too much at once',
    sentence: 'What was sent is over the limit.',
    mend: 'Send fewer files at a time, or smaller ones; the limit stands beside each document.',
  },
  'address-too-long': {
    title: 'Address too long',
    sentence:
      'The address has more than the about 30,000 characters that a request holds, as a search of many rules or long values does.',
    mend: 'Go back, take out rules or values, or make two searches of it.',
  },
  'bad-request': {
    title: 'Request not understood',
    sentence: 'A part of the request was missing or had been altered.',
    mend: 'Go back to the previous page, reload it and repeat the action.',
  },
} satisfies Words['refusals']
