// Texts of the room `forms` in English.
import type { Words } from '#words/words.ts'

export const forms = {
  open: {
    title: 'Open a ticket',
    intro: 'Choose the subject. What you fill in is kept as a draft from the first field on.',
    discarded: 'Draft discarded.',
    noForms: 'No form in use',
    noFormsText: 'The form is being updated. Try again later or write to the address at the foot of the page.',
    retiredTitle: 'This form is out of use',
    retiredText: 'Nothing new can be opened with it. Tickets already open stay as they are.',
    retiredMend: 'See the forms in use under “Open a ticket”.',
    allDrafts: 'See all drafts',
    olderDrafts: 'Older drafts',
    drafts: 'Drafts of your institution',
    draftsHint: 'Any operator of the institution may go on with a draft.',
    noCase: 'Case not chosen yet',
    noVehicle: 'no vehicle',
    by: (person: string, own: boolean): string => (own ? 'yours' : `by ${person}`),
    changed: (instant: string): string => `changed ${instant}`,
    files: (n: number): string => (n === 1 ? '1 file' : `${n} files`),
    resume: 'Go on',
    needed: 'What you will need',
    neededHint: 'Documents of each case, with what each file may be and the answer by which it is asked for.',
    neededAlways: 'required',
    neededGroup: (name: string): string => `${name} (one of them)`,
    neededWhen: (answers) => (answers ? `if ${answers}` : 'depending on the answers'),
    neededIfAny: 'if there is any',
  },
  draft: {
    lengths: (least, most) =>
      least > 0
        ? `${least.toLocaleString('en')} to ${most.toLocaleString('en')} characters.`
        : `Up to ${most.toLocaleString('en')} characters.`,
    discard: 'Discard this draft',
    discardText: 'All that was typed and sent in it is lost, for the whole institution. There is no way back.',
    discardNow: 'Discard',
    optional: '(optional)',
    allChoices: 'Change: show all options',
    choose: 'Choose',
    required: 'required',
    optionalTag: 'if any',
    oneOf: 'one of this group',
    chooseFile: 'Choose file',
    chooseFiles: 'Choose files',
    replaceFile: 'Replace file',
    remove: 'Remove',
    cancel: 'Cancel',
    sent: 'sent',
    example: (text: string): string => `Example: ${text}.`,
    maxPages: (n: number): string => (n === 1 ? 'One page.' : `Up to ${n} pages.`),
    dropHere: 'Choose the files, drop them on the line of their document, or paste them with Ctrl+V.',
    kept: (days: number): string => `The files of a draft left alone for ${days} days are removed; its answers stay.`,
    legalBasis: (text: string): string => `Basis: ${text}.`,
    send: 'Send',
    save: 'Save draft',
    update: 'Update fields',
    updateHint: 'After choosing the kind or the case, or changing a yes/no answer, update the fields.',
    versionTitle: 'The form has changed since this draft began',
    versionText:
      'Nothing you filled in is lost: answers and files stay where the new version still asks for them. What is sent follows the new version.',
    versionTake: 'Use the new version',
    versionTaken: 'The draft now uses the new version of the form. Look at the questions that changed.',
    versionChange: {
      added: (n: string): string => `New: ${n}`,
      removed: (n: string): string => `No longer asked for: ${n}`,
      changed: (n: string): string => `Changed: ${n}`,
    },
    sameVehicle: 'Your institution already has a ticket of this vehicle',
    sameVehicleText: 'Look before sending: the request may have been made. You may open another all the same.',
    sameVehicleLink: (t: { id: string; status: string; opened: string }) =>
      `Ticket ${t.id}: ${t.status}, opened on ${t.opened}`,
    savedAt: (time: string): string => `Draft saved at ${time}`,
    saving: 'Saving the draft…',
    filedElsewhere:
      'This draft was sent from another page. Send from here to go on with what is new, or reload to see the ticket.',
    notSaved: 'It could not be saved just now; what you typed is still on this page.',
    signedOut: 'Your session has ended. Send or save the form: once you have signed in again, everything comes back.',
    uploading: (size: string, percent: string, left: string): string => `${size} · ${percent}% · ${left}`,
    leftSeconds: (n: number): string => (n <= 1 ? 'about 1 second' : `about ${n} seconds`),
    leftMinutes: (n: number): string => (n <= 1 ? 'about 1 minute' : `about ${n} minutes`),
    uploadFailed: 'The upload did not finish. Check the connection and choose the file again.',
    uploadWaiting: 'No connection now. The upload goes on by itself when it is back.',
    uploadRefused: 'The server could not keep it now. The upload goes on by itself as soon as it can.',
    stopped: (name: string, percent: number): string =>
      `${name} stopped at ${percent}%. Choose the same file to go on from there.`,
    photograph: 'Take a picture',
    oneFile: (name: string): string => `This document takes one file: “${name}” was left out.`,
    scanningNow: 'The scanner is still checking the files; the form goes on as soon as it is done.',
    uploadingNow: 'Files are still being sent; the form follows as soon as they are through.',
    alsoIn: (name: string): string =>
      `The same file already stands under “${name}”. Check that it is the right document.`,
    twice: 'The same file stands in another line of this draft. Check whether it is the right document.',
    progress: 'Progress',
    progressDocuments: (done: number, all: number): string => `${done} of ${all} sent`,
    progressOptional: 'Optional',
    doubts: 'Questions',
    doubtsText: 'Unblocking requests are only handled here.',
    problemTitle: (n: number): string =>
      n === 1 ? 'One thing to mend before sending' : `${n} things to mend before sending`,
    fileProblemTitle: (n: number): string => (n === 1 ? 'One file could not be kept' : `${n} files could not be kept`),
    checkTitle: (n: number): string => (n === 1 ? 'Check one point' : `Check ${n} points`),
    savedNotice: 'Draft saved. You can go on later under Atendimento > Abrir chamado.',
    resumedNotice: 'Your session had ended: we have brought back what you sent. Check it and send.',
    madeAnewNotice:
      'The draft had been discarded in another page. What you typed goes on in this new one; its documents have to be chosen again.',
    goneTitle: 'This draft was discarded',
    goneText: (who: string, at: string): string => `${who} discarded this draft on ${at}, with all that was in it.`,
    goneMend: 'If the request is still needed, open another one.',
    goneWhileTyping: (who: string, at: string): string =>
      `${who} discarded this draft on ${at}. What stands on this page is not lost: press “Save draft”, and it becomes a new draft.`,
    retiredTitle: 'This form is out of use',
    retiredText: 'The draft stays kept, but it cannot be sent. Ask DETRAN-RS or wait for the new version.',
    notSent: 'No connection to EPROD: nothing was sent yet. What you typed stays on this page; try again in a moment.',
    changedInBoth: 'A field was changed in another page too: see the notice beside it.',
    resumedFiles: 'Some files were not brought back. Choose them again.',
    leftoverNotice: (id) =>
      `This request has already been sent: it is ticket ${id}. What this tab had beyond it stands in this draft and is not in the ticket; take it to a follow-up or send it as another request.`,
    copiedNotice: (id: string): string =>
      `The answers of ticket ${id} were copied to this draft. Attach the documents and check before sending.`,
  },
  kept: {
    title: (n: number): string =>
      n === 1
        ? 'We kept what you sent when your session had ended'
        : `We kept ${n} things you sent after your session had ended`,
    one: (ticket: string | undefined, time: string): string =>
      `Go on with ${ticket ? `ticket ${ticket}` : 'the draft'}, sent at ${time}`,
    hour: 'They stay for an hour, or until you send them.',
  },
  yesNo: { yes: 'Yes', no: 'No', unknown: 'Don’t know' },
} satisfies Words['forms']
