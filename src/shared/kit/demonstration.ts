// The demonstration's institutions and accounts (product, section 7): invented names. Who creates them: seeds/. Pure data.

export interface DemonstrationInstitution {
  readonly cnpj: string
  readonly name: string
}

export const DEMONSTRATION_INSTITUTIONS = {
  bank: { cnpj: '11222333000181', name: 'Banco Exemplo S.A.' },
  lender: { cnpj: '12ABC34501DE35', name: 'Financeira Modelo Ltda.' },
  detran: { cnpj: '03847655000198', name: 'DETRAN-RS' },
} as const satisfies Record<string, DemonstrationInstitution>

/** What an account is for; its sentence stands in words/soe under the same name. */
export type DemonstrationRole =
  | 'masterWithout'
  | 'operator'
  | 'operatorWithout'
  | 'reader'
  | 'masterOperator'
  | 'analyst'
  | 'secondAnalyst'
  | 'supervisor'
  | 'administrator'
  | 'auditor'

export interface DemonstrationAccount {
  readonly cpf: string
  readonly name: string
  readonly email: string
  readonly institution: keyof typeof DEMONSTRATION_INSTITUTIONS
  readonly role: DemonstrationRole
  readonly master: boolean
  readonly classes: readonly number[]
}

/** The password of all of them. */
export const DEMONSTRATION_PASSWORD = 'demonstracao'

type Line = [
  cpf: string,
  name: string,
  mail: string,
  institution: keyof typeof DEMONSTRATION_INSTITUTIONS,
  role: DemonstrationRole,
]
const account = (
  [cpf, name, mail, institution, role]: Line,
  classes: readonly number[],
  master = false,
): DemonstrationAccount => ({
  cpf,
  name,
  email: `${mail}@example.com`,
  institution,
  role,
  master,
  classes,
})

export const DEMONSTRATION_ACCOUNTS: readonly DemonstrationAccount[] = [
  account(['52998224725', 'Helena Prates Vidal', 'helena.vidal', 'bank', 'masterWithout'], [], true),
  account(['11144477735', 'Mariana Duarte Reis', 'mariana.reis', 'bank', 'operator'], [122, 151]),
  account(['39053344705', 'Otávio Lemos Bastos', 'otavio.bastos', 'bank', 'operatorWithout'], []),
  account(['86288366757', 'Cecília Nunes Torres', 'cecilia.torres', 'bank', 'reader'], [122]),
  account(['15350946056', 'Rogério Antunes Sá', 'rogerio.sa', 'lender', 'masterOperator'], [122, 151], true),
  account(['71460238001', 'Patrícia Gomes Leal', 'patricia.leal', 'lender', 'operator'], [122, 151]),
  account(['93541134780', 'Lúcia Farias Moreira', 'lucia.moreira', 'detran', 'analyst'], [901]),
  account(['24843803480', 'André Souto Peixoto', 'andre.peixoto', 'detran', 'secondAnalyst'], [901]),
  account(['85351346893', 'Beatriz Rangel Costa', 'beatriz.costa', 'detran', 'supervisor'], [902, 903]),
  account(['16899535009', 'Marcelo Brum Siqueira', 'marcelo.siqueira', 'detran', 'administrator'], [904], true),
  account(['12345678909', 'Ivone Machado Pires', 'ivone.pires', 'detran', 'auditor'], [905]),
]
