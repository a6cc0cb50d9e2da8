/** How to ask, on one page. */
export const queryHelp = `How to ask:
  rocket launch          scenes with both words, said or in the title (and pictures that look like it,
                         with a picture model); other forms of English words count: launches, launched
  "solar eclipse"        exactly these words side by side
  eclipse -moon          without the word; also -"two words", -(a OR b), -color:red
  goal OR penalty        either; AND for both; brackets group: (goal OR penalty) crowd
  goal THEN crowd        crowd at most 30 seconds after goal, in the same video
  goal THEN<5s crowd     at most 5 seconds after; the hit goes from one to the other
  said:nasa title:trip   only in what is said, only in the title
  seen:"a red car"       only by how it looks (needs a picture model)

Filters, with or without words:
  in:holiday  in:12      of videos with this in their title or path, or of video 12
  lang:de  lang:german   where this language is spoken
  after:2024-05          recorded then or later; before:2024-05-31 earlier (a year, a month or a day)
  longer:5s  shorter:2m  length of the scene
  color:blue             black white grey red orange yellow green teal blue purple pink brown
  tag:beach              of what the tags say (needs a picture model); tags are in the list of labels
  bright:dark            dark, bright, or a share of 1: bright:>0.6  bright:0.2..0.4
  motion:fast            still, calm, fast, or a share of 1: motion:<0.01

AND, OR and THEN are written in capitals. Accents and capitals do not matter in words. The last word may be half typed.`
