;; Bulk operations of few bytes are plain stores; of many, calls.
(module
  (memory 1)
  (func $f (param i32 i32)
    (memory.fill (local.get 0) (i32.const 0) (i32.const 16))
    (memory.copy (local.get 0) (local.get 1) (i32.const 8))
    (memory.copy (local.get 0) (local.get 1) (i32.const 5000))))
