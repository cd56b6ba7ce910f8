;; Loads and stores of parts.
(module
  (memory 1)
  (func $f (param i32) (result i64)
    (i32.store16 offset=2 (local.get 0) (i32.load8_s (local.get 0)))
    (i64.load32_s offset=8 (local.get 0))))
