// Texts about letters: the page /dev/mail. First language: its shape is what English must satisfy. What a letter says is its room's.

export const mail = {
  title: 'E-mails da demonstração',
  lead: 'Nenhum servidor de e-mail está ligado (SMTP_URL): o que seria enviado fica guardado aqui, as últimas cem mensagens.',
  none: 'Nenhum e-mail ainda',
  noneWhy: 'Convites, senhas novas e avisos aparecem aqui no instante em que seriam enviados.',
  at: 'Data',
  to: 'Para',
  subject: 'Assunto',
  id: 'Message-ID',
  htmlPart: 'Ver a parte em HTML',
  back: 'Todos os e-mails',
}
