;; A dot product of bytes.
(module
  (memory 1)
  (func $f (param $p i32) (param $q i32) (param $n i32) (result v128) (local $s v128)
    (loop $l
      (local.set $s (i32x4.add (local.get $s)
        (i32x4.dot_i16x8_s (v128.load (local.get $p)) (v128.load (local.get $q)))))
      (local.set $p (i32.add (local.get $p) (i32.const 16)))
      (local.set $q (i32.add (local.get $q) (i32.const 16)))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $s)))
