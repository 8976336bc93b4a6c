// /admin/formularios/:code/:n/dados: what belongs to the form as a whole: its texts, the ticket's title and facts, groups of documents.
import { changeVersion, versionToRead } from '#forms/actions/versions.ts'
import type { Version } from '#forms/reads/versions.ts'
import { type Definition, questionsOf, type SubjectPart } from '#forms/rules/definition.ts'
import { keyFor } from '#forms/rules/edit.ts'
import { FACT_TYPES } from '#forms/rules/faults.ts'
import { typeOf } from '#forms/rules/question-types.ts'
import { Stale } from '#forms/web/editor/condition.tsx'
import { addressOf, EditionStart, editorPage, seenIn } from '#forms/web/editor/frame.tsx'
import { errorIn, FieldCard, type Fielded, faultItems, Pick, TextPair } from '#forms/web/editor/item-fields.tsx'
import { type Reading, readText, typedIn } from '#forms/web/editor/item-read.ts'
import type { Problem } from '#shared/problems.ts'
import { ErrorSummary, TextField } from '#shared/ui/fields.tsx'
import type { Answer, Visit } from '#shared/web/site.ts'

type Fact = keyof Definition['facts']
const FACTS = Object.keys(FACT_TYPES) as Fact[]

interface Shown {
  readonly definition: Definition
  readonly title: string
  readonly problems: readonly Problem[]
  readonly edition: number
  readonly stale?: boolean
}

/** GET */
export async function showFacts(visit: Visit, code: string, number: number): Promise<Answer> {
  const version = await versionToRead(visit, code, number)
  const { definition, edition } = version
  return factsPage(visit, version, { definition, edition, title: writeSubject(definition.subject), problems: [] })
}

function factsPage(visit: Visit, version: Version, shown: Shown): Answer {
  const { formEditor: text } = visit.words
  const action = `${addressOf(version)}/dados`
  return editorPage(visit, version, {
    title: text.formFacts,
    hint: text.formFactsHint,
    ...(shown.problems.length > 0 ? { status: 422 } : shown.stale ? { status: 409 } : {}),
    body: (
      <form class="stack" method="post" action={action} noValidate>
        <EditionStart visit={visit} action={action} edition={shown.edition} />
        <ErrorSummary title={text.itemWrong} items={faultItems(visit, shown.problems)} />
        {shown.stale ? <Stale visit={visit} version={version} /> : null}
        <Fields visit={visit} problems={shown.problems} shown={shown} />
        <div class="acts">
          {version.status === 'draft' ? (
            <button class="btn pri" type="submit">
              {text.save}
            </button>
          ) : null}
          <a class="btn" href={addressOf(version)}>
            {text.back}
          </a>
        </div>
      </form>
    ),
  })
}

function Fields({ visit, problems, shown }: Fielded & { shown: Shown }) {
  const { formEditor: text } = visit.words
  const { definition } = shown
  const at = { visit, problems }
  const questions = questionsOf(definition)
  const blank = { key: '', name: { 'pt-BR': '', en: '' } }
  return (
    <>
      <FieldCard title={text.texts}>
        <TextPair {...at} name="titulo" label={text.parts.title} value={definition.title} required />
        <TextPair {...at} name="dica" label={text.parts.hint} value={definition.hint} long />
      </FieldCard>
      <FieldCard title={text.ticketTitle}>
        <TextField
          id="q-assunto"
          name="assunto"
          label={text.subject}
          hint={text.subjectHint}
          value={shown.title}
          error={errorIn(at, 'assunto')}
          maxLength={1000}
        />
        <p class="hint">
          {text.subjectKeys}{' '}
          {questions
            .filter((one) => typeOf(one).compares)
            .map((one) => `{${one.key}}`)
            .join(' ')}
        </p>
      </FieldCard>
      <FieldCard title={text.ticketFacts}>
        <p class="hint">{text.ticketFactsHint}</p>
        <div class="grid">
          {FACTS.map((fact) => (
            <Pick
              key={fact}
              {...at}
              name={`fato-${fact}`}
              label={text.facts[fact]}
              value={definition.facts[fact]}
              choices={questions
                .filter(({ type }) => FACT_TYPES[fact].includes(type))
                .map(({ key, label }) => ({ value: key, label: `${label[visit.lang]} (${key})` }))}
            />
          ))}
        </div>
      </FieldCard>
      <FieldCard title={text.groups}>
        <p class="hint">{text.groupsHint}</p>
        {[...definition.groups, blank].map((group, n) => (
          <div key={group.key || 'nova'}>
            <input type="hidden" name={`grupo-${n}-chave`} value={group.key} />
            <TextPair {...at} name={`grupo-${n}`} label={group.key || text.newGroup} value={group.name} />
          </div>
        ))}
      </FieldCard>
    </>
  )
}

/** `Instituições Financeiras - {tipo} - {caso} - {placa|chassi}`. */
export function writeSubject(subject: readonly SubjectPart[]): string {
  return subject
    .map((part) => ('text' in part ? part.text : `{${'label' in part ? part.label : part.first.join('|')}}`))
    .join(' - ')
}

/** Reads that spelling; undefined when a part is neither a text nor names of questions in braces. */
export function readSubject(typed: string, definition: Definition): SubjectPart[] | undefined {
  const parts = typed
    .split(' - ')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const read = parts.map((part): SubjectPart | undefined => {
    const keys = /^\{([a-z0-9|-]+)\}$/.exec(part)?.[1]?.split('|')
    if (!keys) return /[{}]/.test(part) || part.length > 100 ? undefined : { text: part }
    const questions = keys.map((key) => questionsOf(definition).find((one) => one.key === key))
    if (questions.some((one) => !one)) return undefined
    const [only] = keys
    return keys.length === 1 && only && questions[0]?.type === 'choice' ? { label: only } : { first: keys }
  })
  return read.length > 0 && read.every((part) => part !== undefined) ? (read as SubjectPart[]) : undefined
}

/** POST */
export async function postFacts(visit: Visit, code: string, number: number): Promise<Answer> {
  const version = await versionToRead(visit, code, number)
  const seen = seenIn(visit, { code, number })
  const reading: Reading = { posted: visit.posted, problems: [] }
  const title = typedIn(reading, 'assunto')
  const definition = readFacts(reading, version.definition)
  const { problems } = reading
  if (problems.length > 0) return factsPage(visit, version, { definition, title, problems, edition: seen.edition })
  if (version.status === 'draft' && version.edition !== seen.edition) {
    return factsPage(visit, version, { definition, title, problems, edition: version.edition, stale: true })
  }
  await changeVersion(visit, seen, { definition, what: 'dados' })
  return { redirect: `${addressOf(version)}?feito=guardado` }
}

function readFacts(reading: Reading, was: Definition): Definition {
  const subject = readSubject(typedIn(reading, 'assunto'), was)
  if (!subject) reading.problems.push({ field: 'assunto', code: 'form-subject' })
  const facts = Object.fromEntries(
    FACTS.map((fact) => [fact, typedIn(reading, `fato-${fact}`) || was.facts[fact]]),
  ) as Record<Fact, string>
  const { hint: _, ...rest } = was
  const hint = readText(reading, 'dica')
  return {
    ...rest,
    title: readText(reading, 'titulo', true) ?? { 'pt-BR': '', en: '' },
    ...(hint ? { hint } : {}),
    subject: subject ?? was.subject,
    facts,
    groups: readGroups(reading, was),
  }
}

/** Groups in the order of the page; one whose name was emptied goes, a new one gets its key from its name. */
function readGroups(reading: Reading, was: Definition): Definition['groups'] {
  const made: { key: string; name: { 'pt-BR': string; en: string } }[] = []
  for (let n = 0; n <= was.groups.length; n++) {
    const name = readText(reading, `grupo-${n}`)
    const known = was.groups.find((one) => one.key === typedIn(reading, `grupo-${n}-chave`))
    const taken = [...was.groups, ...made].map((one) => one.key)
    if (name) made.push({ key: known?.key ?? keyFor(name['pt-BR'], taken), name })
  }
  return made
}
