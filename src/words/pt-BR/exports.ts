// Texts of exporting a list.
export const exports = {
  link: 'Exportar',
  title: 'Exportar',
  heading: 'Exportar a lista',
  intro:
    'As colunas são as da sua exibição. O arquivo termina com uma linha que diz quantos chamados ele contém: sem ela, foi interrompido.',
  criteria: 'Critérios',
  everything: 'Sem critérios: todos os chamados que você pode ver.',
  which: 'Quais chamados',
  ranges: { todos: 'Todos os da lista', pagina: 'Só os desta página' },
  format: 'Formato',
  formats: {
    csv: 'CSV (planilhas; sem limite)',
    xlsx: 'XLSX (Excel e LibreOffice)',
    pdf: 'PDF (para imprimir; sem limite)',
  },
  submit: 'Exportar',
  back: 'Voltar à lista',
  logged: 'Cada exportação fica registrada na auditoria: quem, quando, com que critérios e quantos chamados.',
  faults: {
    formato: 'O formato pedido não existe. Escolha CSV, XLSX ou PDF.',
    quais: 'Escolha se saem todos os chamados da lista ou só os desta página.',
    xlsx: 'A lista tem mais chamados do que cabem em uma planilha (1.048.574). Escolha CSV, ou refine a pesquisa.',
    ampla: 'A pesquisa demorou demais. Refine-a e exporte de novo.',
  },
  fault: 'Não foi possível exportar',
  /** Name of the file, without its ending. */
  file: 'chamados',
  sheet: 'Chamados',
  strange:
    'Letras que este PDF não tem estão escritas pelo seu número Unicode, como [U+0141]. Em CSV e XLSX elas estão inteiras.',
  end: (count: number) => `Fim do arquivo: ${count} ${count === 1 ? 'chamado' : 'chamados'}`,
}
