;; A global that is read twice and written.
(module
  (global $g (mut i32) (i32.const 0))
  (global $k i64 (i64.const 77))
  (func $f (param i32) (result i64)
    (global.set $g (i32.add (global.get $g) (local.get 0)))
    (i64.add (i64.extend_i32_u (global.get $g)) (global.get $k))))
