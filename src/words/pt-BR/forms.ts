// Texts of the room `forms`, first language: its shape is what English must satisfy.
export const forms = {
  open: {
    title: 'Abrir chamado',
    intro: 'Escolha o assunto. O que você preencher fica salvo como rascunho desde o primeiro campo.',
    discarded: 'Rascunho descartado.',
    noForms: 'Nenhum formulário em uso',
    noFormsText:
      'O formulário está sendo atualizado. Tente de novo mais tarde ou escreva para o endereço no fim da página.',
    retiredTitle: 'Este formulário saiu de uso',
    retiredText: 'Nada novo pode ser aberto por ele. Chamados já abertos continuam como estão.',
    retiredMend: 'Veja em “Abrir chamado” os formulários em uso.',
    allDrafts: 'Ver todos os rascunhos',
    olderDrafts: 'Rascunhos mais antigos',
    drafts: 'Rascunhos da sua instituição',
    draftsHint: 'Qualquer operador da instituição pode continuar um rascunho.',
    noCase: 'Caso ainda não escolhido',
    noVehicle: 'sem veículo',
    by: (person: string, own: boolean): string => (own ? 'seu' : `de ${person}`),
    changed: (instant: string): string => `alterado em ${instant}`,
    files: (n: number): string => (n === 1 ? '1 arquivo' : `${n} arquivos`),
    resume: 'Continuar',
    needed: 'O que você vai precisar',
    neededHint: 'Documentos de cada caso, com o que cada arquivo pode ser e a resposta pela qual é pedido.',
    neededAlways: 'obrigatório',
    neededGroup: (name: string): string => `${name} (um deles)`,
    neededWhen: (answers: string): string => (answers ? `se ${answers}` : 'conforme as respostas'),
    neededIfAny: 'se houver',
  },
  draft: {
    lengths: (least: number, most: number) =>
      least > 0
        ? `De ${least.toLocaleString('pt-BR')} a ${most.toLocaleString('pt-BR')} caracteres.`
        : `Até ${most.toLocaleString('pt-BR')} caracteres.`,
    discard: 'Descartar este rascunho',
    discardText: 'Tudo o que foi digitado e enviado nele se perde, para toda a instituição. Não há volta.',
    discardNow: 'Descartar',
    optional: '(opcional)',
    allChoices: 'Trocar: mostrar todas as opções',
    choose: 'Escolha',
    required: 'obrigatório',
    optionalTag: 'se houver',
    oneOf: 'um deste grupo',
    chooseFile: 'Escolher arquivo',
    chooseFiles: 'Escolher arquivos',
    replaceFile: 'Trocar arquivo',
    remove: 'Remover',
    cancel: 'Cancelar',
    sent: 'enviado',
    example: (text: string): string => `Exemplo: ${text}.`,
    maxPages: (n: number): string => (n === 1 ? 'Uma página.' : `Até ${n} páginas.`),
    dropHere: 'Escolha os arquivos, solte-os na linha do documento ou cole-os com Ctrl+V.',
    kept: (days: number): string =>
      `Os arquivos de um rascunho parado por ${days} dias são apagados; as respostas ficam.`,
    legalBasis: (text: string): string => `Fundamento: ${text}.`,
    send: 'Enviar',
    save: 'Salvar rascunho',
    update: 'Atualizar campos',
    updateHint: 'Depois de escolher o tipo ou o caso, ou de mudar uma resposta sim/não, atualize os campos.',
    versionTitle: 'O formulário mudou desde que este rascunho começou',
    versionText:
      'Nada do que você preencheu se perde: respostas e arquivos continuam onde a versão nova ainda os pede. Ao enviar, vale a versão nova.',
    versionTake: 'Usar a versão nova',
    versionTaken: 'O rascunho usa agora a versão nova do formulário. Confira as perguntas que mudaram.',
    versionChange: {
      added: (n: string): string => `Novo: ${n}`,
      removed: (n: string): string => `Não é mais pedido: ${n}`,
      changed: (n: string): string => `Mudou: ${n}`,
    },
    sameVehicle: 'A sua instituição já tem chamado deste veículo',
    sameVehicleText:
      'Confira antes de enviar: pode ser que o pedido já esteja feito. Você pode abrir outro mesmo assim.',
    sameVehicleLink: (t: { id: string; status: string; opened: string }) =>
      `Chamado ${t.id}: ${t.status}, aberto em ${t.opened}`,
    savedAt: (time: string): string => `Rascunho salvo às ${time}`,
    saving: 'Salvando o rascunho…',
    filedElsewhere:
      'Este rascunho já foi enviado em outra página. Envie daqui para continuar com o que há de novo, ou recarregue para ver o chamado.',
    notSaved: 'Não foi possível salvar agora; o que você digitou continua nesta página.',
    signedOut: 'Sua sessão terminou. Envie ou salve o formulário: depois de entrar de novo, tudo volta.',
    uploading: (size: string, percent: string, left: string): string => `${size} · ${percent}% · ${left}`,
    leftSeconds: (n: number): string => (n <= 1 ? 'cerca de 1 segundo' : `cerca de ${n} segundos`),
    leftMinutes: (n: number): string => (n <= 1 ? 'cerca de 1 minuto' : `cerca de ${n} minutos`),
    uploadFailed: 'O envio não chegou ao fim. Confira a conexão e escolha o arquivo de novo.',
    uploadWaiting: 'Sem conexão agora. O envio continua sozinho quando ela voltar.',
    uploadRefused: 'O servidor não pôde guardar agora. O envio continua sozinho assim que ele puder.',
    stopped: (name: string, percent: number): string =>
      `${name} parou em ${percent}%. Escolha o mesmo arquivo para continuar de onde parou.`,
    photograph: 'Fotografar',
    oneFile: (name: string): string => `Este documento leva um arquivo só: “${name}” ficou de fora.`,
    scanningNow: 'O antivírus ainda confere os arquivos; o formulário segue assim que terminar.',
    uploadingNow: 'Os arquivos ainda estão sendo enviados; o formulário segue assim que terminarem.',
    alsoIn: (name: string): string => `O mesmo arquivo já está em “${name}”. Confira se é o documento certo.`,
    twice: 'O mesmo arquivo já está em outra linha deste rascunho. Confira se é o documento certo.',
    progress: 'Progresso',
    progressDocuments: (done: number, all: number): string =>
      all === 1 ? `${done} de 1 enviado` : `${done} de ${all} enviados`,
    progressOptional: 'Opcional',
    doubts: 'Dúvidas',
    doubtsText: 'Pedidos de desbloqueio só são analisados por aqui.',
    problemTitle: (n: number): string =>
      n === 1 ? 'Falta corrigir um ponto para enviar' : `Faltam corrigir ${n} pontos para enviar`,
    fileProblemTitle: (n: number): string =>
      n === 1 ? 'Um arquivo não pôde ser guardado' : `${n} arquivos não puderam ser guardados`,
    checkTitle: (n: number): string => (n === 1 ? 'Confira um ponto' : `Confira ${n} pontos`),
    savedNotice: 'Rascunho salvo. Você pode continuar depois, em Atendimento > Abrir chamado.',
    resumedNotice: 'Sua sessão tinha terminado: recuperamos o que você tinha enviado. Confira e envie.',
    madeAnewNotice:
      'O rascunho tinha sido descartado em outra página. O que você digitou continua neste novo; os documentos precisam ser escolhidos outra vez.',
    goneTitle: 'Este rascunho foi descartado',
    goneText: (who: string, at: string): string => `${who} descartou este rascunho em ${at}, com o que estava nele.`,
    goneMend: 'Se o pedido ainda é preciso, abra outro.',
    goneWhileTyping: (who: string, at: string): string =>
      `${who} descartou este rascunho em ${at}. O que está nesta página não se perdeu: pressione “Salvar rascunho”, e ele vira um rascunho novo.`,
    retiredTitle: 'Este formulário saiu de uso',
    retiredText:
      'O rascunho continua guardado, mas não pode ser enviado. Fale com o DETRAN-RS ou espere a nova versão.',
    notSent:
      'Sem conexão com o EPROD: nada foi enviado ainda. O que você digitou continua nesta página; tente de novo em instantes.',
    changedInBoth: 'Há um campo alterado também em outra página: veja o aviso junto dele.',
    resumedFiles: 'Alguns arquivos não foram recuperados. Escolha-os de novo.',
    leftoverNotice: (id: string): string =>
      `Esta solicitação já foi enviada: é o chamado ${id}. O que esta aba tinha de diferente está neste rascunho e não entrou no chamado; leve-o a um Acompanhamento ou envie-o como outro pedido.`,
    copiedNotice: (id: string): string =>
      `As respostas do chamado ${id} foram copiadas para este rascunho. Anexe os documentos e confira antes de enviar.`,
  },
  kept: {
    title: (n: number): string =>
      n === 1
        ? 'Guardamos o que você enviou quando a sua sessão terminou'
        : `Guardamos ${n} envios seus, feitos depois que a sua sessão terminou`,
    one: (ticket: string | undefined, time: string): string =>
      `Continuar no ${ticket ? `chamado ${ticket}` : 'rascunho'}, enviado às ${time}`,
    hour: 'Ficam guardados por uma hora, ou até você enviar.',
  },
  yesNo: { yes: 'Sim', no: 'Não', unknown: 'Não sei' },
}
