/**
 * Turns that language models use again and again in Portuguese and that people use far less. The formulas of school
 * essays in Brazil (ademais, outrossim, nesse sentido, portanto) are left out: pupils are taught them.
 */
export const PHRASES_PT = `
é importante destacar
é importante ressaltar
é importante reconhecer
é importante considerar
é fundamental compreender
é essencial que
é crucial que
torna-se fundamental
torna-se essencial
torna-se crucial
desempenha um papel crucial
desempenha um papel fundamental
desempenha um papel importante
desempenham um papel crucial
desempenham um papel fundamental
desempenham um papel importante
um papel crucial
um papel vital
peça-chave
pedra angular
no mundo atual
na era digital
em um mundo cada vez mais
em um mundo marcado
em constante evolução
em constante transformação
em constante mudança
mais importante do que nunca
uma ampla gama de
ferramenta poderosa
poderosa ferramenta
ferramenta valiosa
sem precedentes
desafios significativos
desafios e oportunidades
impacto significativo
impacto positivo
impacto profundo
de maneira responsável
de forma responsável
de maneira eficaz
de forma eficaz
de forma conjunta
contribui significativamente
contribuem significativamente
abordagem integrada
abordagem holística
soluções inovadoras
soluções sustentáveis
compreensão mais profunda
decisões informadas
crescimento pessoal
desenvolvimento pessoal e profissional
senso de pertencimento
senso de comunidade
senso de propósito
bem-estar coletivo
mais justa e equilibrada
mais justo e sustentável
transformado profundamente
a forma como as pessoas
a maneira como as pessoas
a forma como vivemos
ao longo da história tem
em última análise
em última instância
este ensaio explora
este texto discute
abre portas para
abre caminho para
um convite à reflexão
um testemunho de
rica tapeçaria
responsabilidade compartilhada
compromisso coletivo
é o primeiro passo para
todo o seu potencial
cada ação por menor
por menor que seja
`;
