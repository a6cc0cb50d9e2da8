/** A step from the library before to the next. The number becomes the library's `user_version`. */
export interface Migration { number: number, name: string, sql: string }
