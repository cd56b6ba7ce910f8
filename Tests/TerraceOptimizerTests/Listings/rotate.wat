;; A rotation written as two shifts.
(module
  (func $f (param i32) (result i32)
    (i32.or
      (i32.shl (local.get 0) (i32.const 7))
      (i32.shr_u (local.get 0) (i32.const 25)))))
