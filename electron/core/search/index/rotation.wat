;; One round of the rotation of a vector: its numbers are multiplied by factors, and a part of them is mixed.
;; Instructions: https://github.com/WebAssembly/spec/blob/main/proposals/simd/SIMD.md
(module
  ;; A vector and its factors for four rounds, each of up to 8192 numbers of 32 bits.
  (memory (export "memory") 3)

  ;; All lengths are in bytes. There are `length` numbers at `values`, a multiple of 16, and as many at `factors`. What is mixed begins at
  ;; `from` and is `part` long, a power of two: the fast Walsh-Hadamard transform, https://en.wikipedia.org/wiki/Fast_Walsh-Hadamard_transform
  (func (export "turn") (param $values i32) (param $factors i32) (param $length i32) (param $from i32) (param $part i32)
    (local $at i32) (local $other i32) (local $half i32) (local $end i32) (local $last i32) (local $a f32) (local $four v128)
    (loop $multiply
      (v128.store (i32.add (local.get $values) (local.get $at))
        (f32x4.mul (v128.load (i32.add (local.get $values) (local.get $at))) (v128.load (i32.add (local.get $factors) (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $multiply (i32.lt_u (local.get $at) (local.get $length))))
    (local.set $last (i32.add (local.get $from) (local.get $part)))
    (local.set $half (i32.const 4))
    (block $mixed
      (loop $step
        (br_if $mixed (i32.ge_u (local.get $half) (local.get $part)))
        (local.set $at (local.get $from))
        (loop $block
          (local.set $end (i32.add (local.get $at) (local.get $half)))
          (loop $pair
            (local.set $other (i32.add (local.get $at) (local.get $half)))
            (if (i32.lt_u (local.get $half) (i32.const 16))
              (then
                (local.set $a (f32.load (local.get $at)))
                (f32.store (local.get $at) (f32.add (local.get $a) (f32.load (local.get $other))))
                (f32.store (local.get $other) (f32.sub (local.get $a) (f32.load (local.get $other))))
                (local.set $at (i32.add (local.get $at) (i32.const 4))))
              (else
                (local.set $four (v128.load (local.get $at)))
                (v128.store (local.get $at) (f32x4.add (local.get $four) (v128.load (local.get $other))))
                (v128.store (local.get $other) (f32x4.sub (local.get $four) (v128.load (local.get $other))))
                (local.set $at (i32.add (local.get $at) (i32.const 16)))))
            (br_if $pair (i32.lt_u (local.get $at) (local.get $end))))
          (local.set $at (i32.add (local.get $at) (local.get $half)))
          (br_if $block (i32.lt_u (local.get $at) (local.get $last))))
        (local.set $half (i32.shl (local.get $half) (i32.const 1)))
        (br $step))))
)
