import type { VideoId } from '../../electron/contract/ids.ts'

const up = '../'.repeat(8)
/** Ways to ask the media route, or around it, for what is no id. */
export const tricks = (id: VideoId): string[] => [
  `/media/${up}etc/passwd`, `/media/video/${up}etc/passwd`, `/media/video/${id}/${up}etc/passwd`, `/media/video/${id}/../${id}`, `/media/video/./${id}`, `/media//video/${id}`, `//media/video/${id}`,
  `/media/video/${id}/`, `/media/video/${id}/.`, `/media/video/${id}%00`, `/media/video/${id}%00.mp4`, `/media/video/${id}.mp4`, `/media/video/${id};x`, `/media/video/${id}%20`, `/media/video/+${id}`,
  `/media/video/-${id}`, `/media/video/0${id}`, `/media/video/${id}.0`, `/media/video/${id}e0`, `/media/video/0x${id}`, `/media/video/0`, `/media/video/`, `/media/video`, '/media/', '/media',
  '/media/video/NaN', '/media/video/99999999999999999999999', '/media/video/%31', '/media/video/%2e%2e%2f%2e%2e%2fetc%2fpasswd', '/media/video/..%2f..%2fetc%2fpasswd', '/media/video/..%5c..%5cetc%5cpasswd',
  '/media/video/..\\..\\..\\etc\\passwd', '/media/video/%252e%252e%252fetc%252fpasswd', '/media/video/%c0%ae%c0%ae/etc/passwd', '/media/video/%uff0e%uff0e/etc/passwd', '/media/video//etc/passwd', '/media/video/file:///etc/passwd',
  `/media/Video/${id}`, `/MEDIA/video/${id}`, `/media/frame/../video/${id}`, '/media/frame/../../../../etc/passwd', `/media/proxy/${id}/../../../etc/passwd`, `/media/proxy/${id}/-1`, `/media/proxy/${id}/1e3`, `/media/proxy/${id}`,
  `/media/proxy/${id}/0/0`, `/media/export/${id}`, `/%6dedia/video/${id}`, `/media%2fvideo%2f${id}`, `/index.html/../media/video/${id}`, `/assets/${up}etc/passwd`, `/${up}etc/passwd`, '/etc/passwd', '/library.sqlite', '/../library/library.sqlite',
  '/.git/config', '/assets', '/assets/', `http://127.0.0.1/media/video/${id}`, `http://evil.example/media/video/${id}`, `file:///etc/passwd`, '*', `\\media\\video\\${id}`, `?/media/video/${id}`, `/media/video/${id}#x`, '/media/video/\u0661',
]

/** Names under which a page of somebody else could lead a browser to the server on `port`. */
export const strangers = (port: number): string[] => [
  'evil.example', `evil.example:${port}`, '127.0.0.1', 'localhost', '127.0.0.1:1', `127.0.0.1:${port + 1}`, `127.0.0.1.evil:${port}`, `localhost.evil:${port}`, `127.0.0.1:${port}.evil`, `evil@127.0.0.1:${port}`,
  `user:secret@127.0.0.1:${port}`, `[::1]:${port}`, `127.0.0.2:${port}`, `127.1:${port}`, `2130706433:${port}`, `0.0.0.0:${port}`, `LOCALHOST.:${port}`, `localhost.:${port}`, `127.0.0.1:0${port}`, `127.0.0.1:${port}/`, `http://127.0.0.1:${port}`, '',
]
