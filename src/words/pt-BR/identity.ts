// Texts of entering and leaving EPROD, first language: its shape is what English must satisfy.

/** Names joined as in a sentence: "A, B ou C". */
const oneOf = (names: readonly string[]) => new Intl.ListFormat('pt-BR', { type: 'disjunction' }).format(names)

export const identity = {
  entry: {
    title: 'Entrar no EPROD',
    lead: 'Portal de solicitações de desbloqueio para cancelamento de gravame, para instituições financeiras.',
    button: 'Login SOE',
    how: 'Você será levado ao SOE/WEB para informar CPF e senha e voltará em seguida.',
    help: 'Quem pode entrar e como pedir acesso',
  },
  done: {
    saiu: 'Você saiu do EPROD e do SOE/WEB.',
    guardado:
      'Sua sessão terminou. O que você enviou está guardado por uma hora: entre de novo com o mesmo CPF para continuar.',
    expirou: 'Sua sessão terminou. Entre de novo para continuar.',
  },
  session: {
    title: 'Sua sessão',
    since: 'Desde',
    idle: (minutes: number) => `Sem uso por ${minutes} minutos, termina em`,
    absolute: 'Em todo caso, termina em',
    continued: 'A sessão continua.',
    kept: 'O que você enviar depois do fim fica guardado por uma hora, e os rascunhos ficam salvos.',
    account: 'Senha, segundo fator e sessões no SOE/WEB',
    changes: {
      told: 'Se uma classe for retirada, a sua conta bloqueada ou a instituição suspensa, o SOE/WEB avisa o EPROD e a sessão termina em segundos.',
      toldForeign: 'Se o seu acesso mudar, o provedor de identidade avisa o EPROD e a sessão termina em segundos.',
      asked:
        'O provedor de identidade não avisa o EPROD quando o acesso muda: por isso as suas classes são conferidas de novo a cada cinco minutos.',
    },
    warning: {
      title: 'Sua sessão está para terminar',
      idle: 'Faltam menos de dois minutos. Para continuar trabalhando, escolha Continuar.',
      absolute:
        'Faltam menos de dois minutos, e esta sessão não pode ser prolongada. Envie o que está fazendo: se ela terminar antes, o que você enviar fica guardado por uma hora. Esc fecha este aviso.',
      continue: 'Continuar',
      ended:
        'A sessão terminou. O que está nesta página pode ser enviado: fica guardado por uma hora, até você entrar de novo. Esc fecha este aviso.',
      enter: 'Entrar de novo',
    },
  },
  failures: {
    title: 'A entrada não foi concluída',
    'flow-lost': 'Esta entrada venceu ou já foi usada. Comece de novo pelo botão Login SOE.',
    'provider-said-no': 'O SOE/WEB não concluiu a entrada. Comece de novo pelo botão Login SOE.',
    'other-provider':
      'A resposta veio de outro provedor, não do SOE/WEB, e foi descartada. Comece de novo pelo botão Login SOE.',
    'state-wrong':
      'A resposta não pertence à entrada que este navegador começou e foi descartada. Comece de novo pelo botão Login SOE.',
    'code-refused':
      'O código da resposta já foi usado ou venceu, e o SOE/WEB não o aceitou. Comece de novo pelo botão Login SOE.',
    'nonce-wrong': 'A resposta é de outra entrada e foi descartada. Comece de novo pelo botão Login SOE.',
    'alg-refused':
      'A resposta não está assinada como o SOE/WEB assina e foi descartada. Comece de novo pelo botão Login SOE.',
    'key-unknown':
      'A resposta está assinada com uma chave que o SOE/WEB não usa mais e foi descartada. Comece de novo pelo botão Login SOE.',
    'signature-wrong': 'A assinatura da resposta não confere: ela foi descartada. Comece de novo pelo botão Login SOE.',
    'audience-wrong':
      'A resposta foi feita para outro sistema, não para o EPROD, e foi descartada. Comece de novo pelo botão Login SOE.',
    'issuer-wrong': 'A resposta não foi emitida pelo SOE/WEB e foi descartada. Comece de novo pelo botão Login SOE.',
    'token-expired':
      'A resposta venceu antes de chegar. Confira a hora do computador. Comece de novo pelo botão Login SOE.',
    'person-changed':
      'Os dados da resposta são de outra pessoa: ela foi descartada. Comece de novo pelo botão Login SOE.',
    'answer-refused':
      'A resposta do SOE/WEB não pôde ser conferida e foi descartada. Comece de novo pelo botão Login SOE.',
    'provider-away': 'O SOE/WEB não respondeu. Espere um minuto e tente de novo; nada do que você já enviou se perdeu.',
  },
  refused: {
    title: 'Você ainda não pode entrar no EPROD',
    mend: {
      self: 'Você é usuário master: pode atribuir as classes ao seu próprio perfil no SOE/WEB. Depois, entre de novo.',
      master: 'Quem resolve é o usuário master da sua instituição, no SOE/WEB. Depois, entre de novo.',
      masters: (names: readonly string[]) =>
        `Quem resolve, no SOE/WEB: ${oneOf(names)} (usuário master da sua instituição). Depois, entre de novo.`,
      detran: 'Quem resolve é o DETRAN-RS: escreva para reconet@detran.rs.gov.br.',
    },
    reasons: {
      'no-cpf': 'Falta o CPF no seu cadastro do SOE/WEB. O EPROD só aceita usuários com o CPF corretamente cadastrado.',
      'no-name': 'Falta o nome no seu cadastro do SOE/WEB.',
      'no-institution': 'Falta a instituição no seu cadastro do SOE/WEB: o EPROD não sabe em nome de quem você entra.',
      'institution-suspended': 'Sua instituição está suspensa no SOE/WEB, e por isso o EPROD está fechado para ela.',
      'no-classes':
        'Falta a classe 122 (SNG: CONSULTAS RECONET). Para também abrir e responder chamados é preciso a classe 151 (SNG: INCLUSÃO CONTRATO WEBSERVI).',
      'include-without-consult':
        'Você tem a classe 151 (SNG: INCLUSÃO CONTRATO WEBSERVI), mas falta a classe 122 (SNG: CONSULTAS RECONET), que permite entrar.',
      'no-staff-class': 'Falta uma classe do DETRAN-RS para o EPROD (901 a 905).',
    },
    signedInAs: (name: string) => `Você se identificou no SOE/WEB como ${name}.`,
    again: 'Entrar de novo',
    other: 'Entrar com outra conta',
    help: 'Ajuda',
    giveToSelf: 'Atribuir as classes no SOE/WEB',
  },
}
