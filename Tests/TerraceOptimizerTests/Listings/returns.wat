;; Several ways out.
(module
  (func $f (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
    (if (i32.lt_s (local.get 0) (i32.const 0)) (then (return (i32.const -1))))
    (i32.const 1)))
