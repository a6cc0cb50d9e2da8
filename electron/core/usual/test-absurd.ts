/**
 * Questions to which nothing in the shared media is an answer, to measure false alarms with. They are kept apart from `unrelatedTexts`, with which it is
 * learned what is usual: what was set with one list is measured with the other.
 */
export const absurdTexts: readonly string[] = `
an astronaut planting a flag on Mars
a sloth hanging from a lamp
notary stamping a deed
platypus
a meatball sandwich in a museum case
the price of wheat futures
a swarm of locusts
stapler
an elk on a motorway
how to prune grape vines
kidney dialysis
a wine rack full of dusty magnums
crocodile
particle accelerator
a wax figure of a queen
filing cabinet
supreme court ruling
an open heart operation
bottling of ketchup
a camel caravan in the dunes
visor against flying sparks
xylophone
photocopier out of toner
tarantula on a leaf
penguins on an iceberg
a toy duck in a bathtub
a sushi chef with a very sharp knife
gladiators in an arena
the second law of thermodynamics
moose antlers above a fireplace
a mermaid statue
dishwasher tablets
crystal ball and tarot cards
hippopotamus yawning
steam locomotive in a roundhouse
a king being crowned
reed boat on Lake Titicaca
cement truck
lavender fields
avocado toast
dockers unloading containers
a contortionist in a small box
supertanker
gorilla
nursery rhyme
a chandelier in a ballroom
quantum entanglement
an Inuit hunter beside a hole in the floe
goose feather pillow
cordless screwdriver
geyser
orangutan
pomegranate
jury duty
trilobite
tea ceremony
shipwreck
mailbox
cryptography
a toad on a lily pad
lawn bowls
gritting lorry
a vicar in a pulpit
rental agreement for a flat
blueberry muffins
dung beetle
space station toilet
wind tunnel
kebab
a nurse who gives a vaccination
telescope mirror
bison
patent application
catapult
sardine tin
harpsichord
cholesterol
a pelican with an open beak
jousting
aurora borealis above the tundra
bubble wrap
a labyrinth made of hedges
combine harvester
otter
wallpaper paste
fluorescent minerals
the overture of an operetta
a hot spring with macaques
cinnamon rolls
sextant
lava lamp
a border guard who searches a suitcase
anatomy of the inner ear
flying buttresses of an abbey
centipede
a samurai who bows
toothpaste
beaver lodge
monetary union of the central banks
reindeer
`.trim().split('\n')
