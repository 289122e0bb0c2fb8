/**
 * Words that spinning tools put for a word of any term, one word a line: synonyms that dictionaries give for another of
 * its meanings. An ordinary one alone proves nothing; one with a `!` is what nobody writes in a term: see `needs` in the
 * model. `_` joins words.
 */
export const SUBSTITUTES = `
accuracy: exactness
acid: corrosive!
analysis: investigation examination
artificial: counterfeit! fake synthetic man_made! manufactured simulated computerized
attack: assault ambush
automatic: programmed
big: huge enormous tremendous immense monstrous
breast: bosom! boob!
cancer: malignancy malignant_growth
chemical: concoction!
classification: grouping order arrangement characterization
classifier: grouper
cluster: bunch
clustering: bunching grouping gathering
colony: settlement province state
communication: correspondence
computer: pc
computing: figuring! registering enrolling!
convolutional: convolution convolutionary!
data: information
decision: choice
deep: profound! bottomless! significant
density: thickness
detection: discovery location
device: gadget
diagnosis: conclusion finding determination
disease: illness sickness ailment
efficiency: proficiency productivity effectiveness
emission: outflow discharge
energy: vitality!
error: blunder! mistake
extraction: extrication withdrawal
failure: disappointment!
feature: highlight component characteristic trait
frequency: recurrence
function: work capacity
fuzzy: fluffy! fleecy! feathery! cushy!
genetic: hereditary
gradient: slope angle inclination
heat: warmth!
hidden: concealed shrouded! secret
home: house
human: humanoid
image: picture
immune: insusceptible! invulnerable! resistant safe
intelligence: consciousness insight intellect brainpower
intrusion: interruption
kinetic: motor
learning: adapting studying gaining mastering literacy
logistic: strategic coordinations
loss: misfortune!
low: moo!
machine: device gadget apparatus contraption
magnetic: attractive
malicious: vindictive! pernicious! noxious malevolent
matrix: grid lattice framework network
mean: cruel! implies! imply!
mobile: versatile portable
naive: credulous! gullible! guileless! innocent!
network: organization association community affiliation arrange
neural: nervous nerve neurological brain cerebrum
node: hub
noise: commotion! clamor!
optimization: streamlining improvement enhancement advancement
output: yield
particle: molecule
patient: affected_person! tolerant!
positive: fantastic wonderful
power: force
prediction: forecast expectation
predictive: prescient prophetic!
probability: likelihood
processing: handling preparing
protocol: convention
random: arbitrary irregular haphazard!
ratio: proportion
recognition: acknowledgment!
recurrent: intermittent! repetitive repeating
regression: relapse! backslide!
response: reaction
segmentation: division
selection: determination choice
sensitivity: affectability!
sentiment: opinion assumption feeling
signal: flag sign
simulation: reenactment! recreation
smart: savvy shrewd keen astute brilliant clever
solar: sun_oriented! sun_based! sunlight_based!
solution: arrangement
spectral: otherworldly! unearthly! ghastly ghostly spooky! supernatural
speech: discourse
storage: stockpiling! carport! tankage!
strength: quality
support: bolster! backing
swarm: multitude
system: framework
theory: hypothesis
thermal: warm
transform: change remodel! rework
tree: plant bush timber
value: esteem! worth
vitamin: nutrient
wireless: remote
`;
