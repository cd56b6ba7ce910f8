;; Constants add up and go into the addition.
(module
  (func $f (param i32) (result i32)
    (i32.add (i32.add (local.get 0) (i32.const 5)) (i32.const 7))))
