;; The same where the count must be in cl.
;; Processor: required
(module
  (func $f (param i32 i64) (result i64)
    (i64.shl (local.get 1) (i64.extend_i32_u (i32.shr_u (local.get 0) (i32.const 3))))))
