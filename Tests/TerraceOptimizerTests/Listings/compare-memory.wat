;; A comparison with memory that a branch consumes.
(module
  (memory 1)
  (func $f (param i32 i32) (result i32)
    (if (result i32) (i32.lt_u (i32.load (local.get 0)) (local.get 1))
      (then (i32.const 1))
      (else (i32.load offset=4 (local.get 0))))))
