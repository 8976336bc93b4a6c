// What the administrator may adjust, at /soe/administracao/ajustes.
import type { Problem } from '#shared/problems.ts'
import { TextField } from '#shared/ui/fields.tsx'
import type { Answer } from '#shared/web/site.ts'
import { setConfirmationMonths } from '#soe/operators/actions.ts'
import { confirmationMonths } from '#soe/operators/reads.ts'
import { readConfirmationMonths } from '#soe/operators/rules.ts'
import { ADMINISTRATION, type AdminVisit, adminPage, after } from '#soe/web/admin/pages.tsx'
import { faultAt } from '#soe/web/master/pages.tsx'

const PATH = `${ADMINISTRATION}/ajustes`
const MONTHS = 'meses'

export async function showSettings(visit: AdminVisit): Promise<Answer> {
  return settingsPage(visit, String(await confirmationMonths(visit.tx)), [])
}

export async function saveSettings(visit: AdminVisit): Promise<Answer> {
  const typed = visit.field(MONTHS).slice(0, 20)
  const read = readConfirmationMonths(typed)
  if (!read.ok) return settingsPage(visit, typed, read.problems)
  await setConfirmationMonths(visit.doing, read.value)
  return after(PATH, 'ajustes')
}

function settingsPage(visit: AdminVisit, months: string, problems: readonly Problem[]): Answer {
  const { words } = visit
  const text = words.soeAdmin.settings
  const body = (
    <form class="card" method="post" action={PATH} noValidate>
      <div class="sect stack">
        <h1>{text.title}</h1>
        <TextField
          id={MONTHS}
          name={MONTHS}
          label={text.months}
          hint={text.monthsHint}
          error={faultAt(words, problems, MONTHS)}
          value={months}
          maxLength={4}
          inputMode="numeric"
          required
        />
        <p class="hint">{text.elsewhere}</p>
        <div class="acts">
          <button class="btn pri" type="submit">
            {words.soeHouse.save}
          </button>
        </div>
      </div>
    </form>
  )
  return adminPage(visit, { title: text.title, path: PATH, body, problems })
}
