// Texts of bell, letters and their choices, first language: its shape is what English must satisfy.
const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`
const OUTCOMES = { granted: 'deferido', denied: 'indeferido', 'no-answer': 'sem manifestação' }
/** Of an event: days left, and how it was decided. */
interface About {
  readonly days: number
  readonly outcome: keyof typeof OUTCOMES | null
}
const left = (days: number): string => (days === 1 ? 'falta 1 dia' : `faltam ${days} dias`)

export const notifications = {
  title: 'Avisos',
  bell: 'Avisos',
  unread: (n: number) => (n >= 100 ? 'mais de 99 não lidos' : plural(n, 'não lido', 'não lidos')),
  hint: 'O que aconteceu nos chamados que você acompanha. Escolha o que recebe por e-mail em Preferências.',
  none: 'Nenhum aviso',
  noneText: 'Quando algo acontecer em um chamado seu, aparece aqui e no sino do topo.',
  filter: { label: 'Quais avisos', all: 'Todos', unread: 'Não lidos' },
  allRead: 'Nenhum aviso por ler',
  allReadText: 'Os já lidos estão em Todos.',
  markAll: 'Marcar todos como lidos',
  marked: 'Todos os avisos foram marcados como lidos.',
  markOne: 'Marcar como lido',
  markedOne: 'Marcado como lido.',
  isNew: 'não lido',
  more: (n: number) => `Mais ${plural(n, 'aviso', 'avisos')} deste chamado`,
  older: 'Avisos mais antigos',
  newest: 'Voltar aos mais novos',
  clock: 'EPROD, prazo automático',
  preferences: 'Preferências de aviso',
  searchAlert: (name: string, n: number) =>
    `A pesquisa “${name}” encontra ${n > 1000 ? 'mais de 1.000 chamados' : plural(n, 'chamado', 'chamados')}`,
  openSearch: 'Abrir a lista',
  searchClock: 'EPROD, alerta de pesquisa',
  kinds: {
    open: () => 'Chamado aberto',
    take: () => 'Chamado em análise',
    assign: () => 'Chamado atribuído a você',
    'give-back': () => 'Chamado devolvido à fila',
    ask: () => 'O DETRAN-RS pede informação',
    answer: () => 'Resposta da instituição',
    'follow-up': () => 'Novo acompanhamento',
    note: () => 'Nota privada',
    solve: ({ outcome }: About) => (outcome ? `Solução proposta: ${OUTCOMES[outcome]}` : 'Solução proposta'),
    approve: () => 'Solução aprovada',
    refuse: () => 'Solução recusada',
    lapse: () => 'Solucionado por ausência de manifestação',
    expire: () => 'Chamado fechado pelo prazo',
    remind: ({ days }: About) => `Prazo perto do fim: ${left(days)}`,
    infected: () => 'Vírus em um arquivo enviado',
  },
  letters: {
    alertSubject: (name: string) => `[EPROD] Alerta da pesquisa “${name}”`,
    alertText: (above: number) =>
      `Você pediu para ser avisado quando ela encontrasse mais de ${above}. Um novo aviso vem depois que o número baixar e passar outra vez.`,
    openSearch: 'Abrir a lista',
    subject: (number: string, what: string) => `[EPROD ${number}] ${what}`,
    by: (who: string | null, when: string) => (who ? `${who}, em ${when}` : `Em ${when}, pelo prazo automático`),
    mustAnswer: (due: string) =>
      `A instituição responde na página do chamado, com texto ou arquivos. Sem resposta até ${due}, o chamado passa a Solucionado por ausência de manifestação.`,
    mustDecide: (due: string) =>
      `A instituição aprova ou recusa a solução na página do chamado: aprovar fecha o chamado, recusar o devolve à análise. Sem resposta até ${due}, ele é fechado automaticamente e não pode ser reaberto.`,
    remindOf: { pending: 'O que foi pedido:', solved: 'A solução proposta:' },
    goesOn: '(O texto continua na página do chamado.)',
    infected:
      'O antivírus encontrou um vírus em um dos arquivos deste chamado. O arquivo não é aberto por ninguém: envie o documento de novo, em um acompanhamento, salvo em um computador sem vírus.',
    ticket: 'Chamado',
    title: 'Título',
    status: 'Status',
    due: 'Prazo até',
    open: 'Abrir o chamado',
    openAll: 'Ver os avisos',
    foot: 'EPROD · DETRAN-RS. Mensagem automática: não responda. Pedidos são tratados somente no sistema. Quem entra no sistema muda o que recebe em Preferências.',
    stop: 'Parar estes e-mails',
    confirmSubject: (number: string) => `[EPROD ${number}] Confirme este endereço`,
    confirmHeading: 'Confirme este endereço de e-mail',
    confirmText: (number: string) => [
      `Este endereço foi informado no chamado ${number} do EPROD, o portal de desbloqueio para cancelamento de gravame do DETRAN-RS.`,
      'Para receber os andamentos do chamado, confirme-o. O que acontecer nos próximos 7 dias espera pela confirmação.',
    ],
    confirm: 'Confirmar o endereço',
    confirmAfter: 'Se você não conhece este pedido, ignore a mensagem: nada mais será enviado.',
    digestSubject: (n: number) => `[EPROD] Resumo do dia: ${plural(n, 'andamento', 'andamentos')}`,
    digestHeading: 'Resumo do dia',
    digestText: (n: number, tickets: number) =>
      `${plural(n, 'andamento', 'andamentos')} em ${plural(tickets, 'chamado', 'chamados')} que você acompanha. Primeiro os que têm prazo.`,
  },
  choice: {
    title: 'Avisos por e-mail',
    hint: 'Valem para a sua conta. O sino do topo mostra os avisos em qualquer caso.',
    scopes: { none: 'Nenhum', mine: 'Meus', all: 'Todos da instituição' },
    staffAll: 'Todos da minha equipe',
    scopeHints: {
      none: 'Nenhum e-mail.',
      mine: 'Chamados que abri, em que escrevi ou com o meu endereço no formulário.',
      all: 'Todos os chamados da instituição.',
    },
    staffHints: {
      none: 'Nenhum e-mail.',
      mine: 'Chamados atribuídos a mim ou em que escrevi.',
      all: 'Também os demais das minhas equipes.',
    },
    digest: 'Um resumo por dia, de manhã, em vez de um e-mail por andamento',
    lang: 'Os e-mails vão no idioma das suas páginas.',
    save: 'Salvar avisos',
    saved: 'Avisos salvos.',
  },
  links: {
    confirmTitle: 'Confirmar endereço',
    confirmText: (address: string) =>
      `Confirme que ${address} deve receber os andamentos dos chamados em que foi informado.`,
    confirm: 'Confirmar',
    confirmed: 'Endereço confirmado. Os próximos andamentos chegam por e-mail.',
    stopTitle: 'Parar os e-mails',
    stopText: (address: string) => `${address} deixará de receber e-mails do EPROD.`,
    stopPerson:
      'Você deixará de receber e-mails do EPROD. O sino do topo continua mostrando os avisos; em Preferências você pode voltar a recebê-los.',
    stop: 'Parar os e-mails',
    stopped: 'Feito. Nenhum outro e-mail será enviado.',
  },
  address: {
    title: 'E-mail do chamado',
    hint: 'O endereço informado no formulário, que recebe os andamentos deste chamado.',
    link: 'Corrigir ou confirmar',
    states: {
      unconfirmed: 'Enquanto o link do primeiro e-mail não for aberto e confirmado, os andamentos não são enviados.',
      stopped: 'Quem recebe pediu para parar. Ao confirmar de novo pelo link, volta a receber.',
    },
    fails: (address: string) => `Os e-mails não chegam a ${address}`,
    failsText:
      'O servidor de e-mail não aceita o que é enviado a este endereço. Confira se está certo e corrija-o abaixo. Se está certo, quem o usa verifica se a caixa está cheia ou bloqueia mensagens: o próximo e-mail que chegar encerra este aviso.',
    again: 'Enviar o link de confirmação de novo',
    label: 'Endereço de e-mail',
    labelHint: 'Se não for de um operador da instituição, recebe primeiro um link para confirmar.',
    correct: 'Corrigir o endereço',
    back: 'Voltar ao chamado',
    done: {
      link: 'O link de confirmação foi enviado de novo.',
      cedo: 'Um link já foi enviado há pouco. Espere 10 minutos para enviar outro; a quem parou os e-mails, um dia.',
      corrigido: 'Endereço salvo.',
    },
  },
  unconfirmed: 'não confirmado',
  stopped: 'cancelou os e-mails',
  fails: 'e-mails não chegam',
  failing: {
    title: 'Os e-mails não chegam ao seu endereço',
    text: (address: string, since: string) =>
      `Desde ${since} o servidor de e-mail não aceita o que é enviado a ${address}. Até isso mudar, os avisos ficam somente aqui no sino.`,
    mend: {
      institution:
        'Se o endereço está errado ou mudou, peça a um usuário master da sua instituição que o corrija no SOE/WEB e entre de novo. Se está certo, veja com quem cuida do seu e-mail se a caixa está cheia ou bloqueia mensagens: o próximo e-mail que chegar encerra este aviso.',
      staff:
        'Se o endereço está errado ou mudou, peça ao administrador do SOE/WEB que o corrija e entre de novo. Se está certo, veja com quem cuida do seu e-mail se a caixa está cheia ou bloqueia mensagens: o próximo e-mail que chegar encerra este aviso.',
    },
    said: (failure: string) => `O servidor respondeu: ${failure}`,
    open: 'Ver o que fazer',
    by: 'EPROD, envio de e-mail',
  },
  live: {
    changed: 'Há novidades nesta página.',
    show: 'Mostrar o que mudou',
    hint: 'O que você digitou ou escolheu e ainda não enviou continua no lugar.',
  },
}
