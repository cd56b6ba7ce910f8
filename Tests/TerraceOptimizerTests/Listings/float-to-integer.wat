;; A conversion that traps and one that saturates.
(module
  (func $f (param f64) (result i32)
    (i32.add (i32.trunc_f64_s (local.get 0)) (i32.trunc_sat_f64_u (local.get 0)))))
