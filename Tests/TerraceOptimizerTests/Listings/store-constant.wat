;; Constants that are stored.
(module
  (memory 1)
  (func $f (param i32)
    (i32.store (local.get 0) (i32.const 1000))
    (i64.store offset=8 (local.get 0) (i64.const -1))
    (i32.store8 offset=16 (local.get 0) (i32.const 65))
    (i64.store offset=24 (local.get 0) (i64.const 0x123456789abcdef))))
