// One sentence for each code of a problem: what is wrong and how to mend it. First language.
import type { Facts } from '#words/problem-facts.ts'

const characters = (n: unknown): string => (n === 1 ? '1 caractere' : `${n} caracteres`)
const GIGABYTE = 1024 ** 3
/** Of what may be many files. */
const room = (bytes: unknown): string =>
  Number(bytes) < GIGABYTE ? megabytes(bytes) : `${(Number(bytes) / GIGABYTE).toFixed(1).replace('.', ',')} GB`
const megabytes = (bytes: unknown): string =>
  Number(bytes) < 1_048_576 ? `${Math.floor(Number(bytes) / 1024)} kB` : `${Math.floor(Number(bytes) / 1_048_576)} MB`

const KIND: Readonly<Record<string, string>> = {
  pdf: 'PDF',
  jpeg: 'JPEG',
  png: 'PNG',
  'application/pdf': 'um PDF',
  'image/jpeg': 'uma imagem JPEG',
  'image/png': 'uma imagem PNG',
  'image/gif': 'uma imagem GIF',
  'image/webp': 'uma imagem WebP',
  'image/heic': 'uma foto HEIC',
  'image/tiff': 'uma imagem TIFF',
  'application/zip': 'um arquivo ZIP',
  'application/x-rar-compressed': 'um arquivo RAR',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'um documento do Word',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'uma planilha do Excel',
  'application/x-cfb': 'um documento antigo do Office',
  'application/x-msdownload': 'um programa',
  'application/x-elf': 'um programa',
  'text/html': 'uma página da internet',
  'application/xml': 'um arquivo XML',
  'text/plain': 'um arquivo de texto',
  'video/mp4': 'um vídeo',
}
const isA = (type: unknown): string =>
  KIND[String(type)] ?? (type ? `um arquivo do tipo ${type}` : 'um arquivo de tipo desconhecido')
const list = (kinds: unknown): string =>
  String(kinds)
    .split(',')
    .map((kind) => KIND[kind] ?? kind)
    .join(', ')
    .replace(/, ([^,]*)$/, ' ou $1')

const typed = ({ has }: Facts): string => (Number(has) === 1 ? 'foi digitado 1' : `foram digitados ${has}`)

export const problems = {
  required: (w: Facts) =>
    w.label ? (w.choose ? `Responda: ${w.label}` : `Preencha o campo “${w.label}”.`) : 'Preencha este campo.',
  'declaration-required': (_: Facts) => 'Marque a declaração para enviar a solicitação.',
  'document-required': (w: Facts) => `Anexe o documento “${w.document}” para enviar a solicitação.`,
  'group-required': (w: Facts) => `Anexe pelo menos um destes documentos: ${w.documents}.`,
  'choice-unknown': (_: Facts) => 'Escolha uma das opções da lista.',
  'too-long': (w: Facts) => `O texto pode ter no máximo ${characters(w.most)}. Encurte-o.`,
  'too-short': (w: Facts) => `Escreva pelo menos ${characters(w.least)}; há ${w.has}.`,
  'ticket-id-wrong': (_: Facts) => 'O ID do chamado é um número, como 24 151.',
  'date-wrong': (_: Facts) => 'Esta data não existe. Escreva dia, mês e ano, como 09-03-2021.',
  'date-future': (_: Facts) => 'A data não pode ser depois de hoje. Confira o dia, o mês e o ano.',
  'email-shape': (_: Facts) => 'Escreva um endereço de e-mail completo, como nome@example.com.',
  'plate-length': (w: Facts) => `A placa tem 7 caracteres e ${typed(w)}. Escreva como ABC1234 ou ABC1C34.`,
  'plate-shape': (_: Facts) =>
    'A placa tem três letras e depois números como em ABC1234, ou o padrão Mercosul ABC1C34. Confira.',
  'chassis-length': (w: Facts) =>
    `O chassi tem 17 caracteres e ${typed(w)}. Se o veículo é anterior a 1986, marque a opção.`,
  'chassis-old-length': (w: Facts) => `O chassi de veículo anterior a 1986 tem de 5 a 21 caracteres e ${typed(w)}.`,
  'chassis-letter': (w: Facts) => `O chassi não usa a letra ${w.letter}. Confira se não é o número ${w.instead}.`,
  'chassis-characters': (_: Facts) => 'O chassi só tem letras sem acento e números. Confira o que foi digitado.',
  'chassis-repeated': (_: Facts) => 'O chassi não pode ser um único caractere repetido. Copie-o do documento.',
  'renavam-characters': (_: Facts) => 'O RENAVAM só tem números. Retire as letras.',
  'renavam-length': (w: Facts) => `O RENAVAM tem 11 números (9 nos antigos) e ${typed(w)}.`,
  'renavam-repeated': (_: Facts) => 'O RENAVAM não pode ser um único número repetido. Copie-o do documento.',
  'renavam-digit': (_: Facts) =>
    'O dígito verificador do RENAVAM não confere. Confira o número; se estiver igual ao documento, marque “Confirmo o RENAVAM”.',
  'cpf-characters': (_: Facts) => 'O CPF só tem números. Retire as letras.',
  'cpf-length': (w: Facts) => `O CPF tem 11 números e ${typed(w)}.`,
  'cpf-repeated': (_: Facts) => 'O CPF não pode ser um único número repetido.',
  'cpf-digit': (_: Facts) => 'Os dígitos verificadores do CPF não conferem. Compare com o documento.',
  'cnpj-length': (w: Facts) => `O CNPJ tem 14 caracteres e ${typed(w)}.`,
  'cnpj-shape': (_: Facts) => 'O CNPJ tem doze letras ou números e termina em dois números, como 12.ABC.345/01DE-35.',
  'cnpj-repeated': (_: Facts) => 'O CNPJ não pode ser um único caractere repetido.',
  'cnpj-digit': (_: Facts) => 'Os dígitos verificadores do CNPJ não conferem. Compare com o documento.',
  'cpf-or-cnpj-length': (w: Facts) => `Informe um CPF (11 números) ou um CNPJ (14 caracteres); ${typed(w)}.`,
  'judicial-characters': (_: Facts) => 'O número do processo só tem números, pontos e traço.',
  'judicial-length': (w: Facts) =>
    `O número do processo tem 20 números e ${typed(w)}. Escreva como 0002080-25.2012.5.15.0049.`,
  'judicial-digit': (_: Facts) => 'Os dígitos verificadores do processo não conferem. Copie o número da decisão.',
  'number-shape': (_: Facts) => 'Escreva só o número, como 1.234 ou 1.234,56.',
  'number-decimals': (w: Facts) =>
    w.decimals
      ? `O número pode ter no máximo ${w.decimals} casas depois da vírgula.`
      : 'Escreva um número inteiro, sem vírgula.',
  'number-least': (w: Facts) => `O menor valor aceito é ${w.least}.`,
  'number-most': (w: Facts) => `O maior valor aceito é ${w.most}.`,
  'phone-length': (w: Facts) => `O telefone tem DDD e 8 ou 9 números; ${typed(w)}. Escreva como (51) 99123-4567.`,
  'phone-area': (w: Facts) => `Não existe o DDD ${w.area}. Confira os dois primeiros números.`,
  'phone-shape': (_: Facts) => 'Celular começa com 9 e tem 9 números; fixo começa com 2 a 5 e tem 8. Confira.',
  'choices-few': (w: Facts) =>
    w.least === 1 ? 'Marque pelo menos uma opção.' : `Marque pelo menos ${w.least} opções.`,
  'choices-many': (w: Facts) => (w.most === 1 ? 'Marque uma opção só.' : `Marque no máximo ${w.most} opções.`),
  'form-file-large': (_: Facts) => 'O arquivo passa de 1 MB. Confira se é um formulário exportado por este editor.',
  'form-file-deep': (w: Facts) => `O arquivo tem listas dentro de listas além do limite (${w.most}).`,
  'form-file-json': (_: Facts) => 'O conteúdo não é um JSON de formulário. Exporte-o de novo.',
  'form-file-shape': (w: Facts) => `O arquivo não tem a forma de um formulário: ${w.what}.`,
  'form-code': (_: Facts) => 'Use letras minúsculas, números e hífens, começando por letra.',
  'form-code-taken': (_: Facts) => 'Já existe um formulário com este código. Escolha outro.',
  'form-count': (w: Facts) =>
    `Escreva um número inteiro ${w.most ? `de ${w.least} a ${w.most}` : `a partir de ${w.least}`}, ou deixe em branco.`,
  'form-subject': (_: Facts) => 'O título só pode ter textos e perguntas deste formulário entre chaves, como {caso}.',
  'form-test-name': (_: Facts) => 'Dê um nome ao teste.',
  'form-tests-many': (_: Facts) => 'Há testes demais (200). Remova um antes de guardar outro.',
  'file-empty': (w: Facts) => `O arquivo “${w.name}” está vazio (0 bytes). Confira o original e envie de novo.`,
  'file-too-large': (w: Facts) =>
    `O arquivo “${w.name}” passa do limite de ${megabytes(w.limit)}. Reduza a resolução ou divida o documento e envie de novo.`,
  'file-not-what-it-says': (w: Facts) =>
    `O arquivo “${w.name}” diz ser ${list(w.says)}, mas é ${isA(w.is)}. Salve o documento como ${list(w.accepted)} e envie de novo.`,
  'file-kind': (w: Facts) => `O arquivo “${w.name}” é ${isA(w.is)}. Este documento aceita ${list(w.accepted)}.`,
  'file-ending': (w: Facts) =>
    `O arquivo “${w.name}” termina em .${w.ending}, mas o conteúdo é ${isA(w.is)}. Mude o final do nome para .${w.wanted} e envie de novo.`,
  'file-pixels': (w: Facts) =>
    `A imagem “${w.name}” tem ${w.millions} milhões de pontos; o limite é de ${w.most} milhões. Digitalize ou salve com menor resolução (300 dpi bastam) e envie de novo.`,
  'file-most': (w: Facts) =>
    `O arquivo “${w.name}” não coube: o limite é de ${w.most} arquivos. Remova um antes de enviar outro.`,
  'file-quota': (w: Facts) =>
    `O arquivo “${w.name}” não coube: os rascunhos e as mensagens não enviadas da sua instituição já têm ${room(w.has)}, e o limite é ${room(w.limit)}. Envie ou descarte rascunhos e tente de novo.`,
  'changed-elsewhere': (w: Facts) =>
    `Este campo foi alterado em outra página enquanto esta estava aberta. Ficou o que você enviou agora; lá estava: “${w.value}”.`,
  'answer-unseen': (_: Facts) =>
    'Este campo mudou em outra página enquanto esta estava aberta. Nada foi enviado: confira o que está nele agora e envie de novo.',
  'kept-elsewhere': (w: Facts) =>
    `Outra página salvou neste campo: “${w.value}”. O que está aqui ainda não foi salvo. “Salvar rascunho” fica com o que está aqui.`,
  'vehicle-missing': (_: Facts) => 'Todo chamado é de um veículo: informe a placa ou o chassi.',
  'form-changed': (w: Facts) =>
    `O formulário mudou enquanto este pedido era preenchido${w.changes ? ` (${w.changes})` : ''}. Nada foi enviado: confira as perguntas, declare de novo e envie.`,
  'form-retired': (_: Facts) =>
    'Este formulário saiu de uso: nada foi enviado, e o rascunho continua guardado. Fale com o DETRAN-RS ou espere a nova versão.',
  'files-changed': (_: Facts) =>
    'Os arquivos deste rascunho mudaram em outra página enquanto esta estava aberta. Nada foi enviado: confira os que estão agora em cada documento e envie de novo.',
  'file-not-kept': (w: Facts) =>
    `O arquivo “${w.name}” não coube no que foi guardado quando a sua sessão terminou (5 arquivos). Escolha-o de novo.`,
  'file-document-unknown': (w: Facts) =>
    `O arquivo “${w.name}” não pertence a nenhum documento deste formulário. Escolha-o de novo.`,
  'file-infected': (w: Facts) =>
    `O antivírus encontrou um vírus em “${w.name}” (${w.virus}). Remova o arquivo e envie outro.`,
  'file-being-checked': (w: Facts) =>
    `O arquivo “${w.name}” ainda está sendo conferido. Espere alguns segundos e envie de novo.`,
  'file-refused-opens': (w: Facts) =>
    `O arquivo “${w.name}” não abre: parece danificado. Confira o original e envie outro.`,
  'file-refused-bomb': (w: Facts) =>
    `O arquivo “${w.name}” se desdobra em muito mais do que um computador consegue abrir. Imprima o documento em PDF e envie de novo.`,
  'file-refused-encrypted': (w: Facts) => `O arquivo “${w.name}” pede senha para abrir. Envie uma cópia sem senha.`,
  'file-refused-pages': (w: Facts) =>
    `O arquivo “${w.name}” tem ${w.pages} páginas; este documento aceita até ${w.most}. Envie só as páginas pedidas.`,
  'file-refused-blank': (w: Facts) =>
    `O arquivo “${w.name}” está em branco ou pequeno demais para ler. Digitalize de novo e envie outro.`,
  'file-refused-vehicle': (w: Facts) =>
    `O texto de “${w.name}” não traz a placa nem o chassi informados. Confira se é o documento certo e envie outro.`,
  'file-refused-signature': (w: Facts) =>
    `O arquivo “${w.name}” não traz assinatura digital. Envie o documento assinado digitalmente.`,
  'text-or-file': (_: Facts) => 'Escreva um texto ou anexe um arquivo.',
  'note-needed': (_: Facts) => 'Escreva a nota.',
  'note-without-files': (_: Facts) =>
    'Uma nota privada não leva arquivos. Envie-os em um acompanhamento ou na solução.',
  'refusal-reason-needed': (_: Facts) => 'Escreva o motivo da recusa. Os arquivos vão junto, nesta mesma etapa.',
  'assignee-needed': (_: Facts) => 'Escolha quem vai atender o chamado.',
  'waiting-type-needed': (_: Facts) => 'Escolha o tipo de espera.',
  'waiting-reason-needed': (_: Facts) => 'Escreva o motivo da espera.',
  'question-needed': (_: Facts) => 'Escreva o que a instituição deve informar ou enviar.',
  'outcome-needed': (_: Facts) => 'Escolha o resultado: deferido ou indeferido.',
  'solution-needed': (_: Facts) => 'Escreva a solução.',
  'solution-too-general': (w: Facts) =>
    `Um modelo sozinho não decide o caso (Lei RS 15.612/2021, art. 57). Escreva pelo menos ${characters(w.least)} sobre este chamado.`,
  'criteria-part': (w: Facts) => `“${w.name}” não faz parte de uma pesquisa.`,
  'criteria-shape': (_: Facts) => 'A pesquisa não está no formato esperado.',
  'criteria-depth': (w: Facts) => `Os grupos podem ter no máximo ${w.most} níveis.`,
  'criteria-rules': (w: Facts) => `A pesquisa pode ter no máximo ${w.most} regras.`,
  'criteria-link': (w: Facts) => `“${w.name}” não liga regras. Use E, OU, E NÃO ou OU NÃO.`,
  'criteria-field': (w: Facts) =>
    w.name ? `O campo “${w.name}” não existe. Escolha um campo da lista.` : 'Escolha um campo da lista.',
  'criteria-operator': (w: Facts) => `O operador não serve para o campo “${w.label}”. Escolha um da lista.`,
  'criteria-values': (w: Facts) => `O campo “${w.label}” recebeu valores demais: a regra aceita até ${w.most}.`,
  'criteria-long': (w: Facts) => `O valor pode ter no máximo ${characters(w.most)}. Encurte-o.`,
  'criteria-missing': (w: Facts) => `Escolha ou digite o valor do campo “${w.label}”, ou remova a regra.`,
  'criteria-ignored': (w: Facts) =>
    `“${w.name}” tem só palavras que a pesquisa não considera, como “de”, “para” e “com”. Acrescente outra palavra.`,
  'criteria-two-dates': (_: Facts) =>
    'A regra tem uma data e um prazo relativo. Escolha “Especifique uma data”, ou apague a data.',
  'criteria-several': (w: Facts) =>
    `O campo “${w.label}” recebeu vários valores. Para procurar todos, escolha o operador “é um de”.`,
  'criteria-value': (w: Facts) => `“${w.name}” não é um valor do campo “${w.label}”.`,
  'list-order': (w: Facts) => `A ordem “${w.name}” não existe. Escolha uma coluna da tabela.`,
  'list-orders': (w: Facts) =>
    `A lista se ordena por até ${w.most} colunas. Retire uma da ordem antes de acrescentar outra.`,
  'list-order-twice': (w: Facts) => `A ordem “${w.name}” traz a mesma coluna duas vezes. Deixe-a uma vez.`,
  'list-beside': (w: Facts) => `“${w.name}” não vale ao lado de regras de pesquisa. Faça dele uma regra.`,
  'address-unknown': (w: Facts) =>
    `O endereço traz “${w.name}”, que esta página não conhece. Retire-o do endereço ou pesquise de novo.`,
  'address-twice': (w: Facts) => `O endereço traz “${w.name}” mais de uma vez. Deixe um só.`,
  'list-status': (w: Facts) => `O status “${w.name}” não existe.`,
  'list-place': (_: Facts) => 'O lugar na lista não é um que este sistema tenha escrito. Volte à primeira página.',
  'search-name': (_: Facts) => 'Dê um nome à pesquisa, como “Pendentes com prazo hoje”.',
  'search-long': (_: Facts) => 'A pesquisa é longa demais para ser salva. Retire regras ou valores.',
  'search-many': (w: Facts) => `Você já tem ${w.most} pesquisas salvas. Apague uma antes de salvar outra.`,
  'search-above': (w: Facts) => `Informe um número de 0 a ${w.most}, ou deixe em branco para não ser avisado.`,
  'list-filter': (w: Facts) => `“${w.name}” não é um filtro que o sistema conheça. Retire-o do endereço.`,
  'list-size': (w: Facts) => `“${w.name}” linhas por página não é uma opção: escolha 25, 50, 100 ou 200.`,
  unknown: (_: Facts) => 'Confira este campo.',
  'number-range': ({ least, most }: Facts) => `Informe um número de ${least} a ${most}.`,
  'days-range': ({ least, most }: Facts) => `Informe um número de dias de ${least} a ${most}.`,
  'megabytes-range': ({ least, most }: Facts) => `Informe um tamanho de ${least} a ${most} MB.`,
  'kind-needed': () => 'Escolha o tipo: feriado, ponto facultativo ou suspensão de prazos.',
  'day-needed': () => 'Informe o primeiro dia como uma data que exista.',
  'days-there': (f: Facts) => `Já está no calendário: ${f.name}. Corrija esse registro, ou escolha outros dias.`,
  'day-after': () => 'O último dia não pode vir antes do primeiro nem passar de um ano.',
  'name-needed': () => 'Dê um nome de até 200 caracteres, como Corpus Christi.',
  'source-needed': () => 'Informe a lei, o decreto ou a portaria, com até 300 caracteres.',
}
