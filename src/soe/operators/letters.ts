// The letters that carry a link to an operator: invitation, and a new password asked for by its master.
import { randomUUID } from 'node:crypto'
import { composeLetter } from '#shared/mail/compose.tsx'
import { postLetter } from '#shared/mail/store.ts'
import { makeLink } from '#soe/links/actions.ts'
import { LINK_HOURS, type LinkPurpose } from '#soe/links/rules.ts'
import type { Doing } from '#soe/operators/actions.ts'
import { wordsFor } from '#words/words.ts'

interface Addressee {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** The first language: which one the person reads is not known yet. */
const LANG = 'pt-BR'
const PATH = { invitation: '/soe/convite', reset: '/soe/senha' } as const satisfies Record<LinkPurpose, string>

/** Posts the invitation in the transaction that registers the person. */
export async function postInvitation(
  doing: Doing,
  to: Addressee & { readonly institutionName: string; readonly master: boolean },
): Promise<void> {
  const text = wordsFor(LANG).soeLetters.invitation
  const { institutionName, name } = to
  const lines = [text.lead(institutionName), to.master ? text.asMaster : text.asOperator]
  await post(doing, to, { purpose: 'invitation', heading: text.heading(name), subject: text.subject, lines })
}

/** Posts a link to set another password; who asked for it is said. */
export async function postReset(doing: Doing, to: Addressee): Promise<void> {
  const text = wordsFor(LANG).soeLetters.reset
  const lines = [text.lead(doing.manager.name)]
  await post(doing, to, { purpose: 'reset', heading: text.heading(to.name), subject: text.subject, lines })
}

/** Tells a person what was changed about how it enters, and by whom. */
export async function postNotice(
  { tx, manager, origin, now }: Doing,
  to: Addressee,
  about: 'emailChanged' | 'factorsTaken',
): Promise<void> {
  const words = wordsFor(LANG).soeLetters
  const text = words[about]
  const content = composeLetter({
    lang: LANG,
    subject: text.subject,
    heading: words.invitation.heading(to.name),
    paragraphs: [text.lead(manager.name)],
    after: [words.notMine],
    foot: words.foot,
  })
  await postLetter(tx, { to: to.email, messageId: `${randomUUID()}@${new URL(origin).hostname}`, ...content }, now)
}

async function post(
  { tx, manager, origin, now }: Doing,
  to: Addressee,
  said: { purpose: LinkPurpose; subject: string; heading: string; lines: readonly string[] },
): Promise<void> {
  const words = wordsFor(LANG).soeLetters
  const { purpose } = said
  const token = await makeLink(tx, { accountId: to.id, purpose, by: manager.accountId }, now)
  const content = composeLetter({
    lang: LANG,
    subject: said.subject,
    heading: said.heading,
    paragraphs: said.lines,
    action: { label: words[purpose].button, href: `${origin}${PATH[purpose]}/${token}` },
    after: [words.holds(LINK_HOURS[purpose]), words.notMine],
    foot: words.foot,
  })
  const messageId = `${purpose}-${randomUUID()}@${new URL(origin).hostname}`
  await postLetter(tx, { to: to.email, messageId, ...content }, now)
}
