// Texts of SOE/WEB, first language: its shape is what English must satisfy.

import { soeEntry, soeEntryProblems } from './soe-entry.ts'

export const soe = {
  ...soeEntry,
  product: 'SOE/WEB',
  signIn: {
    title: 'Entrar no SOE/WEB',
    lead: 'Identifique-se para continuar no EPROD.',
    cpf: 'CPF',
    cpfHint: 'Onze dígitos, com ou sem pontos e traço.',
    password: 'Senha',
    submit: 'Entrar',
    help: 'Quem cadastra usuários e classes?',
    cancel: 'Voltar ao EPROD',
  },
  problems: {
    ...soeEntryProblems,
    one: 'Não foi possível entrar',
    'cpf-missing': 'Informe o seu CPF.',
    'cpf-wrong': 'Este CPF não existe: confira os onze dígitos.',
    'password-missing': 'Informe a sua senha.',
    'password-long': 'A senha passa de 200 caracteres: confira o que foi colado.',
    wrong: 'CPF ou senha não conferem. Confira os dois e digite a senha outra vez.',
    blocked: 'Sua conta está bloqueada. O usuário master da sua instituição pode reativá-la.',
    slowed: (minutes: number) =>
      `Houve tentativas demais. Espere ${minutes} minutos e tente de novo; se esqueceu a senha, fale com o usuário master da sua instituição.`,
  },
  demonstration: {
    title: 'Contas de demonstração',
    lead: (password: string) => `A senha de todas é ${password}.`,
    roles: {
      masterWithout: 'Usuário master sem as classes: a entrada no EPROD é recusada e ensina como mudar isso',
      operator: 'Operador com as classes 122 e 151: abre, responde, aprova e recusa chamados',
      operatorWithout: 'Operador sem classes: a entrada no EPROD é recusada',
      reader: 'Operador só com a classe 122: consulta, mas não abre nem responde',
      masterOperator: 'Usuário master com as classes 122 e 151',
      analyst: 'Analista da equipe RECONET',
      secondAnalyst: 'Segundo analista da equipe RECONET',
      supervisor: 'Supervisor e gestor de formulários',
      administrator: 'Administrador e usuário master do DETRAN-RS',
      auditor: 'Auditor: consulta e verificação',
    },
  },
  signOut: {
    title: 'Sair do SOE/WEB',
    lead: 'Você quer encerrar a sua sessão no SOE/WEB neste navegador?',
    yes: 'Sair',
    doneTitle: 'Você saiu do SOE/WEB',
    done: 'Sua sessão foi encerrada neste navegador.',
  },
  expired: {
    title: 'Esta página de entrada venceu',
    sentence: 'Ela já foi usada ou ficou aberta por mais de uma hora.',
    mend: 'Volte ao EPROD e comece a entrada de novo.',
  },
  failed: {
    title: 'A entrada não pôde ser concluída',
    sentence: 'O pedido que chegou ao SOE/WEB está incompleto ou foi alterado.',
    mend: 'Volte ao EPROD e comece a entrada de novo.',
    code: 'Código',
  },
  back: 'Voltar ao EPROD',
  help: {
    title: 'Ajuda do SOE/WEB',
    registerTitle: '1. Quem pode entrar',
    register:
      'O usuário master de cada instituição cadastra seus operadores no SOE/WEB, sempre com o CPF, e lhes atribui as classes de acesso. Sem CPF cadastrado não há acesso ao EPROD.',
    classes: [
      { number: 122, name: 'SNG: CONSULTAS RECONET', gives: 'entrar no EPROD e consultar os chamados da instituição' },
      {
        number: 151,
        name: 'SNG: INCLUSÃO CONTRATO WEBSERVI',
        gives: 'com a 122, também abrir, responder, aprovar e recusar chamados',
      },
    ],
    classesTitle: 'As duas classes do EPROD',
    self: 'O próprio usuário master pode não ter as duas classes; nesse caso ele mesmo as atribui ao seu perfil.',
    enterTitle: '2. Como entrar no EPROD',
    enter:
      'Na página de entrada do EPROD, escolha “Login SOE”. O SOE/WEB pede CPF e senha e devolve você ao EPROD. A senha é digitada somente no SOE/WEB.',
    doubts: 'Dúvidas: reconet@detran.rs.gov.br.',
  },
}
