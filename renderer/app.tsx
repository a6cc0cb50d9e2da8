/** The whole window. */
export function App() {
  return <main>Scenedex</main>
}
