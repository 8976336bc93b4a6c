// What is looked for in the audit: the form, folded on phones, and the address that carries it.
import type { AskedAudit, AuditQuery } from '#admin/audit.ts'
import { criteriaSaid, eventsOf, PATH } from '#admin/web/audit-words.ts'
import { maskCpf, showCpf } from '#shared/kit/identifiers/cpf.ts'
import { problemText, SelectField, TextField } from '#shared/ui/fields.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import type { Visit } from '#shared/web/site.ts'

/** The address of a search. */
export function pathOf(query: AuditQuery, base = PATH): string {
  const params = new URLSearchParams({ o: query.kind === 'readings' ? 'leituras' : 'mudancas' })
  const given = {
    chamado: query.ticketId,
    pessoa: query.person,
    cpf: query.cpf,
    instituicao: query.institution,
    evento: query.event,
    de: query.from,
    ate: query.to,
    antes: query.before,
  }
  for (const [name, value] of Object.entries(given)) if (value) params.set(name, String(value))
  return `${base}?${params}`
}

/** What a search was for, as its own record keeps it: a CPF only masked, since the record stays. */
export const recordedPath = (query: AuditQuery): string => pathOf({ ...query, cpf: query.cpf && maskCpf(query.cpf) })

export function Criteria({ visit, asked }: { visit: Visit; asked: AskedAudit }) {
  const { audit, clock } = visit.words.admin
  const { query, problems, typed } = asked
  const field = (name: string, value: string) => {
    const problem = problems.find((one) => one.field === name)
    const error = problem && problemText(visit.words, problem)
    return { id: name, name, error, value: problem ? (typed[name] ?? '') : value }
  }
  const said = criteriaSaid(visit.words, recordedPath({ ...query, before: undefined }))
  return (
    <details class="card panel folds" open={problems.length > 0}>
      <summary>
        <span>
          {audit.criteria} <span class="hint">{said}</span>
        </span>
        <Icon name="chevron-down" />
      </summary>
      <form class="pad stack" action={PATH} aria-label={audit.search} noValidate>
        <input type="hidden" name="o" value={query.kind === 'readings' ? 'leituras' : 'mudancas'} />
        <div class="grid">
          <TextField {...field('chamado', String(query.ticketId ?? ''))} label={audit.ticket} inputMode="numeric" />
          <TextField {...field('pessoa', query.person)} label={audit.person} maxLength={100} />
          <TextField {...field('cpf', query.cpf && showCpf(query.cpf))} label={audit.cpf} inputMode="numeric" />
          <TextField {...field('instituicao', query.institution)} label={clock.institution} maxLength={100} />
          <SelectField
            {...field('evento', query.event)}
            label={audit.what}
            choices={eventsOf(visit.words, query.kind)}
            choose={audit.anything}
          />
          <TextField {...field('de', query.from)} type="date" label={audit.from} />
          <TextField {...field('ate', query.to)} type="date" label={audit.to} />
        </div>
        <div class="acts">
          <button type="submit" class="btn pri">
            {audit.search}
          </button>
        </div>
      </form>
    </details>
  )
}
