// Reads the provider's claims: what is missing or misshapen counts as not told. Pure.
import { z } from 'zod'
import type { Facts } from '#identity/rules/entry.ts'
import { cleanCpf } from '#shared/kit/cpf.ts'
import { parseCnpj } from '#shared/kit/identifiers/cnpj.ts'

const LONGEST = 200
const text = z.string().trim().min(1).max(LONGEST)
const cnpj = z.string().transform((typed, { issues }) => {
  const read = parseCnpj(typed, 'cnpj')
  if (read.ok) return read.value
  issues.push({ code: 'custom', input: typed })
  return z.NEVER
})
const number = z.coerce.number().int().min(1).max(9999)

const schema = z.object({
  cpf: z.string().transform(cleanCpf).optional().catch(undefined),
  name: text.optional().catch(undefined),
  email: z.string().trim().max(254).optional().catch(undefined),
  institution: z
    .object({ cnpj, name: text, status: z.string().default('active') })
    .optional()
    .catch(undefined),
  classes: z.array(number).max(LONGEST).catch([]),
  master: z.boolean().catch(false),
  masters: z.array(text).max(50).catch([]),
})

/** The facts of a claims object (ID token and userinfo together). Any status but `active` is a suspension. */
export function factsOf(claims: Readonly<Record<string, unknown>>): Facts {
  const told = schema.parse(claims)
  const { institution } = told
  return {
    cpf: told.cpf,
    name: told.name,
    email: told.email,
    institution: institution && {
      cnpj: institution.cnpj,
      name: institution.name,
      suspended: institution.status !== 'active',
    },
    classes: told.classes,
    master: told.master,
    masters: told.masters,
  }
}
