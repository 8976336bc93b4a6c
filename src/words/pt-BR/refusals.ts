// One entry for each code of shared/refusals.ts: what happened and how to mend it. First language.
export const refusals = {
  'not-found': {
    title: 'Página não encontrada',
    sentence: 'O endereço não existe ou o chamado não pertence à sua instituição.',
    mend: 'Confira o número do chamado, ou volte ao início e pesquise por placa, chassi ou ID.',
  },
  'search-gone': {
    title: 'Pesquisa não encontrada',
    sentence: 'A pesquisa salva foi apagada ou não é partilhada com você.',
    mend: 'Peça a quem a salvou que a partilhe, ou veja as suas em Listar Chamados, Pesquisas salvas.',
  },
  'sign-in-first': {
    title: 'Entre para continuar',
    sentence: 'Sua sessão terminou ou ainda não começou.',
    mend: 'Entre pelo Login SOE; o que você enviou na última hora será retomado depois disso.',
  },
  'needs-include-class': {
    title: 'Falta a classe 151',
    sentence:
      'Para abrir, responder, aprovar ou recusar chamados é preciso a classe 151 (SNG: INCLUSÃO CONTRATO WEBSERVI).',
    mend: 'Peça ao usuário master da sua instituição que atribua a classe no SOE/WEB e entre de novo.',
  },
  'needs-staff-class': {
    title: 'Ação restrita a outra função',
    sentence: 'Seu usuário do DETRAN-RS não tem a classe necessária para esta ação.',
    mend: 'Peça a um administrador que atribua a classe no SOE/WEB e entre de novo.',
  },
  'not-for-your-side': {
    title: 'Ação não disponível',
    sentence: 'Esta ação cabe ao outro lado do atendimento.',
    mend: 'Volte ao chamado: a página mostra o que você pode fazer agora.',
  },
  'closed-stays-closed': {
    title: 'Chamado fechado',
    sentence: 'Um chamado fechado não pode ser reaberto nem alterado.',
    mend: 'Se ainda for preciso, abra um novo a partir deste: as respostas são copiadas e os dois ficam ligados.',
  },
  'not-in-this-status': {
    title: 'O status não permite esta ação',
    sentence: 'No status atual do chamado esta ação não existe.',
    mend: 'Volte ao chamado: a página mostra o que pode ser feito agora.',
  },
  'changed-meanwhile': {
    title: 'O chamado mudou enquanto isso',
    sentence: 'Outra pessoa alterou o chamado depois que você abriu a página. Nada foi gravado.',
    mend: 'Abra o chamado outra vez, confira o que mudou e repita a ação se ainda for o caso.',
  },
  'refuse-instead': {
    title: 'O chamado está solucionado',
    sentence: 'Em um chamado solucionado não se acrescenta acompanhamento.',
    mend: 'Use Recusar a solução, com o motivo e os arquivos, ou Aprovar a solução.',
  },
  'deadline-over': {
    title: 'O prazo terminou',
    sentence:
      'O prazo deste chamado terminou antes desta ação, e o sistema muda o status em até um minuto. Nada foi gravado.',
    mend: 'Abra o chamado outra vez em um minuto: uma solução sem manifestação ainda pode ser recusada, e de um chamado fechado pode ser aberto um novo.',
  },
  'no-space': {
    title: 'O servidor não pode gravar agora',
    sentence: 'O disco do servidor está cheio ou não aceita escrita. O que já estava gravado continua gravado.',
    mend: 'Tente de novo em alguns minutos. Se continuar, avise o suporte do DETRAN-RS.',
  },
  'draft-already-filed': {
    title: 'Solicitação já enviada',
    sentence: 'Este rascunho já virou um chamado; ele não foi enviado pela segunda vez.',
    mend: 'Procure o chamado na página inicial.',
  },
  'form-version-retired': {
    title: 'O formulário mudou',
    sentence: 'A versão do formulário em que este rascunho começou não está mais em uso.',
    mend: 'Comece uma nova solicitação em Atendimento > Abrir chamado.',
  },
  'form-changed-meanwhile': {
    title: 'O formulário mudou enquanto isso',
    sentence: 'Outra pessoa alterou ou publicou esta versão depois que você abriu a página. Nada foi gravado.',
    mend: 'Abra a versão outra vez, confira o que mudou e repita a ação se ainda for o caso.',
  },
  'form-draft-exists': {
    title: 'Já existe uma versão em elaboração',
    sentence: 'Cada formulário tem uma versão em elaboração por vez.',
    mend: 'Continue a versão em elaboração, ou descarte-a antes de começar outra.',
  },
  'upload-out-of-step': {
    title: 'O envio está em outro ponto',
    sentence: 'A parte enviada não continua de onde o arquivo parou.',
    mend: 'Pergunte de novo onde o arquivo parou e continue dali; na página, escolha o mesmo arquivo outra vez.',
  },
  'upload-longer': {
    title: 'Chegou mais do que foi anunciado',
    sentence: 'O arquivo é maior do que o tamanho anunciado no começo do envio.',
    mend: 'Cancele o envio e comece outro com o tamanho certo.',
  },
  'file-infected': {
    title: 'Arquivo com vírus',
    sentence: 'O antivírus encontrou um vírus neste arquivo. Ele não é aberto nem baixado.',
    mend: 'Peça ou envie o documento de novo, salvo em um computador sem vírus.',
  },
  'file-in-quarantine': {
    title: 'Arquivo em quarentena',
    sentence:
      'O antivírus ainda não conferiu este arquivo; até lá ele não é aberto. A conferência é tentada de novo sozinha.',
    mend: 'Tente de novo em alguns minutos.',
  },
  'upload-version': {
    title: 'Protocolo de envio desconhecido',
    sentence: 'Arquivos em partes são recebidos pelo protocolo tus, versão 1.0.0.',
    mend: 'Envie o cabeçalho Tus-Resumable: 1.0.0, ou escolha o arquivo na página do rascunho.',
  },
  'needs-master': {
    title: 'Página dos usuários master',
    sentence: 'Só o usuário master da instituição cadastra operadores e atribui classes.',
    mend: 'Fale com o usuário master da sua instituição.',
  },
  'institution-suspended': {
    title: 'Instituição suspensa',
    sentence: 'Sua instituição está suspensa no SOE/WEB: operadores e classes não podem ser mudados.',
    mend: 'Quem resolve é o DETRAN-RS: fale com reconet@detran.rs.gov.br.',
  },
  'foreign-origin': {
    title: 'Pedido recusado por segurança',
    sentence: 'O envio não partiu de uma página do EPROD.',
    mend: 'Abra o EPROD pelo endereço oficial e repita a ação.',
  },
  'too-many-tries': {
    title: 'Muitas tentativas',
    sentence: 'Houve pedidos demais em pouco tempo a partir do seu acesso.',
    mend: 'Espere um minuto e tente de novo.',
  },
  'too-many-at-once': {
    title: 'Pesquisas demais ao mesmo tempo',
    sentence: 'Várias pesquisas ou exportações suas, ou da sua instituição, ainda estão sendo feitas.',
    mend: 'Espere alguns segundos, até que terminem, e recarregue a página.',
  },
  'too-large': {
    title: 'Envio grande demais',
    sentence: 'O que foi enviado passa do limite.',
    mend: 'Envie menos arquivos de cada vez ou arquivos menores; o limite aparece ao lado de cada documento.',
  },
  'address-too-long': {
    title: 'Endereço longo demais',
    sentence:
      'O endereço tem mais do que os cerca de 30 mil caracteres que cabem em um pedido: é o que acontece com uma pesquisa de muitas regras ou valores longos.',
    mend: 'Volte, retire regras ou valores, ou divida a pesquisa em duas.',
  },
  'bad-request': {
    title: 'Pedido não compreendido',
    sentence: 'Faltou uma parte do pedido ou ela veio alterada.',
    mend: 'Volte à página anterior, recarregue-a e repita a ação.',
  },
}
