// Texts of searches: operators, links, dates told from now, the builder. First language: its shape is what English must satisfy.
export const criteria = {
  links: { and: 'E', or: 'OU', 'and-not': 'E NÃO', 'or-not': 'OU NÃO' },
  /** Before the first item of a list: nothing, or NÃO. */
  firstLinks: { and: '', or: '', 'and-not': 'NÃO', 'or-not': 'NÃO' },
  operators: {
    contains: 'contém',
    'not-contains': 'não contém',
    is: 'é',
    'is-not': 'não é',
    'one-of': 'é um de',
    'none-of': 'não é nenhum de',
    under: 'sob',
    'not-under': 'não sob',
    before: 'antes',
    after: 'depois',
    empty: 'é vazio',
    filled: 'não é vazio',
  },
  numberOperators: { before: 'menor que', after: 'maior que' },
  yes: 'Sim',
  no: 'Não',
  bases: {
    agora: 'agora',
    hoje: 'hoje',
    semana: 'início da semana',
    mes: 'início do mês',
    ano: 'início do ano',
  },
  units: {
    h: ['hora', 'horas'],
    d: ['dia', 'dias'],
    s: ['semana', 'semanas'],
    m: ['mês', 'meses'],
    a: ['ano', 'anos'],
  },
  when: (base: string, offset: number, unit: string[] | undefined): string => {
    if (!unit || offset === 0) return base
    const many = Math.abs(offset)
    return `${base} ${offset < 0 ? '−' : '+'} ${many} ${many === 1 ? unit[0] : unit[1]}`
  },
}
