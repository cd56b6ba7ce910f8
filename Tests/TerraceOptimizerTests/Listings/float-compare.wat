;; Comparisons that branch, also on what is unordered.
(module
  (func $f (param f64 f64) (result i32)
    (if (f64.lt (local.get 0) (local.get 1)) (then (return (i32.const 1))))
    (if (f64.ne (local.get 0) (local.get 1)) (then (return (i32.const 2))))
    (i32.const 3)))
