// Texts of the letters SOE/WEB sends to operators, first language: its shape is what English must satisfy.

export const soeLetters = {
  invitation: {
    subject: 'Convite para o SOE/WEB do DETRAN-RS',
    heading: (name: string) => `Olá, ${name}`,
    lead: (institution: string) => `${institution} cadastrou você no SOE/WEB, a entrada dos sistemas do DETRAN-RS.`,
    asOperator: 'Crie a sua senha para entrar no EPROD e acompanhar os chamados da instituição.',
    asMaster:
      'Você foi nomeado usuário master: crie a sua senha para cadastrar os operadores da instituição e lhes atribuir as classes de acesso.',
    button: 'Criar a minha senha',
  },
  reset: {
    subject: 'Nova senha para o SOE/WEB do DETRAN-RS',
    heading: (name: string) => `Olá, ${name}`,
    lead: (by: string) => `${by} pediu que você crie uma nova senha. A senha atual continua valendo até lá.`,
    button: 'Criar outra senha',
  },
  confirmation: {
    subject: 'Classes a confirmar no SOE/WEB do DETRAN-RS',
    heading: (name: string) => `Olá, ${name}`,
    lead: (months: number) =>
      months === 12
        ? 'Uma vez por ano, diga de cada classe dos operadores da sua instituição se a pessoa ainda precisa dela.'
        : `A cada ${months} meses, diga de cada classe dos operadores da sua instituição se a pessoa ainda precisa dela.`,
    count: (classes: number, day: string) =>
      classes === 1
        ? `Uma classe espera resposta até ${day}.`
        : `${classes} classes esperam resposta, a primeira até ${day}.`,
    line: (name: string, day: string) => `${name}, até ${day}`,
    more: (classes: number) =>
      classes === 1 ? 'Mais uma classe está na página.' : `Mais ${classes} classes estão na página.`,
    button: 'Confirmar ou retirar',
    stays:
      'Sem resposta nenhuma classe é retirada: ela fica na lista como vencida. Não enviaremos outro e-mail sobre estas.',
  },
  emailChanged: {
    subject: 'O seu e-mail no SOE/WEB do DETRAN-RS mudou',
    lead: (by: string) =>
      `${by} mudou o e-mail do seu cadastro no SOE/WEB. Este endereço deixa de receber os links para criar a senha.`,
  },
  factorsTaken: {
    subject: 'O seu segundo fator no SOE/WEB do DETRAN-RS foi retirado',
    lead: (by: string) =>
      `${by} retirou o segundo fator da sua conta no SOE/WEB: aplicativo autenticador, chaves de acesso e códigos de recuperação. Cadastre outro em Minha conta.`,
  },
  holds: (hours: number) =>
    hours === 1
      ? 'O link vale por 1 hora e só pode ser usado uma vez.'
      : `O link vale por ${hours} horas e só pode ser usado uma vez.`,
  notMine:
    'Se você não esperava esta mensagem, não use o link e avise o usuário master da sua instituição. Ninguém do DETRAN-RS pede a sua senha.',
  foot: 'SOE/WEB · DETRAN-RS. Mensagem automática: não responda a este e-mail.',
}
