;; Two short ways become one.
(module
  (func $f (param i32 i32) (result i32)
    (if (result i32) (i32.gt_s (local.get 0) (i32.const 100))
      (then (i32.add (local.get 1) (i32.const 1)))
      (else (local.get 1)))))
