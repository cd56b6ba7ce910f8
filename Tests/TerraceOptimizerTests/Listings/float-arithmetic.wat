;; Arithmetic with an operand in memory and one in the constant pool.
(module
  (memory 1)
  (func $f (param f64 i32) (result f64)
    (f64.mul (f64.add (local.get 0) (f64.load offset=8 (local.get 1))) (f64.const 0.5))))
