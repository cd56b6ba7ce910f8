;; A call out of the module.
(module
  (import "m" "g" (func $g (param i64 f64) (result f64)))
  (func $f (param f64) (result f64)
    (f64.add (call $g (i64.const 5) (local.get 0)) (local.get 0))))
