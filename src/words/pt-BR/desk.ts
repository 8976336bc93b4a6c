// Texts of the staff queue, first language: its shape is what English must satisfy.
export const desk = {
  title: 'Fila de atendimento',
  tabs: { label: 'Partes da fila', meus: 'Meus', novos: 'Novos', pendentes: 'Pendentes' },
  caption: 'Chamados da fila, do mais antigo ao mais novo',
  take: 'Assumir',
  takeTicket: (id: string) => `Assumir o chamado ${id}`,
  institution: 'Instituição',
  waitingSince: 'Aberto em',
  action: 'Ação',
  oldestFirst: 'Do mais antigo ao mais novo',
  empty: {
    meus: 'Nenhum chamado atribuído a você',
    novos: 'Nenhum chamado novo na fila',
    pendentes: 'Nenhum chamado pendente',
  },
  emptyText: {
    meus: 'Assuma um na aba Novos: ele passa a Processando (Atribuído) e aparece aqui.',
    novos: 'Os chamados que as instituições abrirem aparecem aqui.',
    pendentes: 'Aqui ficam os que aguardam resposta da instituição, com o prazo de cada um.',
  },
  seeNew: 'Ver novos',
}
