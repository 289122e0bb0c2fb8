/**
 * Words that spinning tools put for a word of any term, one word a line: synonyms that dictionaries give for another of
 * its meanings. An ordinary one alone proves nothing; one with a `!` is what nobody writes in a term, one with a `?` a
 * fair synonym that only may stand beside those. See `needs` in the model. `_` joins words.
 */
export const SUBSTITUTES = `
accuracy: exactness precision? correctness?
acid: corrosive!
algorithm: calculation? computation? set_of_rules?
analysis: investigation examination evaluation? assessment? scrutiny? appraisal?
approach: method? strategy? methodology?
artificial: counterfeit! fake synthetic? man_made manufactured simulated? computerized? human_made reproduced fabricated phony!
attack: assault ambush rush? strike?
automatic: programmed
big: huge enormous tremendous immense monstrous
brain: mind? cerebrum
breast: bosom! boob!
cancer: malignancy malignant_growth tumor? disease? peril!
cell: cells? mobile_phone! cellphone!
chemical: concoction!
classification: grouping? order? arrangement? characterization? categorization? category? class?
classifier: grouper categorizer
cluster: bunch
clustering: bunching grouping gathering
colony: settlement province state?
communication: correspondence
component: segment? part? element? thing? ingredient constituent?
computer: pc
computing: figuring! registering enrolling!
control: manage manipulate
convolutional: convolution convolutionary!
data: information? statistics? facts? records?
decision: choice?
deep: profound! bottomless! profoundly!
density: thickness
detection: discovery location identification? recognition? detecting? revelation
device: gadget tool? apparatus?
diagnosis: conclusion? finding? determination? analysis? prognosis?
disease: illness sickness ailment infection? malady disorder?
disorder: confusion issue? condition? problem? jumble
effect: impact? affect?
efficiency: proficiency productivity effectiveness
emission: outflow discharge emanation release?
energy: vitality! strength? power?
environmental: ecological? natural?
error: blunder! mistake? mistakes blunders! fault?
extraction: extrication withdrawal removal? mining?
failure: disappointment! misfortune? breakdown?
feature: highlight component? characteristic? trait? attribute? highlights
film: movie
forest: woods woodland backwood backwoods! timberland! lush_territory! wooded_area! forestland jungle
frequency: recurrence
function: work capacity capability?
fuzzy: fluffy! fleecy! feathery! cushy!
gate: door entryway! doorway
genetic: hereditary
gradient: slope angle inclination tendency
heat: warmth! warm
hidden: concealed shrouded! secret
high: tall
home: house
human: humanoid
image: picture photo? photograph? photographs?
immune: insusceptible! invulnerable! resistant safe?
impaired: weakened debilitated tried affected?
information: facts? records?
intelligence: reasoning? consciousness? insight? intellect? brainpower shrewdness! aptitude? mental_ability! genius? conscience? sagacity!
intrusion: interruption
kinetic: motor
language: dialect tongue
layer: coating
learning: adapting? studying? mastering literacy getting_to_know gaining_knowledge_of gaining_knowledge proficiency
logic: rationale! reason reasoning logical common_sense! good_judgment!
logistic: strategic coordinations
loss: misfortune!
low: moo!
machine: device? gadget apparatus? contraption engine? laptop computing_device
magnetic: attractive
malicious: vindictive! pernicious! noxious malevolent
matrix: grid? lattice framework? network?
method: technique? strategy? approach? procedure?
mobile: versatile portable
model: version? fashion? mannequin!
monitoring: observing checking?
naive: credulous! gullible! guileless! innocent!
network: organization association? community affiliation arrange
neural: nervous nerve neurological cerebrum
node: hub
noise: commotion! clamor! racket! uproar!
optimization: streamlining improvement? enhancement? advancement
output: yield
particle: molecule
patient: affected_person! tolerant!
performance: execution? exhibition?
positive: fantastic wonderful high_quality sure advantageous!
power: force
prediction: forecast expectation foreseeing prophecy!
predictive: prescient prophetic
principal: head key main primary central essential fundamental foremost chief principle rule
probability: likelihood
problem: issue? trouble?
process: procedure?
processing: handling preparing
property: belongings houses
protocol: convention?
random: arbitrary irregular haphazard! erratic! eccentric! conflicting?
rate: fee pace? charge? price?
ratio: proportion
recall: review
recognition: acknowledgment! affirmation! reputation popularity
recurrent: intermittent! repetitive repeating
regression: relapse! backslide! lapse!
resistance: opposition obstruction? protection?
resource: asset? useful_resource!
response: reaction
risk: hazard? danger?
search: pursuit
security: safety? protection?
segmentation: division? segregation?
selection: determination choice? choosing?
sensitivity: affectability!
sensor: detector? transducer?
sentiment: opinion? assumption feeling
signal: flag sign indicator?
simulation: reenactment! recreation
smart: savvy shrewd keen astute sagacious!
solar: sun_oriented! sun_based! sunlight_based!
solution: arrangement
source: supply? wellspring!
space: area? room?
spectral: otherworldly! unearthly! ghastly ghostly spooky! supernatural
speech: discourse
storage: stockpiling! carport! tankage! capacity? stockpile
strategy: method? technique?
strength: quality power?
structure: construction? shape? constitution
support: bolster! backing strengthen! keep_up! encourage! assist assistance! uphold!
swarm: multitude
syndrome: disorder? condition?
system: framework? structure? scheme? gadget machine?
task: errand!
technique: method? strategy? procedure? approach?
test: check? take_a_look_at!
theory: hypothesis
thermal: warm
thin: slim slender! meager! skinny!
training: preparing schooling! tutoring!
transfer: move? exchange? movement? transport? switch?
transform: change remodel! rework trade redesign
treatment: remedy? therapy? cure?
tree: plant bush timber shrub
user: client? consumer?
value: esteem! worth cost? price?
visually: outwardly! ostensibly!
vitamin: nutrient
voting: casting_a_ballot
wave: surge!
wireless: remote
`;
