import { never, silero, testInference } from './test-models.ts'

// Lets a model work in a process of its own, so that all it leaves behind can be seen.
const inference = testInference()
const { likely } = await inference.voiceDetector(silero()).hear(new Float32Array(5120), null, never)
await inference.close()
console.log(`heard ${likely.length} windows`)
