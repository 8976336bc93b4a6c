// The masters of an institution, on its page: who they are, naming one, taking one back.
import { randomUUID } from 'node:crypto'
import { maskCpf } from '#shared/kit/identifiers/cpf.ts'
import type { Problem } from '#shared/problems.ts'
import { FieldError, TextField } from '#shared/ui/fields.tsx'
import { Notice } from '#shared/ui/form.tsx'
import type { Institution } from '#soe/institutions/reads.ts'
import type { Operator } from '#soe/operators/reads.ts'
import { institutionPath } from '#soe/web/admin/institutions.tsx'
import type { AdminVisit } from '#soe/web/admin/pages.tsx'
import { StateBadges } from '#soe/web/master/marks.tsx'
import { faultAt, Section } from '#soe/web/master/pages.tsx'

/** What was typed and refused. */
export interface InstitutionView {
  readonly name?: string
  readonly master?: { readonly cpf: string; readonly name: string; readonly email: string }
  readonly problems?: readonly Problem[]
}
export interface InstitutionPart {
  readonly visit: AdminVisit
  readonly institution: Institution
  readonly view: InstitutionView
}

export function Masters({ visit, institution, view, masters }: InstitutionPart & { masters: readonly Operator[] }) {
  const { words } = visit
  const text = words.soeAdmin.institution
  const error = faultAt(words, view.problems ?? [], 'master')
  return (
    <Section title={text.masters}>
      {error ? (
        <div id="master">
          <FieldError id="master" error={error} />
        </div>
      ) : null}
      {institution.masters === 0 ? (
        <Notice tone="warn">
          <p>{text.noMaster}</p>
        </Notice>
      ) : null}
      {masters.length > 0 ? <MasterTable visit={visit} institution={institution} masters={masters} /> : null}
      <NameMaster visit={visit} institution={institution} view={view} />
    </Section>
  )
}

function MasterTable({
  visit,
  institution,
  masters,
}: Omit<InstitutionPart, 'view'> & { masters: readonly Operator[] }) {
  const { words } = visit
  const { soeHouse: house, soeAdmin } = words
  const text = soeAdmin.institution
  const path = (one: Operator) => `${institutionPath(institution.id)}/masters/${one.id}`
  return (
    <div class="scroll">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{house.operators.name}</th>
            <th scope="col">{house.operators.cpf}</th>
            <th scope="col">{house.operators.email}</th>
            <th scope="col">{house.operators.state}</th>
            <th scope="col">{text.change}</th>
          </tr>
        </thead>
        <tbody>
          {masters.map((one) => (
            <tr key={one.id}>
              <td>{one.name}</td>
              <td>{maskCpf(one.cpf)}</td>
              <td>{one.email}</td>
              <td>
                <StateBadges words={words} operator={{ ...one, master: false }} />
              </td>
              <td>
                <div class="acts">
                  {one.status === 'active' ? (
                    <form method="post" action={`${path(one)}/link`}>
                      <button class="btn" type="submit">
                        {one.entered ? house.operator.reset : house.operator.invitation}
                        <span class="vh"> {one.name}</span>
                      </button>
                    </form>
                  ) : null}
                  {one.factor ? (
                    <form method="post" action={`${path(one)}/segundo-fator`}>
                      <button class="btn" type="submit">
                        {house.operator.takeFactor}
                        <span class="vh"> {one.name}</span>
                      </button>
                    </form>
                  ) : null}
                  <form method="post" action={`${path(one)}/retirada`}>
                    <button class="btn" type="submit">
                      {text.withdraw}
                      <span class="vh"> {one.name}</span>
                    </button>
                  </form>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function NameMaster({ visit, institution, view }: InstitutionPart) {
  const { words } = visit
  const { soeHouse: house, soeAdmin } = words
  const text = soeAdmin.institution
  const typed = view.master ?? { cpf: '', name: '', email: '' }
  const error = (field: string) => faultAt(words, view.problems ?? [], field)
  const field = { maxLength: 254 }
  return (
    <form method="post" action={`${institutionPath(institution.id)}/masters`} noValidate>
      <input type="hidden" name="chave" value={randomUUID()} />
      <h3>{text.nameTitle}</h3>
      <p class="hint">{text.nameLead}</p>
      <div class="grid">
        <TextField
          {...field}
          id="cpf"
          name="cpf"
          label={house.operators.cpf}
          error={error('cpf')}
          value={typed.cpf}
          code
          required
          inputMode="numeric"
        />
        <TextField
          {...field}
          id="nome-master"
          name="nome-master"
          label={house.operators.name}
          error={error('nome-master')}
          value={typed.name}
        />
        <TextField
          {...field}
          id="email"
          name="email"
          type="email"
          label={house.operators.email}
          error={error('email')}
          value={typed.email}
        />
      </div>
      <div class="acts">
        <button class="btn pri" type="submit">
          {text.nameSubmit}
        </button>
      </div>
    </form>
  )
}
