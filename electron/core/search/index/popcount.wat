;; Compares one bit code with many. In each code one bit stands for each number of a vector; codes are `width` bytes long, a multiple of 16.
;; Instructions: https://github.com/WebAssembly/spec/blob/main/proposals/simd/SIMD.md
(module
  (memory (export "memory") 16)

  ;; Writes to `out`, 16 bits each, in how many bits each of `count` codes differs from the one at `query`, and counts how often there is
  ;; each difference in the 32 bit numbers at `counts`. The codes lie one after the other at `codes`; where `list` is not 0, it is those
  ;; with the 32 bit numbers that lie there.
  (func (export "compare")
    (param $query i32) (param $codes i32) (param $list i32) (param $count i32) (param $width i32) (param $out i32) (param $counts i32)
    (local $code i32) (local $end i32) (local $asked i32) (local $last i32) (local $bin i32) (local $sum v128)
    (local.set $code (local.get $codes))
    (local.set $last (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 1))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $out) (local.get $last)))
        (if (local.get $list)
          (then
            (local.set $code (i32.add (local.get $codes) (i32.mul (i32.load (local.get $list)) (local.get $width))))
            (local.set $list (i32.add (local.get $list) (i32.const 4)))))
        (local.set $sum (v128.const i64x2 0 0))
        (local.set $asked (local.get $query))
        (local.set $end (i32.add (local.get $code) (local.get $width)))
        (loop $block
          ;; The bits of each byte are counted, and neighbouring bytes added up to 16 bits: no sum of 8192 bits and more is too large for it.
          (local.set $sum (i16x8.add (local.get $sum)
            (i16x8.extadd_pairwise_i8x16_u (i8x16.popcnt (v128.xor (v128.load (local.get $code)) (v128.load (local.get $asked)))))))
          (local.set $asked (i32.add (local.get $asked) (i32.const 16)))
          (local.set $code (i32.add (local.get $code) (i32.const 16)))
          (br_if $block (i32.lt_u (local.get $code) (local.get $end))))
        (local.set $sum (i32x4.extadd_pairwise_i16x8_u (local.get $sum)))
        (local.set $bin (i32.add
          (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
          (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))
        (i32.store16 (local.get $out) (local.get $bin))
        (local.set $out (i32.add (local.get $out) (i32.const 2)))
        (local.set $bin (i32.add (local.get $counts) (i32.shl (local.get $bin) (i32.const 2))))
        (i32.store (local.get $bin) (i32.add (i32.load (local.get $bin)) (i32.const 1)))
        (br $next))))
)
