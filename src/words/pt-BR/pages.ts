// Texts of the pages that belong to no room: privacy and accessibility. First language: its shape is what English must satisfy.
interface Part {
  heading: string
  lines: string[]
}

export const pages = {
  privacy: {
    title: 'Privacidade',
    intro:
      'O EPROD recebe e decide pedidos de desbloqueio para cancelamento de gravame. Esta página diz quais dados pessoais ele trata, por quê e por quanto tempo (Lei 13.709/2018, LGPD).',
    parts: [
      {
        heading: 'Quais dados',
        lines: [
          'De quem entra: nome, CPF, e-mail, instituição e classes de acesso, informados pelo SOE/WEB a cada entrada.',
          'Do veículo e do contrato: placa, chassi, RENAVAM e o que for preenchido no formulário.',
          'Dos documentos enviados: o arquivo como foi recebido, o tamanho e um resumo criptográfico que prova que não mudou.',
          'Do uso: quem escreveu, decidiu ou abriu um arquivo, e quando.',
        ],
      },
      {
        heading: 'Para quê',
        lines: [
          'Identificar quem pede em nome da instituição, analisar o pedido e guardar a prova da decisão.',
          'A base é o exercício da competência legal do DETRAN-RS (LGPD, art. 7º, II e III, e art. 23): o registro de veículos e de gravames.',
          'Nenhum dado é usado para publicidade nem cedido a terceiros fora do procedimento.',
        ],
      },
      {
        heading: 'Quem vê',
        lines: [
          'Os operadores da mesma instituição e a equipe do DETRAN-RS que atende o pedido. Uma instituição nunca vê os dados de outra.',
          'As notas privadas da equipe não são mostradas à instituição. O CPF de quem entra não aparece nas páginas.',
        ],
      },
      {
        heading: 'Por quanto tempo',
        lines: [
          'Chamados, documentos e histórico: o sistema não os apaga; são guardados pelo prazo da tabela de temporalidade do DETRAN-RS.',
          'Rascunhos: até virarem chamado; os arquivos de um que fica parado são apagados depois do prazo que o próprio formulário diz.',
          'O que foi enviado depois do fim da sessão: uma hora.',
          'Sessão: 30 minutos sem uso, 12 horas no máximo.',
        ],
      },
      {
        heading: 'Cookies',
        lines: [
          'A entrada em andamento, a sessão de quem entrou (no EPROD e no SOE/WEB), um nome aleatório deste navegador no SOE/WEB, que o protege de tentativas alheias, e as preferências de tema e idioma. Não há cookies de terceiros.',
        ],
      },
      {
        heading: 'Seus direitos',
        lines: [
          'Nome, CPF e e-mail vêm do SOE/WEB: quem os corrige é o usuário master da sua instituição.',
          'Para confirmar, acessar ou perguntar sobre o tratamento dos seus dados (LGPD, art. 18), escreva para reconet@detran.rs.gov.br; a equipe encaminha ao encarregado do DETRAN-RS.',
        ],
      },
    ] as Part[],
  },
  accessibility: {
    title: 'Acessibilidade',
    intro:
      'O EPROD é feito para funcionar com teclado, leitor de tela, ampliação e sem scripts, segundo o eMAG 3.1 e as WCAG 2.2, nível AA.',
    parts: [
      {
        heading: 'Atalhos de teclado',
        lines: [
          'Alt+1: conteúdo da página.',
          'Alt+2: menu principal.',
          'Alt+3: campo Pesquisar.',
          'Alt+4: rodapé.',
          'Tecla / (barra): campo Pesquisar.',
          'Tecla Esc: fecha um menu aberto.',
          'No Firefox use Alt+Shift; no macOS, Control+Option com o número.',
        ],
      },
      {
        heading: 'Aparência',
        lines: [
          'Os temas claro e escuro mantêm contraste de 4,5:1 ou mais. A escolha fica neste navegador.',
          'O status de um chamado nunca é dito só pela cor: há sempre um ícone e a palavra.',
          'As páginas podem ser ampliadas até 400% sem rolagem para os lados.',
        ],
      },
      {
        heading: 'Encontrou uma barreira?',
        lines: ['Escreva para reconet@detran.rs.gov.br dizendo a página e o que aconteceu.'],
      },
    ] as Part[],
  },
}
