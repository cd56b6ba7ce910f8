;; Values live through a call in a loop.
(module
  (import "m" "g" (func $g (param i32) (result i32)))
  (func $f (param $n i32) (param $k i32) (result i32) (local $s i32)
    (loop $l
      (local.set $s (i32.add (local.get $s) (call $g (i32.add (local.get $n) (local.get $k)))))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $s)))
