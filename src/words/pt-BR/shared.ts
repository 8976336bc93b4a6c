// Texts every room shows: the shell of a page, statuses, times. First language: its shape is what English must satisfy.

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

export const shared = {
  product: 'EPROD',
  owner: 'DETRAN-RS',
  ownerLong: 'Departamento Estadual de Trânsito do Rio Grande do Sul',
  homeLink: 'página inicial',
  statuses: {
    new: 'Novo',
    processing: 'Processando (Atribuído)',
    pending: 'Pendente',
    solved: 'Solucionado',
    closed: 'Fechado',
  },
  menu: {
    label: 'Principal',
    home: 'Início',
    service: 'Atendimento',
    open: 'Abrir chamado',
    list: 'Listar Chamados',
    queue: 'Fila de atendimento',
    help: 'Ajuda',
    admin: 'Administração',
  },
  search: {
    button: 'Pesquisar',
    label: 'Pesquisar por placa, chassi, RENAVAM, CPF, CNPJ, número (ID) do chamado ou palavras',
    placeholder: 'Placa, chassi, nº ou palavras',
    suggestions: 'Chamados sugeridos',
    suggested: (n: number) =>
      n === 1 ? '1 sugestão: seta para baixo para escolher.' : `${n} sugestões: setas para escolher.`,
  },
  theme: { dark: 'Usar tema escuro', light: 'Usar tema claro' },
  language: { other: 'English', otherShort: 'EN', otherCode: 'en', switchTo: 'Switch to English' },
  user: {
    menu: 'Menu do usuário',
    preferences: 'Preferências',
    session: 'Sua sessão',
    signOut: 'Sair',
    signIn: 'Entrar',
  },
  skip: {
    label: 'Atalhos da página',
    content: 'Ir para o conteúdo (Alt+1)',
    menu: 'Ir para o menu (Alt+2)',
    search: 'Ir para a pesquisa (Alt+3)',
    footer: 'Ir para o rodapé (Alt+4)',
  },
  crumbs: 'Você está em',
  footer: {
    team: 'DETRAN-RS · Equipe Reconet',
    email: 'reconet@detran.rs.gov.br',
    accessibility: 'Acessibilidade',
    privacy: 'Privacidade',
    help: 'Ajuda',
    onlyHere: 'Pedidos de desbloqueio são analisados somente por este sistema, nunca por e-mail.',
  },
  empty: 'vazio',
  optional: '(opcional)',
  notice: 'Aviso',
  cancel: 'Cancelar',
  sending: 'Enviando…',
  failure: {
    title: 'Algo falhou do nosso lado',
    sentence:
      'Não foi possível concluir o pedido, e nada dele foi gravado. O que já estava salvo antes continua como estava.',
    typed: 'O que você digitou, para copiar',
    mend: (number: string) =>
      `Tente de novo em alguns minutos. Se continuar, escreva para reconet@detran.rs.gov.br e informe o número ${number}.`,
  },
  time: {
    days: 'dias',
    hours: 'horas',
    minutes: 'min',
    remaining: (days: number, hours: number, minutes: number) =>
      `${days + hours + minutes === 1 || (days === 1 && hours === 0) ? 'Resta' : 'Restam'} ${twoLargest([
        [days, 'dia', 'dias'],
        [hours, 'hora', 'horas'],
        [minutes, 'minuto', 'minutos'],
      ]).join(' e ')}`,
    remainingFull: (days: number, hours: number, minutes: number) =>
      `Restam ${plural(days, 'dia', 'dias')}, ${plural(hours, 'hora', 'horas')} e ${plural(minutes, 'minuto', 'minutos')}`,
    over: 'Prazo encerrado',
    until: (instant: string) => `até ${instant}`,
  },
  preferences: {
    title: 'Preferências',
    intro: 'Valem para este navegador. O idioma vale também para os e-mails da sua conta.',
    theme: 'Aparência',
    themes: { system: 'Como no sistema', light: 'Clara', dark: 'Escura' },
    themeHints: {
      system: 'Acompanha a configuração do seu computador ou telefone.',
      light: 'Fundo claro, sempre.',
      dark: 'Fundo escuro, sempre.',
    },
    language: 'Idioma',
    save: 'Salvar preferências',
    saved: 'Preferências salvas.',
  },
}

/** The two largest units that follow each other, without what is zero: `1 dia e 2 horas`, `6 horas`. */
function twoLargest(units: [n: number, one: string, many: string][]): string[] {
  const first = units.findIndex(([n]) => n > 0)
  const kept = first < 0 ? units.slice(-1) : units.slice(first, first + 2).filter(([n]) => n > 0)
  return kept.map(([n, one, many]) => plural(n, one, many))
}
