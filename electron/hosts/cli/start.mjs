// What `npm start` ends with for as long as there is no window: what this is, and what can be done with it today.
process.stdout.write(`
Scenedex finds any moment in your own videos, on your own machine.

The window comes later. What works today is the command line; in this folder, run for example:

  npx --no-install scenedex doctor
  npx --no-install scenedex demo
  npx --no-install scenedex import ~/Videos --wait

`)
process.argv.splice(2, Infinity, '--help')
await import('./scenedex.mjs')
