;; The complement of one operand.
(module
  (func $f (param i64 i64) (result i64)
    (i64.and (i64.xor (local.get 0) (i64.const -1)) (local.get 1))))
