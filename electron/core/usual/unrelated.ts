/**
 * Questions that have nothing to do with most libraries: what they find all the same is what is usual. From all walks of life, concrete and not, a word or
 * a sentence, as people type them; some of them will be in some library, which what is learned from them has to stand. The order is fixed, and a change of
 * the list is noticed by its text: what was learned with another one is learned again.
 */
export const unrelatedTexts: readonly string[] = `
an old abacus on a school desk / accordion repair / acupuncture needles / an accountant filling in a tax return / an aircraft carrier at sea /
a teacher who explains algebra on a blackboard / amber with an insect in it / an ancient Egyptian papyrus / an anvil and a hammer / aquarium full of jellyfish /
archaeologists digging up a vase / asparagus in butter on a white plate / an astronomer at an observatory / an auction of oil paintings /
an avalanche that buries a village / bacteria under a microscope / bagpipes / a ballot box on election day / bamboo scaffolding /
what happens when a company is bankrupt / a barber shaving a customer / barcode scanner / a beekeeper with a smoking can / beetroot soup / binary search tree /
a blacksmith forging a sword / blood pressure / a bonsai tree on a shelf / a bowling alley / a bricklayer with a trowel and a bucket / broken vending machine /
a bulldozer pushing rubble / butter churn / a cactus in a clay pot / calligraphy with a brush / candle factory / how to clean the carburettor of an old tractor /
cardboard boxes stacked in a warehouse / a castle with a drawbridge / cathedral organ pipes / a cauliflower being cut in half / a ceiling fan turning slowly /
chalk drawing of a dinosaur / a portrait drawn with charcoal / cheese maturing in a cellar / a chemist pouring acid into a flask / chess grandmaster thinking /
chimney sweep / a circuit board being soldered / clarinet / a clockmaker mending a cuckoo clock / miners with lamps deep in a coal mine / cobra in a basket /
opening a coconut with a machete / coffee beans being roasted / a comet with a long tail in the night sky / how compound interest makes debts grow / concrete mixer /
a conveyor belt with bottles / a coil of copper wire around a magnet / bright fish around a coral reef / a courtroom with a judge / cranberry bog / crochet pattern /
crossword puzzle / customs declaration / dentist drilling a tooth / desalination plant / diamond cutter / a diver opening a treasure chest / doll's house /
a dragonfly on a blade of reed / an earthquake damaged bridge / eclipse of the sun / slices of eggplant in a frying pan / an electric eel / electron shell /
elevator shaft / an old woman at her embroidery / an emperor on a throne / envelopes and stamps / epidemic statistics / escalator in an underground station /
espresso machine / the exchange rate of the dollar and the euro / a fax machine that beeps and prints / fencing masks / ferris wheel at night / fig jam /
a fire eater / firewall settings / a fishing trawler in a storm / flamingos standing on one leg in a lagoon / flour mill / foreign policy /
a forklift that lifts a pallet / fossil of a fern / a foundry pouring molten iron / somebody signs a treaty with a fountain pen / funeral procession / fungus /
gallbladder surgery / garlic press / a soldier who wears a gas mask / a gearbox taken apart on a workbench / geiger counter / genetics lecture /
a giraffe eating leaves / glacier / a glass blower at work / a goldsmith who sets a ruby in a ring / grammar of the Latin language / grandfather clock /
an excavator in a gravel pit / greenhouse full of tomatoes / guillotine / hailstones as large as golf balls on a car / hammock / handcuffs /
a woman in a long dress who plays the harp / a hedgehog that eats from a saucer / helicopter landing on a roof / barrels full of salted herring at a market /
hieroglyphs / honey that drips from a honeycomb / hourglass / a hovercraft that arrives on a beach / hurricane seen from a satellite / hydroelectric dam /
two people who build an igloo of snow blocks / inflation of the currency / insurance policy / an intersection with broken traffic lights / iron ore / ivory /
a jackhammer / jigsaw puzzle / judo throw / kaleidoscope / kangaroo / keyhole / a lady in a kimono with a paper umbrella / knitting machine /
a laboratory mouse in a maze / lawnmower / leather tannery / legislation / lemon squeezer / a lighthouse on a cliff in a storm / lipstick advertisement /
lobster trap / a locksmith who opens a safe / logarithm table / loom weaving a carpet / lottery numbers / magnet and iron filings / a mammoth skeleton / marzipan /
mathematics exam / medieval knight in armour / a melting ice sculpture / metronome / what helps against a migraine / minaret / monopoly / mortgage contract / moth /
a motherboard with a cooling fan / a basket of mushrooms in the wood / nail polish / napkin folding / the control room of a nuclear reactor / nutmeg / oboe lesson /
an octopus that squeezes into a jar / pipes and flames of an oil refinery / an opera singer in costume / an orchid with purple spots in a greenhouse / origami crane /
an ostrich that runs beside a fence / oxygen cylinder / paella / paper mill / parking ticket / a vote of no confidence in the parliament /
a parrot that repeats what you say / passport photograph / a peacock that spreads its tail / a pearl in an oyster / why the pension reform has failed /
the periodic table of the elements on a wall / philosophy / phone booth / photosynthesis / a pharmacist counting pills / pickled cucumbers / pigeon loft /
a pirate with an eye patch / plumber under a sink / a polar bear and her cub on the ice / a porcelain teapot / potato harvest / pottery wheel / probability theory /
proofreading a newspaper / prosthetic leg / a pumpkin with a carved face and a candle in it / tourists in front of a pyramid / quartz / quicksand /
a quill and an ink pot / a green dot that moves over a radar screen / railway signal box / a cake with cream and raspberries / rattlesnake / recipe for pancakes /
a rhinoceros in the mud of a river / rice terraces / robot arm welding a car / rocking chair / roulette table / rubber plantation / saffron / salt lake / sauna /
sausage machine / saxophone / a scarecrow with a straw hat in a corn field / scorpion / seismograph / a tailor bent over a sewing machine / shark cage /
sheep shearing / shoelace / shorthand / silkworm / skeleton in a cupboard / sled dogs / slot machine / snail / software licence /
workers who mount solar panels on a roof / spider web / spinning wheel / spreadsheet / squid / stained glass window / stalactite / stethoscope / stock exchange /
the captain of a submarine at the periscope / sugar cane / sumo wrestlers / supermarket trolley / a very long suspension bridge in the fog /
a swan with five grey cygnets / syringe / tapestry / tattoo needle / tax inspector / telegraph pole / termites / thermometer / thesaurus / thimble / tombstone /
totem pole / train conductor / trapeze artist / treaty / trombone / tuna auction / turbine blade / turnip / an author at a typewriter with a cigar / ultrasound scan /
umbrella stand / unicycle / uranium / vacuum cleaner / a vampire who rises from a coffin / vertebra / a vineyard on a steep slope above a river / volcano erupting /
vulture / walrus / how to change the pump of a washing machine / watermelon / the weather forecast for the coming week / whale bones / wheelbarrow /
a windmill beside a canal with tulips / wrench / x-ray of a hand / yak / yeast / zebra crossing / a zeppelin above the roofs of a city / zinc
`.trim().split(/\s*\/\s*/)
