;; Division by what is not known: the traps are hardware faults, or out of the way.
(module
  (func $f (param i64 i64) (result i64)
    (i64.div_s (local.get 0) (local.get 1))))
