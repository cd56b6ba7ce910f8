;; Extensions, one of them of a value whose upper half is known.
(module
  (func $f (param i32 i64) (result i64)
    (i64.add
      (i64.extend_i32_u (i32.and (local.get 0) (i32.const 255)))
      (i64.add (i64.extend8_s (local.get 1)) (i64.extend_i32_s (local.get 0))))))
