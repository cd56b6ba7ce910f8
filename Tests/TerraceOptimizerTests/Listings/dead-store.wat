;; The first of two stores to one place.
(module
  (memory 1)
  (func $f (param i32 i32)
    (i32.store (local.get 0) (i32.const 1))
    (i32.store (local.get 0) (local.get 1))))
