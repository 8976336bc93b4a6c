// The demonstration: accounts in SOE/WEB, their persons in EPROD, and tickets in every status, made by the product's own
// actions with instants in the past. Laid once; a start that finds a ticket changes nothing.
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { addToDraft } from '../src/attachments/actions.ts'
import { createFileStore, type FileStore } from '../src/attachments/files.ts'
import { checkDraft, openDraft, saveAnswers } from '../src/forms/actions.ts'
import { draftById } from '../src/forms/reads.ts'
import { documentsOf } from '../src/forms/rules/definition.ts'
import { connect, type Tx } from '../src/shared/db/connect.ts'
import type { Actor } from '../src/shared/kit/actor.ts'
import { DAY_MS } from '../src/shared/kit/dates.ts'
import { DEMONSTRATION_ACCOUNTS, DEMONSTRATION_INSTITUTIONS } from '../src/shared/kit/demonstration.ts'
import { plainPdf } from '../src/shared/kit/plain-pdf.ts'
import { found } from '../src/shared/refusals.ts'
import { fileDraft } from '../src/tickets/actions/file-draft.ts'
import { moveTicket } from '../src/tickets/actions/move-ticket.ts'
import { TEAM_FOR_NEW_TICKETS } from '../src/tickets/reads/references.ts'
import { seedSoeDemo } from './demo-soe.ts'
import { CAST, STORIES, type Story } from './demo-stories.ts'
import { FINANCIAL_CODE } from './forms/seed.ts'

/** Seeds accounts and, on a database without tickets, the stories. `data`: EPROD_DATA, where the files go. */
export async function seedDemo(where: { owner: string; soe: string; data: string }, now = new Date()): Promise<void> {
  await seedSoeDemo(where.soe, now)
  const owner = connect(where.owner, { max: 1, statementSeconds: 60 })
  try {
    await owner.db.transaction().execute(async (tx) => {
      await sql`select set_config('eprod.maintenance', 'on', true), pg_advisory_xact_lock(7310)`.execute(tx)
      const there = await tx.selectFrom('eprod.ticket').select('id').limit(1).executeTakeFirst()
      if (there) return
      const people = await seedPeople(tx)
      const store = await createFileStore(where.data)
      for (const story of STORIES) await tell(story, { tx, people, store, now })
    })
  } finally {
    await owner.close()
  }
}

/** By CPF. */
type People = ReadonlyMap<string, Actor>

async function seedPeople(tx: Tx): Promise<People> {
  const people = new Map<string, Actor>()
  for (const account of DEMONSTRATION_ACCOUNTS) {
    const { cnpj, name } = DEMONSTRATION_INSTITUTIONS[account.institution]
    const side = account.institution === 'detran' ? 'staff' : 'institution'
    const institution = await tx
      .insertInto('eprod.institution')
      .values({ cnpj, name, side })
      .onConflict((conflict) => conflict.column('cnpj').doUpdateSet({ name }))
      .returning('id')
      .executeTakeFirstOrThrow()
    const { cpf, email } = account
    const person = await tx
      .insertInto('eprod.person')
      .values({ institution_id: institution.id, cpf, name: account.name, email, side })
      .onConflict((conflict) => conflict.columns(['cpf', 'institution_id']).doUpdateSet({ email }))
      .returning('id')
      .executeTakeFirstOrThrow()
    if (account.classes.some((one) => one === 901 || one === 902)) await joinTeam(tx, person.id)
    people.set(cpf, {
      personId: person.id,
      sessionId: 0,
      name: account.name,
      email,
      cpf,
      side,
      institutionId: institution.id,
      institutionName: name,
      classes: account.classes,
      teams: [],
    })
  }
  return people
}

async function joinTeam(tx: Tx, personId: number): Promise<void> {
  const team = await tx
    .selectFrom('eprod.team')
    .select('id')
    .where('name', '=', TEAM_FOR_NEW_TICKETS)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('eprod.team_member')
    .values({ team_id: team.id, person_id: personId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

interface Stage {
  readonly tx: Tx
  readonly people: People
  readonly store: FileStore
  readonly now: Date
}

/** Plays one story: a draft with real files is filed, then each step is a move at its own instant. */
async function tell(story: Story, stage: Stage): Promise<void> {
  const { tx, people, store } = stage
  const at = (daysAgo: number) => new Date(stage.now.getTime() - daysAgo * DAY_MS)
  const operator = found(people.get(CAST[story.by]))
  const filler = { tx, actor: operator, now: at(story.daysAgo) }
  // A declaration counts for whoever makes it.
  await actAs(tx, operator.personId)
  const draft = found(await draftById(tx, await openDraft(filler, FINANCIAL_CODE)))
  const answers: Record<string, string> = {
    tipo: 'desbloqueio',
    emitido: 'nao',
    estatutario: 'sim',
    declaro: 'sim',
    email: operator.email,
    ...story.answers,
  }
  const fields = Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, [value]]))
  await saveAnswers(filler, draft, fields)
  const before = await checkDraft(filler, found(await draftById(tx, draft.id)), false)
  const wanted = documentsOf(draft.definition).filter(
    ({ key }) => before.verdict.requiredDocuments.has(key) || story.documents?.includes(key),
  )
  for (const document of wanted) {
    const lines = [
      document.name['pt-BR'],
      `Placa ${answers.placa ?? '-'}  Chassi ${answers.chassi ?? '-'}`,
      'Documento de demonstração do EPROD',
    ]
    const name = `${document.key}-${(answers.placa ?? answers.chassi ?? '').toLowerCase()}.pdf`
    const file = await store.receive(Readable.from([plainPdf(lines)]), { field: document.key, name, limit: 1 << 20 })
    const place = {
      draftId: draft.id,
      document: document.key,
      rule: { kinds: document.kinds, maxBytes: 1 << 20 },
      most: 1,
    }
    const added = await addToDraft({ ...filler, store }, file, place)
    if (!added.ok) throw new Error(`demonstration file ${name}: ${added.problems[0]?.code}`)
  }
  const checked = await checkDraft(filler, found(await draftById(tx, draft.id)), false)
  if (checked.problems.length > 0) throw new Error(`demonstration story ${JSON.stringify(checked.problems)}`)
  const { ticketId } = await fileDraft(filler, found(await draftById(tx, draft.id)), checked.values)
  await actAs(tx, undefined)
  await play(story, { ...stage, ticketId, at })
}

async function actAs(tx: Tx, personId: number | undefined): Promise<void> {
  await sql`select set_config('eprod.person', ${String(personId ?? '')}, true)`.execute(tx)
}

async function play(story: Story, stage: Stage & { ticketId: number; at: (daysAgo: number) => Date }): Promise<void> {
  const types = await stage.tx.selectFrom('eprod.waiting_type').select(['id', 'name']).execute()
  for (const step of story.steps ?? []) {
    const { daysAgo, by, waitingType, ...move } = step
    const waitingTypeId = types.find((type) => type.name['pt-BR'] === waitingType)?.id
    const mover = { tx: stage.tx, actor: found(stage.people.get(CAST[by])), now: stage.at(daysAgo) }
    const moved = await moveTicket(mover, stage.ticketId, { ...move, waitingTypeId })
    if (!moved.ok) throw new Error(`demonstration step ${JSON.stringify(moved.problems)}`)
  }
}
