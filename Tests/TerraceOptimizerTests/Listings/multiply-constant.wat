;; Multiplication by constants: a shift, an address, and one that is neither.
(module
  (func $f (param i32) (result i32 i32 i32)
    (i32.mul (local.get 0) (i32.const 8))
    (i32.mul (local.get 0) (i32.const 5))
    (i32.mul (local.get 0) (i32.const 100))))
