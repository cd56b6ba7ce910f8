;; A comparison as a number, and its opposite.
(module
  (func $f (param i32 i32) (result i32)
    (i32.sub
      (i32.lt_s (local.get 0) (local.get 1))
      (i32.eqz (i32.lt_u (local.get 0) (local.get 1))))))
