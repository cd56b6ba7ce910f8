;; A single bit that a shift selects decides a branch.
(module
  (func $f (param i32 i32) (result i32)
    (if (result i32) (i32.and (i32.shr_u (local.get 0) (local.get 1)) (i32.const 1))
      (then (i32.const 10))
      (else (i32.const 20)))))
