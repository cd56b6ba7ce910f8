;; Two ways with calls, so that they stay two ways.
(module
  (import "m" "a" (func $a (param i32) (result i32)))
  (import "m" "b" (func $b (param i32) (result i32)))
  (func $f (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (call $a (local.get 0)))
      (else (call $b (i32.const 3))))))
