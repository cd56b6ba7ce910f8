;; A load of what was just stored.
(module
  (memory 1)
  (func $f (param i32 i32) (result i32)
    (i32.store offset=8 (local.get 0) (local.get 1))
    (i32.load8_u offset=8 (local.get 0))))
