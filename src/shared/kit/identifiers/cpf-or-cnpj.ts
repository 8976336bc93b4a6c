// A debtor's number: a CPF or a CNPJ, told apart by its length and letters.
import { parseCnpj, showCnpj } from '#shared/kit/identifiers/cnpj.ts'
import { parseCpf, showCpf } from '#shared/kit/identifiers/cpf.ts'
import { normalise } from '#shared/kit/identifiers/normalise.ts'
import { bad, type Checked } from '#shared/problems.ts'

/** Reads either; codes of both, and `cpf-or-cnpj-length` when it can be neither. */
export function parseCpfOrCnpj(typed: string, field: string): Checked<string> {
  const text = normalise(typed)
  if (text.length === 11) return parseCpf(text, field)
  if (text.length === 14) return parseCnpj(text, field)
  return bad({ field, code: 'cpf-or-cnpj-length', with: { has: text.length } })
}

/** As written on paper. */
export function showCpfOrCnpj(value: string): string {
  return value.length === 11 ? showCpf(value) : showCnpj(value)
}
