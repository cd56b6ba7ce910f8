;; Signs: removed, changed, copied; a selection.
(module
  (func $f (param f64 f64 i32) (result f64)
    (select (f64.abs (f64.neg (local.get 0))) (f64.copysign (local.get 0) (local.get 1)) (local.get 2))))
