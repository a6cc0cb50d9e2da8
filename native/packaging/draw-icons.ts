// Draws resources/icons/*.png from the drawing beside them:  node native/packaging/draw-icons.ts
// The small sizes have a drawing of their own: what is fine at 512 pixels is mud at 16.
import path from 'node:path'
import sharp from 'sharp'

const folder = path.resolve(import.meta.dirname, '..', '..', 'resources', 'icons')
const SMALL = 32

async function draw(size: number, name: string): Promise<void> {
  const drawing = path.join(folder, size <= SMALL ? 'app-small.svg' : 'app.svg')
  await sharp(drawing, { density: Math.max(72, size / 1024 * 72 * 4) }).resize(size, size).png({ compressionLevel: 9 }).toFile(path.join(folder, name))
}

for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) await draw(size, `${size}.png`)
