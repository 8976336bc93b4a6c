// The receipt of a filed ticket, and the page that says whether one is authentic.
export const receipt = {
  pageTitle: (number: string) => `Comprovante do chamado ${number}`,
  heading: 'Comprovante de abertura',
  link: 'Comprovante de abertura',
  pdf: 'Baixar em PDF',
  file: (id: number) => `comprovante-${id}.pdf`,
  ticket: 'Chamado',
  files: 'Arquivos enviados na abertura',
  authentic: 'Autenticidade',
  checkAt: 'Qualquer pessoa confere este comprovante, sem entrar no EPROD, pelo QR code ou no endereço:',
  code: 'Código:',
  qrLabel: 'QR code: conferir este comprovante',
  offline: 'Conferir sem o EPROD',
  offlineHint:
    'A mensagem contém o SHA-256 dos fatos, que acompanham o PDF no anexo fatos.json. A assinatura (Ed25519, RFC 8032) é da mensagem.',
  message: 'Mensagem assinada',
  signature: 'Assinatura Ed25519 (base64)',
  publicKey: 'Chave pública',
  facts: 'Fatos',
  verify: {
    title: 'Conferir um comprovante',
    intro: 'Informe o código impresso no comprovante de abertura. A resposta diz apenas se ele é autêntico.',
    label: 'Código do comprovante',
    hint: 'Como 24151-7K3M-9XQA-0B1C-2D3E. Traços, espaços e maiúsculas não importam.',
    check: 'Conferir',
    yes: 'Comprovante autêntico',
    yesText:
      'O EPROD emitiu um comprovante com este código. Só o código foi conferido: se o papel lhe causa dúvida, confira a assinatura do PDF com a chave pública abaixo.',
    no: 'Este código não é de um comprovante do EPROD',
    noText: 'Confira cada letra do código. Se ele estiver certo, o EPROD não emitiu comprovante com ele.',
    key: 'Chave pública do EPROD',
    keyHint:
      'Com ela se confere, sem o EPROD, a assinatura Ed25519 de qualquer comprovante. A chave impressa no comprovante deve ser esta.',
  },
}
