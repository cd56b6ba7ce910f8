;; The way to a trap lies behind the function.
(module
  (memory 1)
  (func $f (param i32 i32) (result i32)
    (if (i32.gt_u (local.get 0) (i32.const 1000)) (then (i32.store (i32.const 0) (local.get 0)) unreachable))
    (i32.add (local.get 0) (local.get 1))))
