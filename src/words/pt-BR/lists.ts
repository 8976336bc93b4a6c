// Texts of the lists: Listar Chamados, home, Pesquisar. First language: its shape is what English must satisfy.
export const lists = {
  /** Figure 07 of the guide, in its order; `group` stands small above the name. */
  columns: {
    id: { group: '', name: 'ID' },
    title: { group: '', name: 'Título' },
    status: { group: '', name: 'Status' },
    waitingType: { group: 'Plug-ins', name: 'Tipos de espera' },
    waitingReason: { group: 'Plug-ins', name: 'Motivo' },
    updated: { group: '', name: 'Última atualização' },
    opened: { group: '', name: 'Data de abertura' },
    closed: { group: '', name: 'Data de fechamento' },
    requesterGroup: { group: 'Requerente', name: 'Grupo requerente' },
    requester: { group: 'Requerente', name: 'Requerente' },
    category: { group: '', name: 'Categoria' },
    assignee: { group: 'Atribuído para', name: 'Técnico' },
    team: { group: 'Atribuído para', name: 'Grupo técnico' },
    observers: { group: 'Observador', name: 'Grupo observador' },
    due: { group: '', name: 'Prazo' },
  },
  title: 'Listar Chamados',
  heading: 'Chamados',
  openTicket: 'Abrir chamado',
  caption: 'Chamados que você pode ver, na ordem escolhida',
  scrollLabel: 'Tabela de chamados, role para os lados',
  /** Read before the place of a column among several sorts. */
  sortPlace: 'ordem ',
  statusField: 'Características - Status',
  is: 'é',
  filters: {
    todos: 'Todos',
    'nao-fechado': 'Não fechado',
    'nao-solucionado': 'Não solucionado',
    novo: 'Novo',
    processando: 'Processando (Atribuído)',
    pendente: 'Pendente',
    solucionado: 'Solucionado',
    fechado: 'Fechado',
  },
  teamField: 'Grupo técnico',
  removeFilter: (what: string) => `Retirar o filtro ${what}`,
  apply: 'Pesquisar',
  criteria: 'Critérios de pesquisa',
  anyTeam: 'Todos os grupos',
  ownTeam: 'Meu grupo',
  whose: 'Requerente ou técnico',
  mine: 'Eu',
  found: (n: number, most: number) =>
    n > most
      ? `mais de ${showThousands(most)} chamados encontrados`
      : n === 1
        ? '1 chamado encontrado'
        : `${showThousands(n)} chamados encontrados`,
  /** When the count would take too long. */
  foundMany: (n: number) => `${n} chamados ou mais`,
  number: (n: number, most: number) => (n > most ? `mais de ${showThousands(most)}` : showThousands(n)),
  pages: 'Páginas da lista',
  previous: 'Anterior',
  next: 'Próxima',
  first: 'Primeira',
  shown: (n: number) => `${n} nesta página`,
  none: {
    title: 'Nenhum chamado com estes critérios',
    text: 'Retire ou mude uma regra, ou veja todos os chamados.',
    all: 'Ver todos',
  },
  noneYet: {
    title: 'Ainda não há chamados',
    text: 'Os chamados abertos pela sua instituição aparecem aqui, de qualquer operador.',
  },
  home: {
    title: 'Início',
    hello: (name: string) => `Olá, ${name}`,
    views: 'Visões',
    pessoal: 'Visão Pessoal',
    grupo: 'Visão do Grupo',
    global: 'Visão Global',
    solved: 'Aguardando sua aprovação',
    solvedHint: 'Sem resposta até o prazo, o chamado é fechado e não pode ser reaberto.',
    pending: 'Pendente',
    pendingHint: 'O DETRAN-RS pediu algo. Sem resposta até o prazo, o chamado é solucionado sem manifestação.',
    open: 'Novo e Processando',
    closed: 'Fechados recentemente',
    staffSolved: 'Aguardando aprovação da instituição',
    staffPending: 'Pendente: aguardando a instituição',
    staffSolvedHint: 'Sem resposta até o prazo, o chamado é fechado.',
    staffPendingHint: 'Sem resposta até o prazo, o chamado é solucionado sem manifestação.',
    seeAll: 'Ver todos',
    emptySection: 'Nenhum chamado.',
    nothing: 'Nada espera por você',
    nothingText:
      'Seus chamados aparecem aqui, com o prazo de cada um. Os da instituição inteira estão em Visão do Grupo.',
    nothingStaffText: 'Os chamados atribuídos a você aparecem aqui. Para assumir um, vá à Fila de atendimento.',
    nothingGroup: 'Nenhum chamado no grupo',
    nothingGroupText: 'Os chamados abertos por qualquer operador da instituição aparecem aqui.',
    countsCaption: 'Chamados por status',
    globalHint: 'Todos os chamados que você pode ver.',
  },
  searchPage: {
    title: 'Pesquisar',
    heading: (term: string) => `Resultado para “${term}”`,
    open: 'Chamados',
    closed: 'Fechados',
    none: (term: string) => `Nada encontrado para “${term}”`,
    nonePlain: 'O que você procura?',
    explain:
      'Informe a placa (ABC1234 ou ABC1C34: as duas grafias do mesmo veículo são encontradas), o chassi ou o número (ID) do chamado, como 24151, 24 151 ou 24.151.',
    notUnderstood: 'O que foi digitado não é placa, chassi nem número de chamado.',
    listInstead: 'Ir para Listar Chamados',
    more: (n: number) => `São mostrados os ${n} mais recentes.`,
  },
}

function showThousands(n: number): string {
  return n >= 1000 ? `${Math.floor(n / 1000)}.${String(n % 1000).padStart(3, '0')}` : String(n)
}
