;; Conversions of signed and unsigned numbers.
(module
  (func $f (param i32 i64) (result f64)
    (f64.add (f64.convert_i32_u (local.get 0)) (f64.add (f64.convert_i64_s (local.get 1)) (f64.convert_i64_u (local.get 1))))))
