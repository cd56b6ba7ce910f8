;; The second load finds what the first one loaded; behind a store to another place it has to look.
(module
  (memory 1)
  (func $f (param i32 i32) (result i32)
    (i32.add (i32.load (local.get 0)) (i32.load (local.get 0)))
    (i32.store (local.get 1) (i32.const 7))
    (i32.add (i32.load (local.get 0)))))
