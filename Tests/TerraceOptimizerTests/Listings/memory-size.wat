;; The size of a memory before and after it grows.
(module
  (memory 1)
  (func $f (param i32) (result i32)
    (i32.add (memory.size) (i32.add (memory.grow (local.get 0)) (memory.size)))))
