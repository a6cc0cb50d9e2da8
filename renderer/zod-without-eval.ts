import { config } from 'zod'

// Zod tries whether it may compile its schemas, as soon as the first is defined. Under the page's policy it may not, and the browser
// would report the try as a violation. So this is imported before everything else.
config({ jitless: true })
