// What is true of institutions in SOE/WEB: their data as typed. Pure.
import { parseCnpj } from '#shared/kit/identifiers/cnpj.ts'
import { singleSpaced } from '#shared/kit/one-line.ts'
import { bad, type Checked, good } from '#shared/problems.ts'

export interface NewInstitution {
  /** Fourteen characters without mask. */
  readonly cnpj: string
  readonly name: string
}

const LONGEST_NAME = 200

/** A name as typed; problems at `nome`. */
export function readInstitutionName(typed: string): Checked<string> {
  const name = singleSpaced(typed)
  if (name === '') return bad({ field: 'nome', code: 'institution-name-missing' })
  const fits = name.length <= LONGEST_NAME && /[\p{L}\p{N}]/u.test(name)
  return fits ? good(name) : bad({ field: 'nome', code: 'institution-name-wrong' })
}

/** A new institution as typed: CNPJ in any spelling, numeric or alphanumeric; problems at `cnpj` and `nome`. */
export function readNewInstitution(typed: { cnpj: string; name: string }): Checked<NewInstitution> {
  const cnpj = typed.cnpj.trim() === '' ? bad({ field: 'cnpj', code: 'cnpj-missing' }) : parseCnpj(typed.cnpj, 'cnpj')
  const name = readInstitutionName(typed.name)
  if (cnpj.ok && name.ok) return good({ cnpj: cnpj.value, name: name.value })
  return bad(...(cnpj.ok ? [] : cnpj.problems), ...(name.ok ? [] : name.problems))
}
