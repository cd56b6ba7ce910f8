;; The last call takes the place of the function.
(module
  (func $g (param i32 i32) (result i32) (local.get 1))
  (func $f (param i32 i32) (result i32)
    (return_call $g (local.get 1) (i32.add (local.get 0) (i32.const 1)))))
