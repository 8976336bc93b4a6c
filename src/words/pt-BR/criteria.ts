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
  builder: {
    title: 'Critérios de pesquisa',
    search: 'Pesquisar',
    addRule: 'regra',
    addGroup: 'grupo',
    refit: 'Atualizar campos',
    remove: 'Remover',
    choose: 'Escolha',
    givenDay: 'Especifique uma data',
    groupWord: 'grupo',
    firstPlain: 'SE',
    firstNot: 'SE NÃO',
    group: (place: string) => `Grupo ${place}`,
    inGroup: (place: string) => ` no grupo ${place}`,
    link: (place: string) => `Ligação da regra ${place}`,
    field: (place: string) => `Campo da regra ${place}`,
    operator: (place: string) => `Operador da regra ${place}`,
    value: (place: string) => `Valor da regra ${place}`,
    day: (place: string) => `Data da regra ${place}`,
    removeRule: (place: string) => `Remover a regra ${place}`,
    removeGroup: (place: string) => `Remover o grupo ${place}`,
    nothing: 'Sem critérios: todos os chamados que você pode ver.',
    wrong: 'A pesquisa tem algo que o sistema não entende',
    wrongText: 'Corrija o que está indicado abaixo e pesquise de novo.',
    /** Under the value of a rule. */
    hints: {
      identifiers: 'Vários: separe com vírgula, ponto e vírgula, espaço ou linha.',
      lines: 'Um por linha.',
      name: 'Digite o nome inteiro. Para uma parte dele, use “contém”.',
    },
    tooWide: 'Refine a pesquisa',
    tooWideText:
      'Ela levaria tempo demais: há muitos chamados a examinar um por um. Acrescente uma regra, como um período de abertura, o status ou a placa.',
  },
}
