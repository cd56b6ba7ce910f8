;; What does not change leaves the loop.
(module
  (memory 1)
  (func $f (param $p i32) (param $n i32) (param $a f64)
    (loop $l
      (f64.store (local.get $p) (f64.mul (f64.sqrt (local.get $a)) (f64.load (local.get $p))))
      (local.set $p (i32.add (local.get $p) (i32.const 8)))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
