// Texts around the guide served at /ajuda, first language: its shape is what English must satisfy.
export const help = {
  title: 'Guia rápido do EPROD',
  contents: 'Neste guia',
  doubts: 'Dúvidas',
  doubtsText: 'Sobre o uso do sistema, escreva para',
  onlyHere: 'As demandas de desbloqueio não são analisadas por e-mail, apenas pelo sistema.',
  openFigures: 'Mostrar todas as figuras',
  closeFigures: 'Recolher as figuras',
}
